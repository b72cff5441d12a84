import type { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Check, readChecks } from '../../src/checks/check.ts';
import { record as recordResults } from '../../src/checks/history/record.ts';
import { type RunOptions, runChecks } from '../../src/checks/run.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { account, arn, days, ids, insertClean, key, reading, readings, today } from './rows.ts';
import { allTables, createTables, insert } from './tables.ts';

const { data, compute, legacy, auditor } = ids;
const east = 'us-east-1';
const server = databases();
let template: string;
let client: Client;
let connectionString: string;
let checks: readonly Check[];

const rotation = 'rotation-off';
const outside = 'key-usable-outside-organization';

beforeAll(async () => {
  checks = (await readChecks()).filter(({ id }) => [rotation, outside].includes(id));
  const created = await server.create();
  template = created.name;
  const owner = await connect(created.connectionString);
  await createTables(owner);
  await applyViews(owner);
  await insertClean(owner);
  await insert(owner, 'aws_encryption_coverage', reading(data, 'global', 'accounts'));
  await insert(owner, 'aws_encryption_accounts', account('compute'));
  await insert(owner, 'aws_encryption_coverage', ...readings(compute, [east]));
  await insert(owner, 'aws_encryption_keys', key(compute, east, 'web'));
  await owner.end();
});

beforeEach(async () => {
  ({ connectionString } = await server.create(template));
  client = await connect(connectionString);
  onTestFinished(() => client.end());
});

const record = (options: Partial<RunOptions> = {}, some = checks) =>
  runChecks(client, some, { maxAge: 86_400, record: true, ...options });

/** The next sync of everything, which sees what the statements make. @returns its time */
async function sync(generation: number, ...statements: readonly string[]): Promise<string> {
  const at = days(-1 / 24 + generation / 1_000);
  for (const { name } of allTables)
    await client.query(`UPDATE ${name} SET _cq_sync_time = $1, sync_generation = $2`, [at, generation]);
  await client.query(
    `UPDATE aws_encryption_coverage SET started_at = $1, finished_at = $1, last_complete_at = $1`,
    [at],
  );
  for (const statement of statements) await client.query(statement);
  return at;
}

const rotates = (id: string, state: string | null) =>
  `UPDATE aws_encryption_keys SET rotation_state = ${state === null ? 'NULL' : `'${state}'`} WHERE key_id = '${id}'`;
const covers = (table: string, accountId: string, status: string) =>
  `UPDATE aws_encryption_coverage SET status = '${status}' WHERE table_name = 'aws_encryption_${table}' AND account_id = '${accountId}' AND region = '${east}'`;

const rows = async (query: string): Promise<unknown[][]> =>
  (await client.query({ text: query, rowMode: 'array' })).rows;
const findings = () =>
  rows(
    `SELECT check_id, resource, first_seen::text, last_seen::text, resolved_at::text FROM aws_encryption.finding_history ORDER BY first_seen, resource`,
  );
const sharing = () =>
  rows(
    `SELECT key_id, sharing, shared_account_ids, valid_from::text, valid_to::text FROM aws_encryption.key_sharing_history ORDER BY key_id, valid_from`,
  );
const orders = arn(data, east, 'orders');
const web = arn(compute, east, 'web');

/** What one check found about no region, and that it found nothing. */
function resultsOf(accountId: string | null) {
  const [check] = checks.filter(({ id }) => id === rotation);
  if (!check) throw new Error('no check');
  const found = {
    checkId: rotation,
    severity: check.severity,
    accountId,
    accountName: null,
    region: null,
    resource: null,
    message: 'x',
    status: 'violation' as const,
    principals: [],
    fix: null,
    firstSeen: null,
  };
  return { whole: { check, findings: [], gaps: [], notAsked: [], waived: [] }, found };
}

