import { expect, it } from 'vitest';
import { databaseWorld, readService } from './databases.ts';

/** File systems and backups under every sort of key. */
function world() {
  const made = databaseWorld('fsx');
  const { add, own, foreign, managed } = made;
  add.fsxFileSystem({ id: 'default', kmsKeyId: managed });
  add.fsxFileSystem({ id: 'own', kmsKeyId: own });
  add.fsxFileSystem({ id: 'foreign', kmsKeyId: foreign });
  add.fsxFileSystem({ id: 'scratch', type: 'LUSTRE', deployment: 'SCRATCH_2' });
  add.fsxFileSystem({ id: 'persistent', type: 'LUSTRE', deployment: 'PERSISTENT_2', kmsKeyId: own });
  add.fsxFileSystem({ id: 'silent', type: 'LUSTRE', deployment: 'PERSISTENT_9' });
  add.fsxBackup({ id: 'own', kmsKeyId: own });
  add.fsxBackup({ id: 'silent' });
  return made;
}

it('file systems and backups of FSx, with their keys', async () => {
  const { rows, said } = await readService(world(), 'fsx');
  const seen = rows.map((row) => [
    row.resource_type,
    String(row.arn).split('/').at(-1),
    row.encryption_state,
    row.key_type,
    row.cross_account_use,
  ]);
  const customer = 'customer_managed_aws_material';
  expect(seen.toSorted()).toEqual([
    ['file_system', 'default', 'kms', 'aws_managed', 'not_shared'],
    ['file_system', 'foreign', 'kms', customer, 'not_shared'],
    ['file_system', 'own', 'kms', customer, 'not_shared'],
    ['file_system', 'persistent', 'kms', customer, 'not_shared'],
    ['file_system', 'scratch', 'aws_owned_or_managed', null, 'not_shared'],
    ['file_system', 'silent', 'unknown', null, 'not_shared'],
    ['file_system_backup', 'own', 'kms', customer, 'not_shared'],
    ['file_system_backup', 'silent', 'unknown', null, 'not_shared'],
  ]);
  expect(said).toEqual([]);
});

it.each(['fsx:DescribeFileSystems', 'fsx:DescribeBackups'])(
  'a denied or foreign answer to %s fails its listing alone',
  async (operation) => {
    for (const kind of ['deny', 'malformed_body'] as const) {
      const { rows, said } = await readService(world(), 'fsx', { operation, effect: { kind } });
      expect(said).toEqual([expect.stringContaining(`listing failed: resources ${operation}`)]);
      expect(rows.length).toBeGreaterThan(0);
    }
  },
);
