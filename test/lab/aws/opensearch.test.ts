import { DescribeDomainCommand, ListDomainNamesCommand, OpenSearchClient } from '@aws-sdk/client-opensearch';
import {
  BatchGetCollectionCommand,
  OpenSearchServerlessClient,
  paginateListCollections,
} from '@aws-sdk/client-opensearchserverless';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { searchDomains } from '../../../lab/aws/services/opensearch.ts';
import { collections } from '../../../lab/aws/services/opensearch-serverless.ts';

const region = 'eu-west-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
let simulator: Simulator;
let data: SimAccount;
const options = () => ({
  endpoint: simulator.url,
  region,
  credentials: baseCredentials(data.id),
  maxAttempts: 1,
});

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization);
});
afterEach(() => simulator.close());

test('domains are listed by name, and each tells its key and policy', async () => {
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  searchDomains.add(data, region, { name: 'plain' });
  searchDomains.add(data, region, { name: 'logs', kmsKeyId: key, policy });
  const client = new OpenSearchClient(options());
  const { DomainNames } = await client.send(new ListDomainNamesCommand({}));
  expect(DomainNames?.map(({ DomainName }) => DomainName)).toEqual(['plain', 'logs']);
  const describe = async (DomainName: string) =>
    (await client.send(new DescribeDomainCommand({ DomainName }))).DomainStatus;
  expect(await describe('logs')).toMatchObject({
    ARN: `arn:aws:es:${region}:222222222222:domain/logs`,
    AccessPolicies: policy,
    EncryptionAtRestOptions: { Enabled: true, KmsKeyId: key },
  });
  expect(await describe('plain')).toMatchObject({
    AccessPolicies: '',
    EncryptionAtRestOptions: { Enabled: false },
  });
  await expect(describe('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('collections are listed page by page, and tell their keys many at a time', async () => {
  for (const id of ['a', 'b']) collections.add(data, region, { id });
  collections.add(data, region, { id: 'c', kmsKeyArn: key });
  const client = new OpenSearchServerlessClient(options());
  const pages: unknown[] = [];
  for await (const page of paginateListCollections({ client }, { maxResults: 2 }))
    pages.push(page.collectionSummaries?.map(({ arn }) => arn?.split('/')[1]));
  expect(pages).toEqual([['a', 'b'], ['c']]);
  const answer = await client.send(new BatchGetCollectionCommand({ ids: ['a', 'c', 'gone'] }));
  expect(answer.collectionDetails?.map(({ id, kmsKeyArn }) => [id, kmsKeyArn])).toEqual([
    ['a', 'auto'],
    ['c', key],
  ]);
  expect(answer.collectionErrorDetails).toMatchObject([{ id: 'gone', errorCode: 'NOT_FOUND' }]);
});