describe('a finding', () => {
  test('is there since the sync that first saw it, until one that saw it gone', async () => {
    const first = await sync(3, rotates('orders', 'disabled'));
    expect(
      (await record()).results.flatMap((result) => result.findings.map((found) => found.firstSeen)),
    ).toEqual([`${first.replace(' ', 'T')}Z`]);
    expect(await findings()).toEqual([[rotation, orders, first, first, null]]);
    const again = await sync(4);
    await record();
    expect(await findings()).toEqual([[rotation, orders, first, again, null]]);
    const gone = await sync(5, rotates('orders', 'enabled'));
    await record();
    expect(await findings()).toEqual([[rotation, orders, first, again, gone]]);
    const back = await sync(6, rotates('orders', 'disabled'));
    await record();
    expect(await findings()).toEqual([
      [rotation, orders, first, again, gone],
      [rotation, orders, back, back, null],
    ]);
  });

  test('of one sync is recorded once, however often', async () => {
    await sync(3, rotates('orders', 'disabled'));
    await record();
    const before = [await findings(), await sharing()];
    await record();
    expect([await findings(), await sharing()]).toEqual(before);
    expect(before[0]).toHaveLength(1);
  });

  test.each<[what: string, statements: readonly string[]]>([
    ['is not known any more', [rotates('orders', null)]],
    [
      'its account could be read in part only',
      [rotates('orders', 'enabled'), covers('keys', data, 'partial')],
    ],
    ['its account could not be listed', [rotates('orders', 'enabled'), covers('keys', data, 'failed')]],
    ['its region is left out now', [rotates('orders', 'enabled'), covers('keys', data, 'skipped')]],
    [
      'its coverage is lost',
      [rotates('orders', 'enabled'), `DELETE FROM aws_encryption_coverage WHERE account_id = '${data}'`],
    ],
    [
      'its account could not be entered',
      [
        rotates('orders', 'enabled'),
        `INSERT INTO aws_encryption_coverage (account_id, region, table_name, status, _cq_sync_time, _cq_source_name)
         SELECT account_id, 'global', '*', 'failed', _cq_sync_time + interval '1 second', _cq_source_name
         FROM aws_encryption_coverage WHERE account_id = '${data}' AND region = '${east}' AND table_name = 'aws_encryption_keys'`,
      ],
    ],
    [
      'the data is old',
      [
        rotates('orders', 'enabled'),
        `UPDATE aws_encryption_coverage SET finished_at = finished_at - interval '2 days'`,
      ],
    ],
    ['a view is missing', ['DROP VIEW aws_encryption.current_keys CASCADE']],
  ])('stays open where %s', async (_what, statements) => {
    const first = await sync(3, rotates('orders', 'disabled'));
    await record();
    await sync(4, ...statements);
    await record(
      {},
      checks.filter(({ id }) => id === rotation),
    );
    const [[, , , , resolved] = []] = await findings();
    expect(resolved).toBe(null);
    expect((await findings())[0]?.[2]).toBe(first);
  });

  test('is resolved while another account is dark, unless its check looks at that one, too', async () => {
    const opened = `UPDATE aws_encryption_key_access SET trust = 'external', principal = 'arn:aws:iam::${auditor}:root' WHERE key_id = 'orders'`;
    const shared = `UPDATE aws_encryption_keys SET sharing = 'shared', shared_outside_organization = true WHERE key_id = 'orders'`;
    await sync(3, rotates('orders', 'disabled'), opened, shared);
    await record();
    expect((await findings()).map(([id]) => id).sort()).toEqual([outside, rotation]);
    const mended = [
      rotates('orders', 'enabled'),
      `UPDATE aws_encryption_key_access SET trust = 'same_account' WHERE key_id = 'orders'`,
      `UPDATE aws_encryption_keys SET sharing = 'not_shared', shared_outside_organization = false WHERE key_id = 'orders'`,
    ];
    const gone = await sync(4, ...mended, covers('keys', compute, 'failed'));
    await record();
    expect(Object.fromEntries((await findings()).map(([id, , , , at]) => [id, at]))).toEqual({
      [rotation]: gone,
      [outside]: null,
    });
    const whole = await sync(5, covers('keys', compute, 'complete'));
    await record();
    expect(Object.fromEntries((await findings()).map(([id, , , , at]) => [id, at]))).toEqual({
      [rotation]: gone,
      [outside]: whole,
    });
  });

  test('about no account stays open while one of them was read in part', async () => {
    const { whole, found } = resultsOf(null);
    const gap = { kind: 'incomplete', table: 'aws_encryption_keys', message: 'x' } as const;
    await sync(3);
    await recordResults(client, [{ ...whole, findings: [found] }], null);
    await sync(4);
    await recordResults(client, [{ ...whole, gaps: [gap] }], null);
    expect((await findings()).map((row) => row[4])).toEqual([null]);
    await recordResults(client, [whole], null);
    expect((await findings()).map((row) => row[4])).not.toContain(null);
  });

  test('about no region stays open while one region of the account was read in part', async () => {
    const { whole, found } = resultsOf(data);
    await sync(3);
    await recordResults(client, [{ ...whole, findings: [found] }], null);
    await insert(
      client,
      'aws_encryption_coverage',
      reading(data, 'eu-west-1', 'keys', { status: 'partial' }),
      // Not enabled: no gap.
      reading(data, 'ap-east-1', '*', { status: 'skipped', reason: 'region_disabled' }),
    );
    await sync(4);
    await recordResults(client, [whole], null);
    expect((await findings()).map((row) => row[4])).toEqual([null]);
    const gone = await sync(
      5,
      `UPDATE aws_encryption_coverage SET status = 'complete' WHERE region = 'eu-west-1'`,
    );
    await recordResults(client, [whole], null);
    expect((await findings()).map((row) => row[4])).toEqual([gone]);
  });

  test('of what was not asked stays as it is', async () => {
    await sync(3, rotates('orders', 'disabled'), rotates('web', 'disabled'));
    await record();
    await sync(4, rotates('orders', 'enabled'), rotates('web', 'enabled'));
    await record(
      {},
      checks.filter(({ id }) => id === outside),
    );
    expect((await findings()).map((row) => row[4])).toEqual([null, null]);
    await record({ scope: { accounts: [compute], units: [] } });
    expect((await findings()).map((row) => [row[1], row[4] === null])).toEqual([
      [orders, true],
      [web, false],
    ]);
  });

  test('of an account that has left is resolved', async () => {
    await sync(3, rotates('web', 'disabled'));
    await record();
    const tables = ['accounts', 'coverage', 'keys'];
    const gone = await sync(
      4,
      ...tables.map((name) => `DELETE FROM aws_encryption_${name} WHERE account_id = '${compute}'`),
    );
    await record();
    expect((await findings()).map((row) => row[4])).toEqual([gone]);
    expect((await sharing()).map((row) => [row[0], row[4]])).toEqual([
      ['orders', null],
      ['web', gone],
    ]);
  });

  test('that is waived is told so', async () => {
    await sync(3, rotates('orders', 'disabled'));
    const waiver = { number: 1, check: rotation, about: {}, reason: 'x', owner: null, expires: null };
    const { results } = await record({ waivers: [waiver] });
    expect(results.flatMap(({ waived }) => waived.map(({ finding }) => finding.firstSeen))).not.toContain(
      null,
    );
    expect(await rows('SELECT waived FROM aws_encryption.finding_history')).toEqual([[true]]);
    await record();
    expect(await rows('SELECT waived FROM aws_encryption.finding_history')).toEqual([[false]]);
  });
});

