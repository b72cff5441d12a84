import { DescribeBackupsCommand, FSxClient, paginateDescribeFileSystems } from '@aws-sdk/client-fsx';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);

const fsx = () => new FSxClient(account.options);

test('file systems come page by page, those of Lustre with their deployment', async () => {
  const add = resourcesIn(account.data, region);
  add.fsxFileSystem({ id: 'fs-1', kmsKeyId: key });
  add.fsxFileSystem({ id: 'fs-2', type: 'LUSTRE', deployment: 'SCRATCH_2' });
  const pages: unknown[] = [];
  for await (const { FileSystems } of paginateDescribeFileSystems({ client: fsx() }, { MaxResults: 1 }))
    pages.push(FileSystems);
  expect(pages).toMatchObject([
    [{ ResourceARN: `arn:aws:fsx:${region}:222222222222:file-system/fs-1`, KmsKeyId: key }],
    [{ FileSystemType: 'LUSTRE', LustreConfiguration: { DeploymentType: 'SCRATCH_2' } }],
  ]);
});

test('backups tell their key', async () => {
  resourcesIn(account.data, region).fsxBackup({ id: 'backup-1', kmsKeyId: key });
  const { Backups } = await fsx().send(new DescribeBackupsCommand({}));
  expect(Backups).toMatchObject([
    {
      ResourceARN: `arn:aws:fsx:${region}:222222222222:backup/backup-1`,
      KmsKeyId: key,
      Type: 'USER_INITIATED',
    },
  ]);
});

test('who may not call it is told so', async () => {
  account.data.user.allow = ['fsx:DescribeBackups'];
  const listing = paginateDescribeFileSystems({ client: fsx() }, {});
  await expect(listing.next()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
