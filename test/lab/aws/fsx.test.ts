import { DescribeBackupsCommand, FSxClient, paginateDescribeFileSystems } from '@aws-sdk/client-fsx';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
let simulator: Simulator;
let data: SimAccount;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization);
});
afterEach(() => simulator.close());

const fsx = () =>
  new FSxClient({ endpoint: simulator.url, region, credentials: baseCredentials(data.id), maxAttempts: 1 });

test('file systems come page by page, those of Lustre with their deployment', async () => {
  const add = resourcesIn(data, region);
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
  resourcesIn(data, region).fsxBackup({ id: 'backup-1', kmsKeyId: key });
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
  data.user.allow = ['fsx:DescribeBackups'];
  const listing = paginateDescribeFileSystems({ client: fsx() }, {});
  await expect(listing.next()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