describe('a recorded run', () => {
  const asked = () =>
    rows(
      'SELECT synced_at::text, check_id, saw_all, not_known FROM aws_encryption.check_history ORDER BY synced_at, check_id',
    );

  test('says which checks were asked, of which sync, and how much they knew', async () => {
    const whole = await sync(3);
    await record();
    const part = await sync(4, rotates('orders', null), covers('keys', compute, 'failed'));
    await record();
    expect(await asked()).toEqual([
      [whole, outside, true, 0],
      [whole, rotation, true, 0],
      [part, outside, false, 0],
      [part, rotation, false, 1],
    ]);
  });

  test('of a part of the accounts, or later with less data, takes nothing from one that saw all', async () => {
    const at = await sync(3);
    await record({ scope: { accounts: [compute], units: [] } });
    expect(await asked()).toEqual([
      [at, outside, false, 0],
      [at, rotation, false, 0],
    ]);
    await record();
    await record({ scope: { accounts: [compute], units: [] } });
    expect(await asked()).toEqual([
      [at, outside, true, 0],
      [at, rotation, true, 0],
    ]);
  });
});

describe('a check that a newer version renamed', () => {
  const old = 'rotation-is-off';
  /** As if an earlier version had recorded all that is there. */
  const renamed = `UPDATE aws_encryption.finding_history SET check_id = '${old}' WHERE check_id = '${rotation}';
    UPDATE aws_encryption.check_history SET check_id = '${old}' WHERE check_id = '${rotation}'`;
  const ended = () =>
    rows(
      `SELECT check_id, first_seen::text, resolved_at::text, no_longer_checked_at::text FROM aws_encryption.finding_history ORDER BY first_seen, check_id`,
    );
  const trend = () =>
    rows(
      `SELECT synced_at::text, check_id, open, resolved, no_longer_checked, saw_all FROM aws_encryption.finding_trend WHERE check_id <> '${outside}' ORDER BY synced_at, check_id`,
    );

  test('leaves findings that nobody looks for any more: neither open nor resolved', async () => {
    const first = await sync(-1500, rotates('orders', 'disabled'));
    await record({ maxAge: 300_000 });
    await client.query(renamed);
    const second = await sync(3);
    await record();
    expect(await ended()).toEqual([
      [old, first, null, second],
      [rotation, second, null, null],
    ]);
    await sync(4, rotates('orders', 'enabled'));
    await record();
    const fourth = await sync(5);
    await record();
    expect((await ended())[0]).toEqual([old, first, null, second]);
    expect(await trend()).toEqual([
      [first, old, 1, null, 0, true],
      [fourth, old, 0, 0, 1, null],
      [fourth, rotation, 0, null, 0, true],
    ]);
    // No later day has a word of it.
    const { rowCount } = await client.query(
      `UPDATE aws_encryption.check_history SET synced_at = synced_at - interval '1 day' WHERE synced_at < $1`,
      [fourth],
    );
    expect(rowCount).toBeGreaterThan(0);
    expect((await trend()).filter(([at, id]) => at === fourth && id === old)).toEqual([]);
  });

  test('goes on where a version records that has it still', async () => {
    const first = await sync(3, rotates('orders', 'disabled'));
    await record();
    await client.query(
      `UPDATE aws_encryption.finding_history SET no_longer_checked_at = first_seen;
       UPDATE aws_encryption.check_history SET no_longer_checked = true WHERE check_id = '${rotation}'`,
    );
    await record();
    expect(await ended()).toEqual([[rotation, first, null, null]]);
    expect(await trend()).toEqual([[first, rotation, 1, null, 0, true]]);
    const gone = await sync(4, rotates('orders', 'enabled'));
    await record();
    expect(await ended()).toEqual([[rotation, first, gone, null]]);
  });

  test('is told by a history of an earlier build, too, which lacks the columns', async () => {
    const first = await sync(3, rotates('orders', 'disabled'));
    await record();
    await client.query(renamed);
    await client.query(
      `ALTER TABLE aws_encryption.finding_history DROP COLUMN no_longer_checked_at CASCADE;
       ALTER TABLE aws_encryption.check_history DROP COLUMN no_longer_checked CASCADE`,
    );
    await record();
    expect(await ended()).toContainEqual([old, first, null, first]);
  });
});

