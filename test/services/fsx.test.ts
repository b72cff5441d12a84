import { expect, it } from 'vitest';
import { shareResource } from '../../lab/aws/ram-shares.ts';
import { databaseWorld, readService } from './databases.ts';
import { reader, readService as readRegion, regionOfKeys, seen } from './region-of-keys.ts';

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

/** A file system of a type, of which RAM shares two volumes, beside one of which it shares none. */
function sharing(type: string) {
  const made = regionOfKeys();
  const { add, account, own } = made;
  add.fsxFileSystem({ id: 'fs-1', type, kmsKeyId: own });
  add.fsxFileSystem({ id: 'fs-11', type, kmsKeyId: own });
  const volume = (name: string) => `arn:aws:fsx:eu-west-1:222222222222:volume/${name}`;
  shareResource(account, volume('fs-1/fsvol-1'), [reader]);
  shareResource(account, volume('fs-1/fsvol-2'), ['444444444444', reader]);
  return made.organization;
}
const columns = ['cross_account_read', 'shared_account_ids', 'judged_operation'];

it('volumes of OpenZFS are replicated by those with whom AWS RAM shares them', async () => {
  const read = await readRegion(sharing('OPENZFS'), 'fsx');
  expect(seen(read, ...columns)).toEqual([
    ['fs-1', 'no_kms_barrier', [reader, '444444444444'], 'replicate its volumes'],
    ['fs-11', 'not_shared', [], null],
  ]);
  expect(read.calls('ram')).toEqual({ 'ram:ListResources': 1, 'ram:ListPrincipals': 2 });
  expect([...read.sink.said]).toEqual([]);
});

it.each([
  ['ram:ListResources', null, null],
  ['ram:ListPrincipals', null, []],
])('whom RAM lets in is unknown where %s is denied', async (operation, first, second) => {
  const fault = { operation, effect: { kind: 'deny' } } as const;
  const { rows } = await readRegion(sharing('OPENZFS'), 'fsx', fault);
  expect(seen({ rows }, 'shared_account_ids')).toEqual([
    ['fs-1', first],
    ['fs-11', second],
  ]);
});

it('RAM is not asked for volumes that it cannot share', async () => {
  const read = await readRegion(sharing('ONTAP'), 'fsx');
  expect(seen(read, ...columns)).toEqual([
    ['fs-1', 'not_shared', [], null],
    ['fs-11', 'not_shared', [], null],
  ]);
  expect(read.rows[0]?.explanation).toContain('it cannot be shared with other accounts');
  expect(read.calls('ram')).toEqual({});
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
