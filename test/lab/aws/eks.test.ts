import { DescribeClusterCommand, EKSClient, paginateListClusters } from '@aws-sdk/client-eks';
import { expect, onTestFinished, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import { startSimulator } from '../../../lab/aws/server.ts';
import { kubernetesClusters } from '../../../lab/aws/services/eks.ts';

const region = 'eu-west-1';

test('clusters are listed by name, page by page, and each tells its key', async () => {
  const organization = newOrganization();
  const data = addAccount(organization, { id: '222222222222' });
  const simulator = await startSimulator(organization);
  onTestFinished(() => simulator.close());
  const credentials = baseCredentials(data.id);
  const client = new EKSClient({ endpoint: simulator.url, region, credentials, maxAttempts: 1 });
  const keyArn = `arn:aws:kms:${region}:222222222222:key/k`;
  for (const name of ['a', 'b']) kubernetesClusters.add(data, region, { name });
  kubernetesClusters.add(data, region, { name: 'c', keyArn });
  const pages: unknown[] = [];
  for await (const { clusters } of paginateListClusters({ client, pageSize: 2 }, {})) pages.push(clusters);
  expect(pages).toEqual([['a', 'b'], ['c']]);

  const describe = async (name: string) => (await client.send(new DescribeClusterCommand({ name }))).cluster;
  expect(await describe('c')).toMatchObject({
    arn: `arn:aws:eks:${region}:222222222222:cluster/c`,
    version: '1.34',
    encryptionConfig: [{ resources: ['secrets'], provider: { keyArn } }],
  });
  expect((await describe('a'))?.encryptionConfig).toBeUndefined();
  await expect(describe('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
