import { describe, expect, it } from 'vitest';
import { clusterEncryption } from '../../src/services/eks/rules.ts';
import { readService, regionOfKeys, seen } from './region-of-keys.ts';

function world() {
  const { organization, own, foreign, add } = regionOfKeys();
  add.kubernetesCluster({ name: 'plain' });
  add.kubernetesCluster({ name: 'old', version: '1.27' });
  add.kubernetesCluster({ name: 'own', keyArn: own });
  add.kubernetesCluster({ name: 'foreign', keyArn: foreign });
  return organization;
}

describe('EKS clusters', () => {
  it('are under the key that they name, or under one that AWS owns', async () => {
    const read = await readService(world(), 'eks');
    expect(seen(read, 'encryption_state', 'key_type', 'key_account_id', 'cross_account_use')).toEqual([
      ['foreign', 'kms', 'customer_managed_aws_material', '444444444444', 'not_shared'],
      ['old', 'unknown', null, null, 'not_shared'],
      ['own', 'kms', 'customer_managed_aws_material', '222222222222', 'not_shared'],
      ['plain', 'aws_owned', 'aws_owned', null, 'not_shared'],
    ]);
    expect([...read.sink.said]).toEqual([]);
  });

  it('have rows that say so where one cannot be described', async () => {
    const operation = 'eks:DescribeCluster';
    const { rows } = await readService(
      world(),
      'eks',
      { operation, resource: 'own', effect: { kind: 'malformed_body' } },
      {
        operation,
        resource: 'foreign',
        effect: { kind: 'error', status: 404, code: 'ResourceNotFoundException' },
      },
    );
    expect(seen({ rows }, 'encryption_state', 'errors')).toMatchObject([
      ['old', 'unknown', null],
      ['own', null, { [operation]: {} }],
      ['plain', 'aws_owned', null],
    ]);
  });

  it.each(['short_pages', 'repeated_marker', 'empty_body'] as const)(
    'are listed whole, or not: %s',
    async (kind) => {
      const operation = 'eks:ListClusters';
      const effect = kind === 'short_pages' ? { kind, entries: 1 } : { kind };
      const { rows, sink } = await readService(world(), 'eks', { operation, effect });
      const isWhole = rows.length === 4 && sink.said.size === 0;
      const isTold = [...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`));
      expect([isWhole, isTold]).toEqual(kind === 'short_pages' ? [true, false] : [false, true]);
    },
  );
});

describe('the encryption of a cluster', () => {
  const plain = { version: '1.34', keys: [], isOnOutpost: false };
  it.each([
    ['that names no key', {}, { state: 'aws_owned', key: null }],
    [
      'of the first version that is encrypted by default',
      { version: '1.28' },
      { state: 'aws_owned', key: null },
    ],
    ['of the version before', { version: '1.27' }, { state: 'unknown', key: null }],
    ['of a version to come', { version: '2.0' }, { state: 'aws_owned', key: null }],
    ['of no version', { version: null }, { state: 'unknown', key: null }],
    ['of a version of another form', { version: 'next' }, { state: 'unknown', key: null }],
    ['on an Outpost', { isOnOutpost: true }, { state: 'unknown', key: null }],
    ['that names a key', { keys: ['k'], version: '1.20' }, { state: 'kms', key: 'k' }],
    ['that names a key, on an Outpost', { keys: ['k'], isOnOutpost: true }, { state: 'kms', key: 'k' }],
    ['that names two', { keys: ['k', 'l'] }, { state: 'unknown', key: 'k' }],
    ['of a provider without a key', { keys: [null] }, { state: 'unknown', key: null }],
  ])('%s', (_what, cluster, expected) => {
    expect(clusterEncryption({ ...plain, ...cluster })).toEqual(expected);
  });
});
