import { DescribeBackupCommand, DynamoDBClient, ListBackupsCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);

test('backups come page by page, and tell the key that the table had', async () => {
  const client = new DynamoDBClient(account.options);
  const { table, tableBackup } = resourcesIn(account.data, region);
  table({ name: 'orders' });
  tableBackup({ name: 'orders', kmsKeyArn: key });
  tableBackup({ name: 'plain' });
  const first = await client.send(new ListBackupsCommand({ Limit: 1 }));
  const { BackupSummaries: [orders] = [], LastEvaluatedBackupArn: ExclusiveStartBackupArn } = first;
  const { BackupSummaries: [plain] = [], LastEvaluatedBackupArn } = await client.send(
    new ListBackupsCommand({ Limit: 1, ExclusiveStartBackupArn }),
  );
  expect([orders?.TableName, plain?.TableName, LastEvaluatedBackupArn]).toEqual([
    'orders',
    'plain',
    undefined,
  ]);
  const describe = async (BackupArn: string | undefined) =>
    (await client.send(new DescribeBackupCommand({ BackupArn }))).BackupDescription;
  expect(await describe(orders?.BackupArn)).toMatchObject({
    BackupDetails: { BackupArn: expect.stringContaining(':table/orders/backup/') },
    SourceTableFeatureDetails: { SSEDescription: { SSEType: 'KMS', KMSMasterKeyArn: key } },
  });
  expect((await describe(plain?.BackupArn))?.SourceTableFeatureDetails).toEqual({});
  await expect(describe(orders?.BackupArn?.replace('orders', 'gone'))).rejects.toMatchObject({
    name: 'BackupNotFoundException',
  });
});
