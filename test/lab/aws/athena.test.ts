import { AthenaClient, GetWorkGroupCommand, paginateListWorkGroups } from '@aws-sdk/client-athena';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);

test('workgroups come page by page, and each tells its settings', async () => {
  const add = resourcesIn(account.data, region);
  add.workGroup({ name: 'a', option: 'SSE_KMS', kmsKey: key });
  add.workGroup({ name: 'b', managedKey: key, contentKey: key, bucketLogsKey: key });
  const client = new AthenaClient(account.options);
  const pages: unknown[] = [];
  for await (const { WorkGroups } of paginateListWorkGroups({ client, pageSize: 1 }, {}))
    pages.push(WorkGroups?.map(({ Name }) => Name));
  expect(pages).toEqual([['a'], ['b']]);
  const settings = async (WorkGroup: string) =>
    (await client.send(new GetWorkGroupCommand({ WorkGroup }))).WorkGroup?.Configuration;
  expect((await settings('a'))?.ResultConfiguration?.EncryptionConfiguration).toEqual({
    EncryptionOption: 'SSE_KMS',
    KmsKey: key,
  });
  const own = { KmsKey: key };
  expect(await settings('b')).toMatchObject({
    ManagedQueryResultsConfiguration: { Enabled: true, EncryptionConfiguration: own },
    CustomerContentEncryptionConfiguration: own,
    MonitoringConfiguration: { S3LoggingConfiguration: { Enabled: true, ...own } },
  });
  await expect(settings('gone')).rejects.toMatchObject({ name: 'InvalidRequestException' });
});
