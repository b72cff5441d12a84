import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readChecks } from '../../src/checks/check.ts';
import { runChecks } from '../../src/checks/run.ts';
import { readArguments } from '../../src/uses/arguments.ts';
import { formatJson } from '../../src/uses/format/json.ts';
import { formatTable } from '../../src/uses/format/table.ts';
import { NoSuchKey, usesOf } from '../../src/uses/uses.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { east, insertKeyUses, keyArn, leaver, west } from './key-uses.ts';
import { queryOfCheck } from './query-of-check.ts';
import { ids } from './rows.ts';
import { runVerb as run } from './run-verb.ts';
import { createTables } from './tables.ts';

const { data, compute, auditor } = ids;
const server = databases();

let connection: string;
let client: Client;

beforeAll(async () => {
  connection = (await server.create()).connectionString;
  client = await connect(connection);
  await createTables(client);
  await applyViews(client);
  await insertKeyUses(client);
});
afterAll(() => client?.end());

/** What a check finds within the transaction of a test. */
const findingsOf = async (id: string) => {
  return (await client.query(await queryOfCheck(id))).rows;
};

const rowsOf = async (text: string, ...values: unknown[]) =>
  (await client.query({ text, values, rowMode: 'array' })).rows;

test('every kind of edge has a row with what becomes of it by each cause', async () => {
  const of = (service: string, type: string) => `arn:aws:${service}:${east}:${compute}:${type}`;
  expect(
    await rowsOf(
      `SELECT use_kind, used_by_account_id, service, resource_type, used_by_arn,
         breaks_when_disabled, breaks_when_deleted, breaks_when_grant_revoked, recoverable_days
       FROM aws_encryption.key_uses WHERE key_arn = $1
       ORDER BY use_kind, service, resource_type, used_by_arn`,
      keyArn('hub'),
    ),
  ).toEqual([
    [
      'alias',
      data,
      'kms',
      'alias',
      `arn:aws:kms:${east}:${data}:alias/hub`,
      'at_once',
      'at_once',
      'not_known',
      null,
    ],
    ['bucket', data, 's3', 'bucket', 'arn:aws:s3:::default', 'at_once', 'at_once', 'not_known', null],
    [
      'default',
      compute,
      'ebs',
      'encryption_by_default',
      of('ebs', 'encryption_by_default'),
      'new_data_only',
      'new_data_only',
      'not_known',
      null,
    ],
    ['further_key', compute, 'ec2', 'image', of('ec2', 'image'), 'at_once', 'at_once', 'not_known', null],
    // Named by services, read or not.
    [
      'grant',
      compute,
      'braket',
      'grant',
      `arn:aws:braket:${east}:${compute}:job/1`,
      'not_known',
      'not_known',
      'not_known',
      null,
    ],
    ['grant', compute, 'ebs', 'grant', 'aws:ebs:id=vol-1', 'not_known', 'not_known', 'not_known', null],
    [
      'grant',
      compute,
      'logs',
      'grant',
      `arn:aws:logs:${east}:${compute}:log-group:g`,
      'not_known',
      'not_known',
      'not_known',
      null,
    ],
    ['grant', data, null, 'grant', null, 'not_known', 'not_known', 'not_known', null],
    ['ram', auditor, 'ram', 'consumer', null, 'not_known', 'not_known', 'not_known', null],
    ['replication', compute, 's3', 'bucket', 'arn:aws:s3:::source', 'at_once', 'at_once', 'not_known', null],
    [
      'resource',
      compute,
      'ebs',
      'volume',
      of('ebs', 'volume'),
      'at_next_attach',
      'at_next_attach',
      'not_known',
      null,
    ],
    [
      'resource',
      compute,
      'elasticache',
      'replication_group',
      of('elasticache', 'replication_group'),
      'until_it_fails',
      'until_it_fails',
      'until_it_fails',
      null,
    ],
    [
      'resource',
      compute,
      'rds',
      'instance',
      of('rds', 'instance'),
      'within_hours',
      'within_hours',
      'within_hours',
      7,
    ],
    ['resource', compute, 'sns', 'topic', of('sns', 'topic'), 'not_known', 'not_known', 'not_known', null],
    [
      'second_key',
      compute,
      'ebs',
      'snapshot',
      of('ebs', 'snapshot'),
      'at_once',
      'at_once',
      'not_known',
      null,
    ],
  ]);
});

