import { describe, expect, it } from 'vitest';
import { databaseWorld, readService } from './databases.ts';

/** Caches of ElastiCache and clusters of MemoryDB under every sort of key. */
function world() {
  const made = databaseWorld('elasticache');
  const { add, own, foreign } = made;
  add.replicationGroup({ name: 'plain' });
  add.replicationGroup({ name: 'default', encryptionType: 'sse-elasticache', atRest: true });
  // "In some cases, encryption at-rest may be enabled even when this value is false."
  add.replicationGroup({ name: 'tiered', encryptionType: 'sse-elasticache', atRest: false });
  add.replicationGroup({ name: 'silent', encryptionType: null, atRest: false });
  add.replicationGroup({ name: 'silent-key', encryptionType: null, kmsKeyId: own });
  add.replicationGroup({ name: 'keyless', encryptionType: 'sse-kms', atRest: true });
  add.replicationGroup({ name: 'new', encryptionType: 'sse-brand-new', kmsKeyId: own });
  add.replicationGroup({ name: 'own', kmsKeyId: own });
  add.replicationGroup({ name: 'foreign', kmsKeyId: foreign });
  add.cacheCluster({ name: 'alone' });
  add.cacheCluster({ name: 'odd', atRest: true });
  add.cacheCluster({ name: 'unsaid', atRest: null });
  add.cacheCluster({ name: 'own-001', kmsKeyId: own, replicationGroup: 'own' });
  add.serverlessCache({ name: 'default' });
  add.serverlessCache({ name: 'own', kmsKeyId: own });
  add.cacheSnapshot({ name: 'unsaid' });
  add.cacheSnapshot({ name: 'own', kmsKeyId: own });
  add.serverlessCacheSnapshot({ name: 'default' });
  add.serverlessCacheSnapshot({ name: 'own', kmsKeyId: own });
  add.memoryDbCluster({ name: 'default' });
  add.memoryDbCluster({ name: 'own', kmsKeyId: own });
  add.memoryDbSnapshot({ name: 'default' });
  add.memoryDbSnapshot({ name: 'foreign', kmsKeyId: foreign });
  return made;
}

const customer = 'customer_managed_aws_material';

describe('what is read of caches', () => {
  it.each([
    [
      'elasticache',
      [
        ['cache_cluster', 'alone', 'none', null],
        ['cache_cluster', 'odd', 'unknown', null],
        ['cache_cluster', 'unsaid', 'unknown', null],
        ['cache_snapshot', 'own', 'kms', customer],
        ['cache_snapshot', 'unsaid', 'unknown', null],
        ['replication_group', 'default', 'aws_owned', 'aws_owned'],
        ['replication_group', 'foreign', 'kms', customer],
        ['replication_group', 'keyless', 'unknown', null],
        ['replication_group', 'new', 'unknown', null],
        ['replication_group', 'own', 'kms', customer],
        ['replication_group', 'plain', 'none', null],
        ['replication_group', 'silent', 'unknown', null],
        ['replication_group', 'silent-key', 'kms', customer],
        ['replication_group', 'tiered', 'aws_owned', 'aws_owned'],
        ['serverless_cache', 'default', 'aws_owned', 'aws_owned'],
        ['serverless_cache', 'own', 'kms', customer],
        ['serverless_cache_snapshot', 'default', 'aws_owned', 'aws_owned'],
        ['serverless_cache_snapshot', 'own', 'kms', customer],
      ],
    ],
    [
      'memorydb',
      [
        ['cluster', 'default', 'aws_owned', 'aws_owned'],
        ['cluster', 'own', 'kms', customer],
        ['snapshot', 'default', 'aws_owned', 'aws_owned'],
        ['snapshot', 'foreign', 'kms', customer],
      ],
    ],
  ])('of %s', async (service, expected) => {
    const { rows, said } = await readService(world(), service);
    const seen = rows.map((row) => [
      row.resource_type,
      String(row.arn).split(/[/:]/).at(-1),
      row.encryption_state,
      row.key_type,
    ]);
    expect(seen.toSorted()).toEqual(expected);
    expect(rows.every((row) => row.cross_account_use === 'not_shared')).toBe(true);
    expect(said).toEqual([]);
  });

  it.each([
    ['elasticache', 'DescribeReplicationGroups'],
    ['elasticache', 'DescribeCacheClusters'],
    ['elasticache', 'DescribeServerlessCaches'],
    ['elasticache', 'DescribeSnapshots'],
    ['elasticache', 'DescribeServerlessCacheSnapshots'],
    ['memorydb', 'DescribeClusters'],
    ['memorydb', 'DescribeSnapshots'],
  ])('a denied or foreign answer of %s to %s fails its listing alone', async (service, name) => {
    const operation = `${service}:${name}`;
    for (const kind of ['deny', 'empty_body'] as const) {
      const { rows, said } = await readService(world(), service, { operation, effect: { kind } });
      expect(said).toEqual([expect.stringContaining(`listing failed: resources ${operation}`)]);
      expect(rows.length).toBeGreaterThan(0);
    }
  });
});