describe('a crash', () => {
  test('in the middle leaves the history as it was, and the next run writes it all', async () => {
    await sync(3, rotates('orders', 'disabled'));
    await record();
    const before = [await findings(), await sharing()];
    const next = await sync(
      4,
      rotates('web', 'disabled'),
      `UPDATE aws_encryption_keys SET shared_account_ids = '{${auditor}}'`,
    );
    await client.query(`
      CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
      CREATE TRIGGER crash AFTER INSERT ON aws_encryption.key_sharing_history EXECUTE FUNCTION crash()
    `);
    await expect(record()).rejects.toThrow();
    client = await connect(connectionString);
    onTestFinished(() => client.end());
    expect([await findings(), await sharing()]).toEqual(before);
    await client.query('DROP FUNCTION crash CASCADE');
    await record();
    expect((await findings()).map((row) => row.slice(0, 3))).toEqual([
      [rotation, orders, before[0]?.[0]?.[2]],
      [rotation, web, next],
    ]);
    expect(await sharing()).toHaveLength(4);
  });
});

describe('whom keys are shared with', () => {
  const shares = (...accounts: string[]) =>
    `UPDATE aws_encryption_keys SET sharing = 'shared', shared_account_ids = '{${accounts.join(',')}}', sharing_complete = true WHERE key_id = 'orders'`;
  const doubt = `UPDATE aws_encryption_keys SET sharing = 'unknown', shared_account_ids = NULL, sharing_complete = false WHERE key_id = 'orders'`;
  const gained = () =>
    rows(
      `SELECT key_id, party, party_type, how, gained_at::text, still FROM aws_encryption.access_gained ORDER BY gained_at, party`,
    );

  test('is a row for each change, and none for a sync without any', async () => {
    const first = await sync(3);
    await record();
    await sync(4);
    await record();
    const opened = await sync(5, shares(auditor, legacy));
    await record();
    // The same accounts in another order are the same.
    await sync(6, shares(legacy, auditor));
    await record();
    expect(await sharing()).toEqual([
      ['orders', 'not_shared', [], first, opened],
      ['orders', 'shared', [legacy, auditor], opened, null],
      ['web', 'not_shared', [], first, null],
    ]);
    expect(await gained()).toEqual([
      ['orders', legacy, 'account', 'new_access', opened, true],
      ['orders', auditor, 'account', 'new_access', opened, true],
    ]);
  });

  test('is told apart by what was known before', async () => {
    const first = await sync(3, shares(auditor));
    await record();
    await sync(4, doubt);
    await record();
    const known = await sync(5, shares(auditor, legacy));
    await record();
    const fresh = await sync(6);
    await insert(
      client,
      'aws_encryption_keys',
      key(data, east, 'fresh', {
        ...today,
        _cq_sync_time: fresh,
        sync_generation: 6,
        sharing: 'public',
        shared_organization_ids: ['o-2'],
      }),
    );
    await record();
    const last = await sync(
      7,
      shares(),
      `UPDATE aws_encryption_keys SET sharing = 'not_shared' WHERE key_id = 'orders'`,
    );
    await record();
    expect(await gained()).toEqual([
      ['orders', auditor, 'account', 'first_reading', first, false],
      // The auditor was there when all was last known.
      ['orders', legacy, 'account', 'not_known_before', known, false],
      ['fresh', '*', 'anyone', 'new_key', fresh, true],
      ['fresh', 'o-2', 'organization', 'new_key', fresh, true],
    ]);
    expect((await sharing()).filter(([id]) => id === 'orders').at(-1)?.[3]).toBe(last);
  });

  test('has what organization policies leave, and begins another row when they change', async () => {
    const left = (ids: string, policies: string) =>
      `UPDATE aws_encryption_keys SET effective_sharing = 'external', effective_sharing_complete = true,
        effective_shared_account_ids = '{${ids}}', organization_policy_ids = '{${policies}}' WHERE key_id = 'orders'`;
    await sync(3, shares(legacy, auditor), left('', 'p-2,p-1'));
    await record();
    const opened = await sync(4, left([auditor, legacy].join(','), ''));
    await record();
    await sync(5, left([legacy, auditor].join(','), ''));
    await record();
    expect(
      await rows(
        `SELECT effective_sharing_complete, effective_shared_account_ids, organization_policy_ids
        FROM aws_encryption.key_sharing_history WHERE key_id = 'orders' ORDER BY valid_from`,
      ),
    ).toEqual([
      [true, [], ['p-1', 'p-2']],
      [true, [legacy, auditor], []],
    ]);
    expect((await gained()).filter(([, , , how]) => how === 'let_through_by_policies')).toEqual([
      ['orders', legacy, 'account', 'let_through_by_policies', opened, true],
      ['orders', auditor, 'account', 'let_through_by_policies', opened, true],
    ]);
  });

  test('ends with the key, by a whole listing only', async () => {
    await sync(3);
    await record();
    const gone = `DELETE FROM aws_encryption_keys WHERE key_id = 'web'`;
    await sync(4, gone, covers('keys', compute, 'partial'));
    await record();
    expect((await sharing()).map((row) => row[4])).toEqual([null, null]);
    const at = await sync(5, covers('keys', compute, 'complete'));
    await record();
    expect((await sharing()).map((row) => row[4])).toEqual([null, at]);
  });
});