test('how long it can be rescued goes by cause, too', async () => {
  expect(
    await rowsOf(
      `SELECT service, recoverable_days, recoverable_days_when_deleted, recoverable_days_when_grant_revoked
       FROM aws_encryption.key_uses WHERE key_arn = $1 AND service IN ('rds', 'sns', 'elasticache') ORDER BY service`,
      keyArn('hub'),
    ),
  ).toEqual([
    ['elasticache', null, 0, null],
    ['rds', 7, 0, 7],
    ['sns', null, 0, null],
  ]);
});

test('what only names or carries a key is told apart from what needs it', async () => {
  expect(
    await rowsOf(
      `SELECT key_id, use_kind, resource_type, used_by_arn FROM aws_encryption.key_uses
       WHERE NOT needs_key AND use_kind <> 'alias' AND key_region = $1 ORDER BY key_id`,
      east,
    ),
  ).toEqual([
    ['imported', 'imported_material', 'imported_material', null],
    ['lone', 'multi_region', 'multi_region_key', keyArn('lone', west)],
    ['stored', 'key_store', 'custom_key_store', 'cks-1'],
    ['twin', 'multi_region', 'multi_region_key', keyArn('twin', west)],
    ['unseen', 'multi_region', 'multi_region_key', keyArn('unseen', 'ap-east-1')],
  ]);
});

test('ciphertext survives with a related key only where that is enabled, and an unread one is not known', async () => {
  expect(
    await rowsOf(
      `SELECT key_id, recoverable_by_replica FROM aws_encryption.key_uses
       WHERE service = 'sqs' ORDER BY key_id`,
    ),
  ).toEqual([
    ['lone', false],
    ['off', null],
    ['twin', true],
    ['unseen', null],
  ]);
});

test('the radius of every key: how much, in whose accounts, when it breaks, and how sure that is', async () => {
  expect(
    await rowsOf(
      `SELECT key_id, region, confidence, uses, accounts, break_at_once, break_later, break_not_known, recoverable_days
       FROM aws_encryption.key_blast_radius ORDER BY key_id, region`,
    ),
  ).toEqual([
    // What AWS owns is there because something uses it; how much does, other tables say.
    ['aws-owned/sqs', east, 'in_use', null, 0, 0, 0, 0, null],
    // Keys that nobody read are as far known as what names them.
    ['elsewhere', east, 'in_use', 2, 1, 2, 0, 0, null],
    ['for-leaver', east, 'in_use', 1, 1, 0, 0, 1, null],
    ['going', east, 'in_use', 1, 1, 1, 0, 0, null],
    ['hub', east, 'in_use', 14, 3, 4, 4, 6, 7],
    ['idle', east, 'none_found_in_what_was_read', 0, 0, 0, 0, 0, null],
    ['imported', east, 'in_use', 0, 0, 0, 0, 0, null],
    ['lone', west, 'none_found_in_what_was_read', 0, 0, 0, 0, 0, null],
    ['lone', east, 'in_use', 1, 1, 0, 1, 0, null],
    ['off', east, 'in_use', 2, 1, 0, 2, 0, null],
    ['stored', east, 'none_found_in_what_was_read', 0, 0, 0, 0, 0, null],
    ['theirs', east, 'in_use', 1, 1, 0, 0, 1, null],
    ['twin', west, 'none_found_in_what_was_read', 0, 0, 0, 0, 0, null],
    ['twin', east, 'in_use', 1, 1, 0, 1, 0, null],
    ['unread-grants', east, 'not_all_read', 0, 0, 0, 0, 0, null],
    ['unseen', east, 'in_use', 1, 1, 0, 1, 0, null],
  ]);
});

test('numbers by kind and account, the last use, and what nobody reads', async () => {
  const [hub] = await rowsOf(
    `SELECT uses_by_kind, uses_by_account, last_used_at IS NOT NULL, not_seen, cardinality(never_read) > 3
     FROM aws_encryption.key_blast_radius WHERE key_id = 'hub'`,
  );
  expect(hub).toEqual([
    {
      alias: 1,
      bucket: 1,
      default: 1,
      further_key: 1,
      grant: 4,
      ram: 1,
      replication: 1,
      resource: 4,
      second_key: 1,
    },
    { [data]: 2, [compute]: 11, [auditor]: 1 },
    true,
    [],
    true,
  ]);
});

