import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixEntry } from '../../src/fix-column.ts';
import { quoted } from '../../src/posture/fix/shell.ts';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { queryOfCheck } from './query-of-check.ts';
import { access, arn, bucket, days, ids, key, letsInCloudTrail, resource, today, trail } from './rows.ts';
import { answerWith, type Given } from './rows-added.ts';
import type { Cells } from './tables.ts';

/** Checks whose findings end by one command: with which, and where with none. */
const { data, compute, auditor } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});
afterAll(() => client?.end());

/** Status, purpose and command of each finding of a check in a database with these rows. */
async function found(id: string, given: Given): Promise<unknown[][]> {
  const check = await queryOfCheck(id);
  const rows = await answerWith(
    client,
    given,
    `SELECT status, fix FROM (${check}) AS found`,
    `DELETE FROM aws_encryption_resources WHERE service = 'cloudtrail'`,
  );
  return rows.map(([status, fix]) => {
    const entries = Array.isArray(fix) ? fix.map(fixEntry) : [];
    return [
      status,
      ...entries.flatMap((entry) => [
        entry?.purpose,
        entry?.names,
        ...(entry?.steps ?? []).flatMap(({ kind, on, command }) => [kind, on, command]),
      ]),
    ];
  });
}

const k = arn(data, east, 'k');
const ofKey = `--region ${east} --key-id ${k}`;

describe('rotation-off', () => {
  const off = (more: Cells = {}, region = east) =>
    found('rotation-off', { keys: [key(data, region, 'k', { rotation_state: 'disabled', ...more })] });
  const rotates = (on: string, command: string | null) => [
    ['violation', 'turn_on', [], 'enable_rotation', on, command],
  ];

  test('is ended by turning rotation on', async () => {
    expect(await off()).toEqual(rotates(k, `aws kms enable-key-rotation ${ofKey}`));
    expect(await off({ multi_region: true, multi_region_key_type: 'PRIMARY', primary_key_arn: k })).toEqual(
      rotates(k, `aws kms enable-key-rotation ${ofKey}`),
    );
  });

  test('of a replica is ended at its primary key, in the region of that', async () => {
    const replica = { multi_region: true, multi_region_key_type: 'REPLICA', primary_key_arn: k };
    expect(await off(replica, 'eu-west-1')).toEqual(rotates(k, `aws kms enable-key-rotation ${ofKey}`));
    // What keeps the replica from use keeps nothing from its primary.
    expect(await off({ ...replica, key_state: 'Disabled' }, 'eu-west-1')).toEqual(
      rotates(k, `aws kms enable-key-rotation ${ofKey}`),
    );
    expect(await off({ ...replica, primary_key_arn: null })).toEqual([['violation']]);
  });

  test('of a disabled key has no command, which AWS would refuse', async () => {
    expect(await off({ key_state: 'Disabled' })).toEqual(rotates(k, null));
  });

  test('that is not known has no fix', async () => {
    expect(await off({ rotation_state: 'unknown' })).toEqual([['unknown']]);
  });
});

describe('a key that is needed', () => {
  const used = (key_state: string, more: Cells = {}): Given => ({
    keys: [key(data, east, 'k', { key_state, ...more })],
    s3_buckets: [bucket(compute, 'b', { sse_algorithm: 'aws:kms', key_reference: 'arn', kms_key_arn: k })],
  });
  const unused = (key_state: string): Given => ({
    keys: [key(data, east, 'k', { key_state, deletion_date: days(3) })],
    // Not all was read, so that something may use it.
    coverage: [
      {
        ...today,
        account_id: compute,
        region: 'global',
        table_name: 'aws_encryption_s3_buckets',
        status: 'failed',
        reason: 'timeout',
      },
    ],
  });

  test('is enabled', async () => {
    expect(await found('key-disabled-in-use', used('Disabled'))).toEqual([
      ['violation', 'keep_key', [], 'enable_key', k, `aws kms enable-key ${ofKey}`],
    ]);
  });

  test('is not deleted, and enabled', async () => {
    const commands = `aws kms cancel-key-deletion ${ofKey}\naws kms enable-key ${ofKey}`;
    expect(
      await found('key-pending-deletion-in-use', used('PendingDeletion', { deletion_date: days(3) })),
    ).toEqual([['violation', 'keep_key', [], 'enable_key', k, commands]]);
  });

  test('of which that is not known is left as it is', async () => {
    expect(await found('key-disabled-in-use', unused('Disabled'))).toEqual([['unknown']]);
    expect(await found('key-pending-deletion-in-use', unused('PendingDeletion'))).toEqual([['unknown']]);
  });

  test('is enabled for a trail that nothing else keeps out', async () => {
    const keptOut = (statements: readonly Cells[], key_state: string) =>
      found('trail-key-keeps-cloudtrail-out', {
        keys: [key(data, east, 'k', { key_state })],
        key_access: statements,
        resources: [trail(data, 'k')],
      });
    const letsIn = letsInCloudTrail(data, 'k');
    expect(await keptOut([letsIn], 'Disabled')).toEqual([
      ['violation', 'keep_key', [], 'enable_key', k, `aws kms enable-key ${ofKey}`],
    ]);
    expect(await keptOut([], 'Disabled')).toEqual([['violation']]);
    expect(await keptOut([letsIn], 'PendingImport')).toEqual([['violation']]);
    expect(await keptOut([], 'Enabled')).toEqual([['violation']]);
  });
});

