import { expect, it } from 'vitest';
import { databaseWorld, reader, readService } from './databases.ts';

/** Neptune and DocumentDB beside RDS itself, databases and snapshots. */
function world() {
  const made = databaseWorld('rds');
  const { add, own, shared, foreign, managed } = made;
  const sharedWith = [reader];
  add.dbInstance({ id: 'orders', kmsKeyId: own });
  add.dbInstance({ id: 'graph-1', engine: 'neptune', kmsKeyId: managed });
  add.dbInstance({ id: 'documents-1', engine: 'docdb' });
  add.dbCluster({ id: 'aurora', engine: 'aurora-mysql', encryptionType: 'sse-rds' });
  add.dbCluster({ id: 'graph', engine: 'neptune', kmsKeyId: managed, encryptionType: null });
  add.dbCluster({ id: 'documents', engine: 'docdb', kmsKeyId: foreign, encryptionType: null });
  add.dbSnapshot({ id: 'orders-1', kmsKeyId: shared, sharedWith });
  const snapshot = add.dbClusterSnapshot;
  snapshot({ id: 'aurora-1', engine: 'aurora-mysql', kmsKeyId: own, sharedWith });
  snapshot({ id: 'graph-public', engine: 'neptune', sharedWith: ['all'] });
  snapshot({ id: 'graph-shared', engine: 'neptune', kmsKeyId: shared, sharedWith });
  snapshot({ id: 'graph-daily', engine: 'neptune', kmsKeyId: managed, snapshotType: 'automated' });
  snapshot({ id: 'documents-locked', engine: 'docdb', kmsKeyId: own, sharedWith });
  snapshot({ id: 'documents-foreign', engine: 'docdb', kmsKeyId: foreign, sharedWith });
  return made;
}

it('Neptune and DocumentDB have words of their own, and are listed with RDS once', async () => {
  const { rows, said, requests } = await readService(world(), 'rds');
  const seen = rows.map((row) => [
    row.resource_type,
    String(row.arn).split(':').at(-1),
    row.encryption_state,
    row.key_type,
    row.cross_account_use,
    row.shared_with_anyone,
  ]);
  const customer = 'customer_managed_aws_material';
  expect(seen.toSorted()).toEqual([
    ['cluster', 'aurora', 'aws_owned', 'aws_owned', 'not_shared', false],
    ['cluster_snapshot', 'aurora-1', 'kms', customer, 'blocked_by_key_policy', false],
    ['docdb_cluster', 'documents', 'kms', customer, 'not_shared', false],
    ['docdb_cluster_snapshot', 'documents-foreign', 'kms', customer, 'blocked_by_key_policy', false],
    ['docdb_cluster_snapshot', 'documents-locked', 'kms', customer, 'blocked_by_key_policy', false],
    ['docdb_instance', 'documents-1', 'none', null, 'not_shared', false],
    ['instance', 'orders', 'kms', customer, 'not_shared', false],
    ['neptune_cluster', 'graph', 'kms', 'aws_managed', 'not_shared', false],
    ['neptune_cluster_snapshot', 'graph-daily', 'kms', 'aws_managed', 'not_shared', false],
    ['neptune_cluster_snapshot', 'graph-public', 'none', null, 'no_kms_barrier', true],
    ['neptune_cluster_snapshot', 'graph-shared', 'kms', customer, 'possible', false],
    ['neptune_instance', 'graph-1', 'kms', 'aws_managed', 'not_shared', false],
    ['snapshot', 'orders-1', 'kms', customer, 'possible', false],
  ]);
  expect(said).toEqual([]);
  expect(requests).toMatchObject({
    'rds:DescribeDBClusters': 1,
    'rds:DescribeDBInstances': 1,
    'rds:DescribeDBClusterSnapshots': 1,
  });
});

it('whom a snapshot of Neptune is shared with is not known where it is denied', async () => {
  const operation = 'rds:DescribeDBClusterSnapshotAttributes';
  const { rows } = await readService(world(), 'rds', { operation, effect: { kind: 'deny' } });
  const [snapshot] = rows.filter(({ arn }) => String(arn).endsWith('graph-public'));
  expect(snapshot).toMatchObject({ shared_account_ids: null, cross_account_use: 'unknown' });
  expect(Object.keys(snapshot?.errors ?? {})).toEqual([operation]);
});