test.each([
  [
    `UPDATE aws_encryption_coverage SET status = 'partial' WHERE table_name = 'aws_encryption_resources' AND account_id = '${compute}'`,
    'readings of buckets, resources or whole accounts and regions that are not complete: 1',
  ],
  [
    `UPDATE aws_encryption_coverage SET services_left_out = '{sns}' WHERE table_name = 'aws_encryption_resources'`,
    'services that resource_services leaves out: sns',
  ],
  [
    "UPDATE aws_encryption_resources SET kms_key_arn = NULL, key_type = NULL WHERE service = 'sns'",
    'buckets and resources under a key that is not known: 1',
  ],
  [
    "UPDATE aws_encryption_s3_buckets SET replication = NULL WHERE name = 'source'",
    'buckets whose copies are under keys that are not known: 1',
  ],
  [
    `UPDATE aws_encryption_s3_buckets SET replication = '[{"kms_key": "alias/a", "kms_key_arn": null}]' WHERE name = 'source'`,
    'buckets whose copies are under keys that are not known: 1',
  ],
  [
    "DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_s3_buckets'",
    'buckets or resources, of which no sync has covered both',
  ],
  [
    "UPDATE aws_encryption_coverage SET status = 'skipped' WHERE table_name = 'aws_encryption_key_grants'",
    'grants of the key',
  ],
  // Read by a source that has no resources or buckets among its tables.
  [
    `DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_resources' AND account_id = '${compute}'`,
    'accounts and regions that were read, but not for buckets and resources: 1',
  ],
  [
    `DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_s3_buckets' AND account_id = '${compute}'`,
    'accounts and regions that were read, but not for buckets and resources: 1',
  ],
  [
    `DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_resources' AND region = '${west}'`,
    'accounts and regions that were read, but not for buckets and resources: 1',
  ],
  [
    "UPDATE aws_encryption_resources SET further_kms_key_ids = '{alias/unheard-of}' WHERE resource_type = 'image'",
    'buckets and resources under a key that is not known: 1',
  ],
  [
    `UPDATE aws_encryption_keys SET sharing = 'organization' WHERE key_id = 'idle';
     UPDATE aws_encryption_coverage SET reason = 'not_selected' WHERE account_id = '${leaver}'`,
    'accounts that are skipped: 1',
  ],
  [
    `UPDATE aws_encryption_keys SET sharing_complete = false WHERE key_id = 'idle';
     UPDATE aws_encryption_coverage SET reason = 'account_suspended' WHERE account_id = '${leaver}'`,
    'accounts that are skipped: 1',
  ],
])('nothing was found, but not everything was read: %s', async (change, notSeen) => {
  await client.query('BEGIN');
  await client.query(change);
  const [idle] = await rowsOf(
    "SELECT confidence, not_seen FROM aws_encryption.key_blast_radius WHERE key_id = 'idle'",
  );
  await client.query('ROLLBACK');
  expect(idle).toEqual(['not_all_read', expect.arrayContaining([notSeen])]);
});

test('an account that is skipped leaves no doubt about a key that lets no other account in', async () => {
  await client.query('BEGIN');
  await client.query(
    `UPDATE aws_encryption_coverage SET reason = 'not_selected' WHERE account_id = '${leaver}'`,
  );
  const idle = await rowsOf(
    "SELECT confidence, not_seen FROM aws_encryption.key_blast_radius WHERE key_id = 'idle'",
  );
  await client.query('ROLLBACK');
  expect(idle).toEqual([['none_found_in_what_was_read', []]]);
});

