import { DescribeClustersCommand, ECSClient, paginateListClusters } from '@aws-sdk/client-ecs';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);
const arn = (name: string) => `arn:aws:ecs:${region}:222222222222:cluster/${name}`;

test('clusters come page by page, and tell their settings where these are asked for', async () => {
  const add = resourcesIn(account.data, region);
  add.containerCluster({ name: 'a', fargateKeyId: key, volumeKeyId: key, sessionKeyId: key });
  add.containerCluster({ name: 'b' });
  const client = new ECSClient(account.options);
  const pages: unknown[] = [];
  for await (const { clusterArns } of paginateListClusters({ client, pageSize: 1 }, {}))
    pages.push(clusterArns);
  expect(pages).toEqual([[arn('a')], [arn('b')]]);
  const clusters = [arn('a'), arn('b'), arn('gone')];
  const plain = await client.send(new DescribeClustersCommand({ clusters }));
  expect(plain.clusters?.map(({ configuration }) => configuration)).toEqual([undefined, undefined]);
  expect(plain.failures).toEqual([{ arn: arn('gone'), reason: 'MISSING' }]);
  const include = ['CONFIGURATIONS' as const];
  const told = await client.send(new DescribeClustersCommand({ clusters, include }));
  expect(told.clusters?.map(({ configuration }) => configuration)).toEqual([
    {
      executeCommandConfiguration: { kmsKeyId: key, logging: 'DEFAULT' },
      managedStorageConfiguration: { kmsKeyId: key, fargateEphemeralStorageKmsKeyId: key },
    },
    {},
  ]);
});
