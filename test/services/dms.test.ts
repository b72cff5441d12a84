import { expect, it } from 'vitest';
import { databaseWorld, readService } from './databases.ts';

/** Replications and endpoints under every sort of key. */
function world() {
  const made = databaseWorld('dms');
  const { add, own, foreign } = made;
  add.replicationInstance({ id: 'default' });
  add.replicationInstance({ id: 'own', kmsKeyId: own });
  add.replicationInstance({ id: 'foreign', kmsKeyId: foreign });
  add.replicationConfig({ id: 'default' });
  add.replicationConfig({ id: 'own', kmsKeyId: own });
  add.replicationEndpoint({ id: 'default' });
  add.replicationEndpoint({ id: 'own', kmsKeyId: own, bucketKeyId: foreign });
  add.replicationEndpoint({ id: 'once', kmsKeyId: own, bucketKeyId: own });
  return made;
}

const customer = 'customer_managed_aws_material';

it('the keys of storage, of connections and of what is written to buckets are read', async () => {
  const made = world();
  const { rows, said } = await readService(made, 'dms');
  const seen = rows.map((row) => [
    row.resource_type,
    String(row.arn).split(':').at(-1),
    row.encryption_state,
    row.key_type,
    row.key_reference,
    row.further_kms_key_ids,
  ]);
  expect(seen.sort()).toEqual([
    ['replication_config', 'default', 'kms', 'aws_managed', 'default', null],
    ['replication_config', 'own', 'kms', customer, 'arn', null],
    ['replication_endpoint', 'default', 'kms', 'aws_managed', 'default', null],
    ['replication_endpoint', 'once', 'kms', customer, 'arn', null],
    ['replication_endpoint', 'own', 'kms', customer, 'arn', [made.foreign]],
    ['replication_instance', 'default', 'kms', 'aws_managed', 'default', null],
    ['replication_instance', 'foreign', 'kms', customer, 'arn', null],
    ['replication_instance', 'own', 'kms', customer, 'arn', null],
  ]);
  expect(rows.every((row) => row.cross_account_use === 'not_shared')).toBe(true);
  expect(said).toEqual([]);
});

it.each([
  ['DescribeReplicationInstances', 5],
  ['DescribeReplicationConfigs', 6],
  ['DescribeEndpoints', 5],
])('a denied or foreign answer to %s fails its listing alone', async (name, left) => {
  const operation = `dms:${name}`;
  for (const kind of ['deny', 'empty_body'] as const) {
    const { rows, said } = await readService(world(), 'dms', { operation, effect: { kind } });
    expect(said).toEqual([expect.stringContaining(`listing failed: resources ${operation}`)]);
    expect(rows.length).toBe(left);
  }
});