describe('a key that nothing is configured with is in use', () => {
  const metric = (more: string) => `INSERT INTO aws_encryption_key_metrics
    (_cq_sync_time, _cq_source_name, sync_generation, account_id, region, key_id, operation, requests, window_start, window_end, last_day_with_requests)
    SELECT _cq_sync_time, _cq_source_name, sync_generation, account_id, region, key_id, 'Decrypt', 3000000000,
      _cq_sync_time - interval '13 days', _cq_sync_time, date_trunc('day', _cq_sync_time) ${more}
    FROM aws_encryption_keys WHERE key_id = 'idle'`;
  const used = (days: number) => `INSERT INTO aws_encryption_key_last_usage
    (_cq_sync_time, _cq_source_name, sync_generation, account_id, region, key_id, last_used_at)
    SELECT _cq_sync_time, _cq_source_name, sync_generation, account_id, region, key_id, _cq_sync_time - interval '${days} days'
    FROM aws_encryption_keys WHERE key_id = 'idle'`;
  test.each([
    ['by what CloudWatch counted', metric(''), ['in_use', 0, 3_000_000_000, true]],
    ['by its last use', used(10), ['in_use', 0, 0, true]],
    ['but not by a use of long ago', used(100), ['none_found_in_what_was_read', 0, 0, true]],
    [
      'but not known to be where CloudWatch was not asked',
      "DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_key_metrics'",
      ['none_found_in_what_was_read', 0, null, false],
    ],
    [
      'nor counted where CloudWatch answered in part',
      `${metric('')}; UPDATE aws_encryption_coverage SET status = 'partial' WHERE table_name = 'aws_encryption_key_metrics'`,
      ['in_use', 0, null, true],
    ],
    [
      'by what names it by its id',
      "UPDATE aws_encryption_resources SET further_kms_key_ids = '{idle}', account_id = '222222222222' WHERE resource_type = 'image'",
      ['in_use', 1, 0, false],
    ],
    [
      'by what names it by its alias',
      "UPDATE aws_encryption_resources SET further_kms_key_ids = '{alias/still}', account_id = '222222222222' WHERE resource_type = 'image'",
      ['in_use', 1, 0, false],
    ],
    [
      'by an organization that AWS RAM shares it with',
      "UPDATE aws_encryption_key_access SET key_id = 'idle', principal_type = 'anyone', principal = '*', principal_account_id = NULL",
      ['in_use', 1, 0, false],
    ],
  ])('%s', async (_, change, expected) => {
    await client.query('BEGIN');
    await client.query(change);
    const idle = await rowsOf(
      `SELECT confidence, uses, requests_in_two_weeks, last_used_at IS NOT NULL
       FROM aws_encryption.key_blast_radius WHERE key_id = 'idle'`,
    );
    const found = await findingsOf('customer-key-without-use');
    await client.query('ROLLBACK');
    expect(idle.map(([confidence, uses, ...more]) => [confidence, Number(uses), ...more])).toEqual([
      expected,
    ]);
    const named = found.map(({ resource }) => resource);
    expect(named.includes(keyArn('idle'))).toBe(expected[0] !== 'in_use');
  });
});

test('a related key that could not be read again does not promise that ciphertext survives', async () => {
  await client.query('BEGIN');
  await client.query(
    `UPDATE aws_encryption_coverage SET status = 'failed', _cq_sync_time = _cq_sync_time + interval '1 minute', started_at = started_at + interval '1 minute'
     WHERE region = '${west}' AND table_name = 'aws_encryption_keys'`,
  );
  const twins = await rowsOf(
    "SELECT recoverable_by_replica FROM aws_encryption.key_blast_radius WHERE key_id = 'twin' ORDER BY region",
  );
  await client.query('ROLLBACK');
  expect(twins).toEqual([[true], [null]]);
});

test('checks: what breaks first, first; what is not known is one line; an account that left', async () => {
  const checks = await readChecks();
  const { results } = await runChecks(
    client,
    checks.filter(({ id }) => /^(?:key-.*-in-use|customer-key-without-use|key-used-only-.*)$/.test(id)),
    { maxAge: 30 * 24 * 3600 },
  );
  const found = results.flatMap(({ findings }) => findings);
  expect(found.map(({ checkId, resource, status, message }) => [checkId, resource, status, message])).toEqual(
    [
      [
        'key-pending-deletion-in-use',
        keyArn('going'),
        'violation',
        `alias/going is used by bucket arn:aws:s3:::doomed of account ${compute}, which breaks at once, and will be deleted in 6 days`,
      ],
      [
        'key-disabled-in-use',
        keyArn('off'),
        'violation',
        `alias/off is disabled and used by queue arn:aws:sqs:${east}:${compute}:queue of account ${compute}, which breaks within hours`,
      ],
      [
        'key-disabled-in-use',
        keyArn('off'),
        'violation',
        `alias/off is disabled and used by volume arn:aws:ebs:${east}:${compute}:late of account ${compute}, which goes on until it is detached`,
      ],
      [
        'key-used-only-by-account-that-left',
        keyArn('for-leaver'),
        'violation',
        `alias/for-leaver is used by nothing that was read but 1 grants and shares of ${leaver}, which left the organization`,
      ],
      ...['lone', 'twin'].map((name) => [
        'customer-key-without-use',
        keyArn(name, west),
        'violation',
        `nothing that was read uses alias/${name}, when it was last used is not known, and it costs $1 a month`,
      ]),
      ...['idle', 'stored'].map((name) => [
        'customer-key-without-use',
        keyArn(name),
        'violation',
        `nothing that was read uses alias/${name}, when it was last used is not known, and it costs $1 a month`,
      ]),
      [
        'customer-key-without-use',
        null,
        'unknown',
        `of 1 customer managed keys nothing is known to use them, ${keyArn('unread-grants')} the first of them: not everything was read`,
      ],
    ],
  );
});