test('syncs without changes add no rows, and no copies of those there are', async () => {
  const size = async () => {
    const [[bytes] = []] = await rows(
      `SELECT pg_total_relation_size('aws_encryption.finding_history') + pg_total_relation_size('aws_encryption.key_sharing_history')`,
    );
    return Number(bytes);
  };
  const count = () =>
    rows(
      `SELECT (SELECT count(*) FROM aws_encryption.finding_history), (SELECT count(*) FROM aws_encryption.key_sharing_history)`,
    );
  const many = Array.from({ length: 500 }, (_, i) =>
    key(data, east, `k-${i}`, { rotation_state: 'disabled' }),
  );
  await insert(client, 'aws_encryption_keys', ...many);
  await sync(3);
  await record();
  await sync(4);
  await record();
  const [before, rowsBefore] = [await size(), await count()];
  expect(rowsBefore).toEqual([[500, 502]]);
  for (let generation = 5; generation < 25; generation++) {
    await sync(generation);
    await record();
  }
  expect(await count()).toEqual(rowsBefore);
  // Twenty copies, were their space not used again. PostgreSQL may be kept from that for a sync or two: its own ANALYZE
  // holds on to old rows.
  expect((await size()) / before).toBeLessThan(6);
});

test('a run that is not recorded writes nothing, and makes the tables of no database', async () => {
  await client.query(
    'DROP TABLE aws_encryption.finding_history, aws_encryption.check_history, aws_encryption.key_sharing_history CASCADE',
  );
  await sync(3, rotates('orders', 'disabled'));
  await runChecks(client, checks, { maxAge: 86_400 });
  expect(await rows(`SELECT to_regclass('aws_encryption.finding_history')`)).toEqual([[null]]);
  await record();
  expect(await findings()).toHaveLength(1);
});
