import { expect, it } from 'vitest';
import { databaseWorld, reader, readService } from './databases.ts';

/** Namespaces and snapshots under every sort of key, shared in every way. */
function world() {
  const made = databaseWorld('redshift');
  const { add, own, shared, foreign, managed } = made;
  add.namespace({ id: 'default' });
  add.namespace({ id: 'own', kmsKeyId: own });
  add.namespace({ id: 'foreign', kmsKeyId: foreign });
  const sharedWith = [reader];
  add.namespaceSnapshot({ id: 'alone', kmsKeyId: own });
  add.namespaceSnapshot({ id: 'default', sharedWith });
  add.namespaceSnapshot({ id: 'managed', kmsKeyId: managed, sharedWith });
  add.namespaceSnapshot({ id: 'locked', kmsKeyId: own, sharedWith });
  add.namespaceSnapshot({ id: 'open', kmsKeyId: shared, sharedToClusters: [reader] });
  add.namespaceSnapshot({ id: 'foreign', kmsKeyId: foreign, sharedWith });
  add.namespaceSnapshot({ id: 'silent', kmsKeyId: own, sharedWith: null });
  add.namespaceSnapshot({ id: 'of-others', owner: reader });
  return made;
}

it('namespaces and snapshots of Redshift Serverless, with their keys and whom they let in', async () => {
  const { rows, said } = await readService(world(), 'redshift-serverless');
  const seen = rows.map((row) => [
    row.resource_type,
    String(row.arn).split('/').at(-1),
    row.encryption_state,
    row.key_type,
    row.cross_account_read,
  ]);
  const customer = 'customer_managed_aws_material';
  expect(seen.toSorted()).toEqual([
    ['namespace', 'default', 'aws_owned', 'aws_owned', null],
    ['namespace', 'foreign', 'kms', customer, null],
    ['namespace', 'own', 'kms', customer, null],
    ['namespace_snapshot', 'alone', 'kms', customer, 'not_shared'],
    ['namespace_snapshot', 'default', 'aws_owned', 'aws_owned', 'no_kms_barrier'],
    ['namespace_snapshot', 'foreign', 'kms', customer, 'blocked_by_key_policy'],
    ['namespace_snapshot', 'locked', 'kms', customer, 'blocked_by_key_policy'],
    ['namespace_snapshot', 'managed', 'kms', 'aws_managed', 'unknown'],
    ['namespace_snapshot', 'open', 'kms', customer, 'possible'],
    ['namespace_snapshot', 'silent', 'kms', customer, 'unknown'],
  ]);
  expect(said).toEqual([]);
});

it.each(['redshift-serverless:ListNamespaces', 'redshift-serverless:ListSnapshots'])(
  'a denied %s leaves the others their rows',
  async (operation) => {
    const { rows, said } = await readService(world(), 'redshift-serverless', {
      operation,
      effect: { kind: 'deny' },
    });
    expect(said).toEqual([`listing failed: resources ${operation} AccessDeniedException`]);
    expect(rows.length).toBeGreaterThan(0);
  },
);