test('a service that only its grant names keeps a key that waits for its deletion in use', async () => {
  await client.query('BEGIN');
  await client.query("UPDATE aws_encryption_keys SET key_state = 'PendingDeletion' WHERE key_id = 'hub'");
  const services = await rowsOf(
    `SELECT used_by_service, uses FROM aws_encryption.uses_of_lost_keys
     WHERE key_id = 'hub' AND used_by_resource_type = 'grant' ORDER BY 1`,
  );
  await client.query('ROLLBACK');
  expect(services).toEqual([
    ['braket', 1],
    ['ebs', 1],
    ['logs', 1],
    // Of a role: what uses the key by it is not told, but that it may.
    [null, 1],
  ]);
});

test.each([
  [
    'a grant of a role',
    "UPDATE aws_encryption_key_grants SET key_id = 'off' WHERE grant_id = 'to-a-role'",
    ['in_use', null, 'grant'],
  ],
  [
    'a grant of a service that names nothing else',
    "UPDATE aws_encryption_key_grants SET key_id = 'off', grantee_principal = 'rds.us-east-1.amazonaws.com' WHERE grant_id = 'to-a-role'",
    ['in_use', 'rds', 'grant'],
  ],
  [
    'a share of AWS RAM',
    "UPDATE aws_encryption_key_access SET key_id = 'off'",
    ['in_use', 'ram', 'consumer'],
  ],
  [
    'grants that nobody read',
    "DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_key_grants'",
    ['unknown', null, null],
  ],
  ['nothing', 'SELECT', ['none_found', null, null]],
])('%s is what is left of a disabled key', async (_, change, expected) => {
  await client.query('BEGIN');
  await client.query("DELETE FROM aws_encryption_resources WHERE kms_key_arn LIKE '%/off'");
  await client.query(change);
  const uses = await rowsOf(
    `SELECT use, used_by_service, used_by_resource_type FROM aws_encryption.uses_of_lost_keys WHERE key_id = 'off'`,
  );
  const found = await findingsOf('key-disabled-in-use');
  await client.query('ROLLBACK');
  expect(uses).toEqual([expected]);
  const messages = found.map(({ message }) => message);
  const violation = {
    grant: `by grant of ${expected[1] ?? 'a principal'} of account `,
    consumer: `by consumer of ram of account ${auditor}`,
  };
  expect(messages).toEqual(
    expected[0] === 'none_found'
      ? []
      : [
          expect.stringContaining(
            violation[expected[2] as keyof typeof violation] ?? 'it is not known what uses 2 disabled keys',
          ),
        ],
  );
});

test('that only an account uses a key that left is not said for sure where grants were not read', async () => {
  await client.query('BEGIN');
  await client.query(
    `UPDATE aws_encryption_keys SET errors = '{"kms:ListGrants": {"code": "AccessDeniedException"}}' WHERE key_id = 'for-leaver'`,
  );
  const found = await findingsOf('key-used-only-by-account-that-left');
  await client.query('ROLLBACK');
  expect(found.map(({ status }) => status)).toEqual(['unknown']);
});

