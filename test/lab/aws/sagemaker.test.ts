import {
  DescribeDomainCommand,
  DescribeEndpointConfigCommand,
  DescribeNotebookInstanceCommand,
  paginateListDomains,
  paginateListEndpointConfigs,
  paginateListNotebookInstances,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { expect, test } from 'vitest';
import { endpointConfigs, notebooks, studioDomains } from '../../../lab/aws/services/sagemaker.ts';
import { oneAccount } from './one-account.ts';

const region = 'eu-west-1';
const kmsKeyId = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region, { verifySignatures: true });
const client = () => new SageMakerClient(account.options);
const arn = (resource: string) => `arn:aws:sagemaker:${region}:222222222222:${resource}`;

test('notebooks, endpoint configurations and domains are listed page by page', async () => {
  for (const name of ['a', 'b', 'c']) {
    notebooks.add(account.data, region, { name });
    endpointConfigs.add(account.data, region, { name });
    studioDomains.add(account.data, region, { id: name });
  }
  const told: unknown[] = [];
  const by = { client: client() };
  for await (const page of paginateListNotebookInstances(by, { MaxResults: 2 }))
    told.push(page.NotebookInstances?.map((one) => one.NotebookInstanceArn));
  for await (const page of paginateListEndpointConfigs(by, { MaxResults: 2 }))
    told.push(page.EndpointConfigs?.map((one) => one.EndpointConfigArn));
  for await (const page of paginateListDomains(by, { MaxResults: 2 }))
    told.push(page.Domains?.map((one) => one.DomainArn));
  const paged = (kind: string) => [[arn(`${kind}/a`), arn(`${kind}/b`)], [arn(`${kind}/c`)]];
  expect(told).toEqual(['notebook-instance', 'endpoint-config', 'domain'].flatMap(paged));
});

test('each tells its key, and whether an endpoint has a server', async () => {
  notebooks.add(account.data, region, { name: 'own', kmsKeyId });
  endpointConfigs.add(account.data, region, { name: 'own', kmsKeyId, serverless: true });
  studioDomains.add(account.data, region, { id: 'own', kmsKeyId });
  const sageMaker = client();
  const notebook = new DescribeNotebookInstanceCommand({ NotebookInstanceName: 'own' });
  expect(await sageMaker.send(notebook)).toMatchObject({ KmsKeyId: kmsKeyId });
  const config = new DescribeEndpointConfigCommand({ EndpointConfigName: 'own' });
  expect(await sageMaker.send(config)).toMatchObject({
    KmsKeyId: kmsKeyId,
    ProductionVariants: [{ ServerlessConfig: { MemorySizeInMB: 2048 } }],
  });
  expect(await sageMaker.send(new DescribeDomainCommand({ DomainId: 'own' }))).toMatchObject({
    KmsKeyId: kmsKeyId,
  });
  await expect(sageMaker.send(new DescribeDomainCommand({ DomainId: 'gone' }))).rejects.toMatchObject({
    name: 'ResourceNotFound',
  });
});
