import { expect, it } from 'vitest';
import { databaseWorld, readService } from './databases.ts';

/** Clusters whose settings name every sort of key. */
function world() {
  const made = databaseWorld('ecs');
  const { add, own, foreign } = made;
  add.containerCluster({ name: 'plain' });
  add.containerCluster({ name: 'own', fargateKeyId: own });
  add.containerCluster({ name: 'all', fargateKeyId: own, volumeKeyId: foreign, sessionKeyId: own });
  add.containerCluster({ name: 'shells', sessionKeyId: foreign });
  return made;
}

const customer = 'customer_managed_aws_material';

it('the keys of storage, volumes and sessions are read', async () => {
  const { rows, said } = await readService(world(), 'ecs');
  const seen = rows.map((row) => [
    String(row.arn).split(':cluster/').at(-1),
    row.resource_type,
    row.encryption_state,
    row.key_type,
  ]);
  expect(seen.sort()).toEqual([
    ['all', 'container_cluster', 'kms', customer],
    ['all/sessions', 'task_sessions', 'kms', customer],
    ['all/volumes', 'task_volumes', 'kms', customer],
    ['own', 'container_cluster', 'kms', customer],
    ['plain', 'container_cluster', 'aws_owned', 'aws_owned'],
    ['shells', 'container_cluster', 'aws_owned', 'aws_owned'],
    ['shells/sessions', 'task_sessions', 'kms', customer],
  ]);
  expect(rows.every((row) => row.cross_account_use === 'not_shared')).toBe(true);
  expect(said).toEqual([]);
});

it('where DescribeClusters is denied or answers nothing, no key is known, and rows may be missing', async () => {
  const operation = 'ecs:DescribeClusters';
  for (const kind of ['deny', 'empty_body'] as const) {
    const { rows, said } = await readService(world(), 'ecs', { operation, effect: { kind } });
    expect(rows.length).toBe(4);
    for (const row of rows)
      expect([row.encryption_state, Object.keys(row.errors ?? {})]).toEqual([null, [operation]]);
    expect(said.some((line) => line.startsWith(`rows missing: resources ${operation}`))).toBe(true);
  }
});

it('each page is described by a call, and a listing that is denied is not whole', async () => {
  const operation = 'ecs:ListClusters';
  const short = { kind: 'short_pages', entries: 3 } as const;
  const { rows, requests } = await readService(world(), 'ecs', { operation, effect: short });
  expect([rows.length, requests[operation], requests['ecs:DescribeClusters']]).toEqual([7, 2, 2]);
  const { said } = await readService(world(), 'ecs', { operation, effect: { kind: 'deny' } });
  expect(said).toEqual([expect.stringContaining(`listing failed: resources ${operation}`)]);
});