describe('the verb uses', () => {
  const uses = (...argv: string[]) => run(['uses', ...argv, '--connection', connection]);
  /** Without a process of its own. */
  const told = async (key: string) => {
    const answer = await usesOf(client, key);
    if (answer instanceof NoSuchKey) throw answer;
    return answer;
  };

  test('says in sentences what hangs on a key, what breaks first and what nobody reads', async () => {
    const { code, stdout } = await uses(keyArn('hub'));
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'In use: 14 things need it, in 3 accounts, as far as was read.',
        'When it is disabled, 4 break at once and 4 later; of 6 AWS does not say.',
        'Some of it is rescued only if the key is enabled again within 7 days.',
        expect.stringMatching(/^It was last used on \d{4}-\d{2}-\d{2}[.]$/),
        '- ciphertext that applications made with the key, wherever it is kept',
      ]),
    );
    const table = lines.slice(lines.findIndex((line) => line.startsWith('when disabled')) + 1);
    expect(table.slice(0, 15).map((line) => line.split('  ')[0])).toEqual([
      ...Array(4).fill('at once'),
      'within hours',
      'at next attach',
      'until it fails',
      'new data only',
      ...Array(6).fill('not known'),
      'names it only',
    ]);
  });

  test.each([
    ['idle', 'Nothing that was read needs it. That is no proof that nothing does: see what is never read.'],
    [
      'alias/still',
      'Nothing that was read needs it. That is no proof that nothing does: see what is never read.',
    ],
    [
      `arn:aws:kms:${east}:${data}:alias/idle`,
      'When it was last used is not known: include_key_last_usage asks for it.',
    ],
    [
      'idle',
      'CloudWatch counted no request on it within two weeks, which is no proof: attached volumes and cached data keys go on without one.',
    ],
    [keyArn('hub'), 'CloudWatch counted 42 requests on it within two weeks.'],
    [
      'imported',
      'It was used within 90 days, though nothing that was read needs it: what does, is not known.',
    ],
    ['unread-grants', 'Nothing was found that needs it, but not everything was read: it is not known.'],
    ['off', 'It is disabled: what breaks has begun to.'],
    [
      'going',
      expect.stringMatching(
        /^It will be deleted on .*, and cannot be used until then: what breaks has begun to[.]$/,
      ),
    ],
    [
      keyArn('twin'),
      'A related multi-Region key is enabled: what this one encrypted can still be decrypted with it, in its region.',
    ],
    ['aws-owned/sqs', 'It is in use; what uses a key that AWS owns is not listed.'],
  ])('of %s', async (key, sentence) => {
    const text = formatTable(await told(key));
    expect(text.split('\n')).toEqual(expect.arrayContaining([sentence]));
    expect(text).not.toMatch(/\bsafe\b/i);
  });

  test('gives programs every row', async () => {
    expect(JSON.parse(formatJson(await told('off')))).toMatchObject({
      key: { key_id: 'off', confidence: 'in_use', uses: 2, uses_by_account: { [compute]: 2 } },
      uses: [
        { use_kind: 'resource', breaks_when_disabled: 'within_hours', breaks_when_deleted: 'within_hours' },
        {
          use_kind: 'resource',
          breaks_when_disabled: 'at_next_attach',
          breaks_when_deleted: 'at_next_attach',
        },
        { use_kind: 'alias', needs_key: false },
      ],
      uses_left_out: 0,
    });
  });

  test('lists the keys that one name may mean', async () => {
    const { code, stdout } = await uses('alias/twin');
    expect(code).toBe(2);
    expect(stdout).toContain('2 keys are called alias/twin: say one by its ARN.');
    expect(stdout).toMatch(new RegExp(`${keyArn('twin')} +data +Enabled +1\\n`));
    expect(stdout).toMatch(new RegExp(`${keyArn('twin', west)} +data +Enabled +nothing that was read\\n`));
  });

  test.each([
    [
      ['nobody'],
      2,
      'No key nobody was seen: check its id, ARN or alias/…, and what was synced (view not_seen).',
    ],
    [[], 64, 'Say which one: KEY is missing.'],
    [['a', 'b'], 64, 'Say one: 2 are too many for KEY.'],
  ])('with %j', async (argv, code, sentence) => {
    const { stderr, ...result } = await uses(...argv);
    expect([result.code, stderr.split('\n')[0]]).toEqual([code, sentence]);
  });

  test('without the views says what to do', async () => {
    const empty = await connect((await server.create()).connectionString);
    await expect(usesOf(empty, 'hub')).rejects.toThrow('apply the views (verb `views`)');
    await empty.end();
  });

  test('takes no format but its own', () => {
    expect(() => readArguments({ connection, format: 'xml' }, 'hub')).toThrow(
      '--format xml is none of table, json.',
    );
  });
});