test.each([
  ['DISCONNECTED', null, [`aws kms connect-custom-key-store --region ${east} --custom-key-store-id cks-9`]],
  // Its cause comes first, and it has to be disconnected.
  ['FAILED', 'INVALID_CREDENTIALS', [null]],
  ['CONNECTING', null, null],
  ['DISCONNECTING', null, null],
])('a key store that is %s', async (connection_state, connection_error_code, commands) => {
  const store = { custom_key_store_id: 'cks-9', name: 's', connection_state, connection_error_code };
  expect(
    await found('key-store-not-connected', {
      custom_key_stores: [{ ...today, account_id: data, region: east, ...store }],
    }),
  ).toEqual([
    ['violation', ...(commands === null ? [] : ['turn_on', [], 'connect_key_store', 'cks-9', ...commands])],
  ]);
});

test.each([
  ['none', ['violation', 'turn_on', [], 'encrypt_by_default']],
  ['unknown', ['unknown']],
])('the default of new volumes that is %s', async (encryption_state, expected) => {
  const on = `arn:aws:ec2:eu-west-1:${data}:encryption-by-default`;
  const setting = resource(data, 'x', {
    region: 'eu-west-1',
    arn: on,
    service: 'ebs',
    resource_type: 'encryption_by_default',
    encryption_state,
  });
  const command = 'aws ec2 enable-ebs-encryption-by-default --region eu-west-1';
  expect(await found('ebs-encryption-by-default-off', { resources: [setting] })).toEqual([
    expected.length === 1 ? expected : [...expected, on, command],
  ]);
});

describe('a grant', () => {
  const role = `arn:aws:iam::${compute}:role/app`;
  const grant = (more: Cells = {}) =>
    access(data, east, 'k', {
      source: 'grant',
      source_id: 'g1',
      principal: role,
      principal_type: 'role',
      principal_account_id: compute,
      trust: 'organization',
      role: 'grantee',
      access: ['use'],
      actions: ['kms:Decrypt'],
      ...more,
    });
  const given = (grants: readonly Cells[], ofKey: Cells = {}): Given => ({
    keys: [key(data, east, 'k', ofKey)],
    key_access: grants,
  });
  const revoked = (grantee: string) => [
    'violation',
    'take_away',
    [grantee],
    'revoke_grant',
    k,
    `aws kms revoke-grant ${ofKey} --grant-id g1`,
  ];

  test('beyond the key policy is revoked, and where the policy is not known is not', async () => {
    expect(await found('grant-beyond-policy', given([grant()]))).toEqual([revoked(role)]);
    const half = await found('grant-beyond-policy', given([grant()], { sharing_complete: false }));
    expect(half).toEqual([['unknown'], ['unknown']]);
  });

  const stranger = `arn:aws:iam::${auditor}:role/app`;
  const gone = { principal: stranger, principal_account_id: auditor, trust: 'external' };
  test('for an account that nobody knows is revoked', async () => {
    expect(await found('gone-principal-on-key', given([grant(gone)]))).toEqual([revoked(stranger)]);
  });

  test('that such an account may retire is its grantee’s, and stays', async () => {
    expect(await found('gone-principal-on-key', given([grant({ ...gone, role: 'retiring' })]))).toEqual([
      ['violation'],
    ]);
  });

  test('of an id that may be a living role is not known, and stays', async () => {
    const id = { principal: 'AROAEXAMPLEID', principal_type: 'deleted', principal_account_id: null };
    expect(await found('gone-principal-on-key', given([grant(id)]))).toEqual([['unknown']]);
  });

  test('is none of a statement', async () => {
    const statement = grant({ ...gone, source: 'key_policy', role: null });
    expect(await found('gone-principal-on-key', given([statement]))).toEqual([['violation']]);
  });
});

test.each([['k'], [''], ['a b'], ['$(reboot)'], ["it's"], ['a;b'], ['*'], ['a\nb'], ["'"], ['`id`'], ['ä']])(
  'a word of a shell is quoted as in steps that a sync writes: %j',
  async (word) => {
    const { rows } = await client.query('SELECT aws_encryption.shell_word($1) AS word', [word]);
    expect(rows).toEqual([{ word: quoted(word) }]);
  },
);

test.each([
  [`fix_of_lost_key($1, 'Disabled')`],
  [`fix_of_rotation_off($1, 'Enabled', NULL, NULL)`],
  [`fix_of_rotation_off(NULL, 'Enabled', 'REPLICA', $1)`],
  [`fix_of_grant($1, 'g', 'p')`],
])('no command is made of what is no key’s ARN: %s', async (call) => {
  for (const text of ["arn:aws:kms:us-east-1:1:key/a'; rm -rf /", 'text', null]) {
    const { rows } = await client.query(`SELECT aws_encryption.${call} AS fix`, [text]);
    expect(rows[0]?.fix ?? null).toBe(null);
  }
});

test('what is not known makes no command', async () => {
  const { rows } = await client.query(
    `SELECT aws_encryption.fix_of_key_store(NULL, 'cks-1', 'DISCONNECTED', NULL) -> 0 -> 'steps' -> 0 ->> 'command' AS command`,
  );
  expect(rows).toEqual([{ command: null }]);
});
