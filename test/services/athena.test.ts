import { expect, it } from 'vitest';
import { resultsEncryption } from '../../src/services/athena/rules.ts';
import { databaseWorld, readService } from './databases.ts';

/** Workgroups whose settings name every sort of key. */
function world() {
  const made = databaseWorld('athena');
  const { add, own, foreign } = made;
  add.workGroup({ name: 'primary' });
  add.workGroup({ name: 'sse-s3', option: 'SSE_S3' });
  add.workGroup({ name: 'sse', option: 'SSE_KMS', kmsKey: own });
  add.workGroup({ name: 'cse', option: 'CSE_KMS', kmsKey: foreign });
  add.workGroup({ name: 'managed', managedKey: null });
  add.workGroup({ name: 'managed-own', managedKey: own });
  add.workGroup({ name: 'spark', contentKey: own, managedLogsKey: own, bucketLogsKey: foreign });
  return made;
}

const customer = 'customer_managed_aws_material';

it('the keys of results, notebooks and logs are read', async () => {
  const { rows, said } = await readService(world(), 'athena');
  const seen = rows.map((row) => [
    String(row.arn).split(':workgroup/').at(-1),
    row.resource_type,
    row.encryption_state,
    row.key_type,
  ]);
  expect(seen.sort()).toEqual([
    ['cse', 'workgroup', 'kms', customer],
    ['managed', 'workgroup', 'aws_owned', 'aws_owned'],
    ['managed-own', 'workgroup', 'kms', customer],
    ['primary', 'workgroup', 'unknown', null],
    ['spark', 'workgroup', 'unknown', null],
    ['spark/bucket-logs', 'workgroup_logs', 'kms', customer],
    ['spark/content', 'workgroup_content', 'kms', customer],
    ['spark/managed-logs', 'workgroup_logs', 'kms', customer],
    ['sse', 'workgroup', 'kms', customer],
    ['sse-s3', 'workgroup', 'aws_owned', 'aws_owned'],
  ]);
  expect(rows.every((row) => row.cross_account_use === 'not_shared')).toBe(true);
  expect(said).toEqual([]);
});

it('where GetWorkGroup is denied or answers nothing, no key is known, and rows may be missing', async () => {
  const operation = 'athena:GetWorkGroup';
  for (const kind of ['deny', 'empty_body'] as const) {
    const { rows, said } = await readService(world(), 'athena', { operation, effect: { kind } });
    expect(rows.length).toBe(7);
    for (const row of rows)
      expect([row.encryption_state, row.key_type, Object.keys(row.errors ?? {})]).toEqual([
        null,
        null,
        [operation],
      ]);
    expect(said.some((line) => line.startsWith(`rows missing: resources ${operation}`))).toBe(true);
  }
});

it('the listing goes to its last page, and fails by an answer that is none', async () => {
  const operation = 'athena:ListWorkGroups';
  const short = { kind: 'short_pages', entries: 2 } as const;
  expect((await readService(world(), 'athena', { operation, effect: short })).rows.length).toBe(10);
  const empty = { kind: 'empty_body' } as const;
  const { said } = await readService(world(), 'athena', { operation, effect: empty });
  expect(said).toEqual([expect.stringContaining(`listing failed: resources ${operation}`)]);
});

it.each([
  [
    { option: 'SSE_KMS', key: null },
    { state: 'unknown', key: null },
  ],
  [
    { option: 'BRAND_NEW', key: 'k' },
    { state: 'unknown', key: 'k' },
  ],
  [
    { option: 'SSE_S3', key: 'left-over' },
    { state: 'aws_owned', key: null },
  ],
])('results under %o are %o', (results, expected) => {
  expect(resultsEncryption({ managedResultsKey: undefined, results })).toEqual(expected);
});
