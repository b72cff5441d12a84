import { expect, it } from 'vitest';
import { databaseWorld, readService } from './databases.ts';

/** Backups of tables under every sort of key, and one of a table that is gone. */
function world() {
  const made = databaseWorld('dynamodb');
  const { add, own, foreign, managed } = made;
  add.table({ name: 'own' });
  add.tableBackup({ name: 'owned' });
  add.tableBackup({ name: 'own', kmsKeyArn: own });
  add.tableBackup({ name: 'foreign', kmsKeyArn: foreign });
  add.tableBackup({ name: 'managed', kmsKeyArn: managed });
  add.tableBackup({ name: 'silent', features: false });
  add.tableBackup({ name: 'deleted', status: 'DELETED' });
  return made;
}

const backups = (rows: readonly Record<string, unknown>[]) =>
  rows
    .filter((row) => row.resource_type === 'table_backup')
    .map((row) => [
      String(row.arn).split('/')[1],
      row.encryption_state,
      row.key_type,
      row.cross_account_use,
      Object.keys(row.errors ?? {}),
    ])
    .toSorted();

const customer = 'customer_managed_aws_material';

it('backups of DynamoDB have the key that their table had', async () => {
  const { rows, said } = await readService(world(), 'dynamodb');
  expect(backups(rows)).toEqual([
    ['foreign', 'kms', customer, 'not_shared', []],
    ['managed', 'kms', 'aws_managed', 'not_shared', []],
    ['own', 'kms', customer, 'not_shared', []],
    ['owned', 'aws_owned', 'aws_owned', 'not_shared', []],
    ['silent', 'unknown', null, 'not_shared', []],
  ]);
  expect(rows.find((row) => row.resource_type === 'table')).toMatchObject({ key_type: 'aws_owned' });
  expect(said).toEqual([]);
});

const operation = 'dynamodb:DescribeBackup';

it('the key of a backup is not known where it is denied; one that is gone has no row', async () => {
  const denied = await readService(world(), 'dynamodb', { operation, effect: { kind: 'deny' } });
  expect(backups(denied.rows)).toHaveLength(5);
  for (const [, state, , , errors] of backups(denied.rows))
    expect([state, errors]).toEqual([null, [operation]]);
  const resource = 'own';
  const effect = { kind: 'error', status: 400, code: 'BackupNotFoundException' } as const;
  const gone = await readService(world(), 'dynamodb', { operation, resource, effect });
  expect(backups(gone.rows).map(([name]) => name)).toEqual(['foreign', 'managed', 'owned', 'silent']);
  expect(gone.said).toEqual([]);
});

it('a listing of backups that is denied leaves the tables their rows', async () => {
  const { rows, said } = await readService(world(), 'dynamodb', {
    operation: 'dynamodb:ListBackups',
    effect: { kind: 'deny' },
  });
  expect(rows.map((row) => row.resource_type)).toEqual(['table']);
  expect(said).toEqual(['listing failed: resources dynamodb:ListBackups AccessDeniedException']);
});
