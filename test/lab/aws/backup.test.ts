import {
  GetBackupVaultAccessPolicyCommand,
  ListBackupVaultsCommand,
  paginateListBackupVaults,
} from '@aws-sdk/client-backup';
import { expect, test } from 'vitest';
import { vaults } from '../../../lab/aws/services/backup.ts';
import { clients } from './clients.ts';
import { oneAccount } from './one-account.ts';

const region = 'eu-west-1';
const arn = (name: string) => `arn:aws:backup:${region}:222222222222:backup-vault:${name}`;
const account = oneAccount(region);

const backup = () => clients(account.simulator, account.data.id, region).backup;

test('a listing of vaults tells the key of each, page by page', async () => {
  const keyArn = `arn:aws:kms:${region}:222222222222:key/k`;
  vaults.add(account.data, region, { name: 'Default', keyArn });
  vaults.add(account.data, region, { name: 'air-gapped', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' });
  vaults.add(account.data, region, { name: 'third' });
  const pages: unknown[] = [];
  for await (const page of paginateListBackupVaults({ client: backup() }, { MaxResults: 2 })) {
    pages.push(page.BackupVaultList);
  }
  expect(pages).toEqual([
    [
      {
        BackupVaultName: 'Default',
        BackupVaultArn: arn('Default'),
        VaultType: 'BACKUP_VAULT',
        EncryptionKeyArn: keyArn,
        EncryptionKeyType: 'CUSTOMER_MANAGED_KMS_KEY',
      },
      {
        BackupVaultName: 'air-gapped',
        BackupVaultArn: arn('air-gapped'),
        VaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT',
        EncryptionKeyType: 'AWS_OWNED_KMS_KEY',
      },
    ],
    [expect.objectContaining({ BackupVaultName: 'third' })],
  ]);
  expect(account.simulator.requests.byOperation()).toEqual({ 'backup:ListBackupVaults': 2 });
});

test('a vault without a policy says so by an error, a vault that is not there by another', async () => {
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  vaults.add(account.data, region, { name: 'shared', policy });
  vaults.add(account.data, region, { name: 'own' });
  const ask = (BackupVaultName: string) =>
    backup().send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName }));
  expect(await ask('shared')).toMatchObject({ Policy: policy });
  const byEfs = 'aws/efs/automatic-backup-vault';
  vaults.add(account.data, region, { name: byEfs, policy });
  expect(await ask(byEfs)).toMatchObject({ Policy: policy });
  await expect(ask('own')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Backup Vault ${arn('own')} has no associated POLICY`,
    $metadata: { httpStatusCode: 400 },
  });
  await expect(ask('gone')).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
  });
});

test('faults strike the vault, the page and the operation that they name', async () => {
  for (const name of ['a', 'b', 'c']) vaults.add(account.data, region, { name });
  const list = (NextToken?: string) =>
    backup().send(new ListBackupVaultsCommand({ MaxResults: 2, NextToken }));
  account.simulator.faults.add({
    operation: 'backup:ListBackupVaults',
    page: 2,
    effect: { kind: 'throttle' },
  });
  const { NextToken } = await list();
  await expect(list(NextToken)).rejects.toMatchObject({ name: 'ThrottlingException' });
  account.simulator.faults.clear();
  account.simulator.faults.add({ operation: 'backup:*', effect: { kind: 'repeated_marker' } });
  expect((await list(NextToken)).NextToken).toBe(NextToken);
  account.simulator.faults.add({ resource: 'a', effect: { kind: 'deny' } });
  await expect(
    backup().send(new GetBackupVaultAccessPolicyCommand({ BackupVaultName: 'a' })),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
