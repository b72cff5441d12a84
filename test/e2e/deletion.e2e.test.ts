import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import {
  accountIds,
  change,
  changingOrganization,
  empty,
  type Member,
  recover,
  regionOf,
} from './changing-organization.ts';
import type { Row } from './rows.ts';
import { backend_options, type Holdings, holdings, syncWithState, unpaced } from './state.ts';
import { startWorld, type World } from './world.ts';

/*
 * What becomes of rows while accounts, regions and keys come and go, sync after sync, through the real CLI into a
 * real PostgreSQL. The first sync has generation 1, and so on.
 */

const tables = ['keys', 'key_aliases', 'key_policies', 'key_access', 'accounts', 'coverage'].map(
  (name) => `aws_encryption_${name}`,
);

let world: World;
let first: Holdings;
let second: Holdings;
let third: Holdings;
let remaining: string[];
/** What the views show after the second sync. */
let shown: { freshness: Map<string, string>; notSeen: Row[] };

beforeAll(async () => {
  world = await startWorld(changingOrganization());
  await syncWithState(world, { tables });
  first = await holdings(world);
  change(world.aws);
  const org = { ...unpaced.org, skip_member_accounts: [accountIds.skipped] };
  await syncWithState(world, { tables, spec: { ...unpaced, org } });
  second = await holdings(world);
  shown = await shownRows();
  const { keys } = regionOf(world.aws.organization, 'halved', 'us-east-1');
  remaining = [...keys].map(({ metadata }) => metadata.KeyId);
  recover(world.aws);
  await syncWithState(world, { tables });
  third = await holdings(world);
});
afterAll(() => world.close());

async function shownRows(): Promise<typeof shown> {
  const client = new Client({ connectionString: world.connectionString });
  await client.connect();
  await applyViews(client);
  await client.end();
  const rows = await world.query<{ place: string; freshness: string }>(
    `select distinct account_id || ' ' || region as place, freshness from aws_encryption.current_keys`,
  );
  return {
    freshness: new Map(rows.map(({ place, freshness }) => [place, freshness])),
    notSeen: await world.query("select * from aws_encryption.not_seen where table_name = '*'"),
  };
}

/** The rows of an account with a key in each of two regions, all of one generation. */
const whole = (generation: number) => [
  ...region('eu-west-1', generation),
  account(generation),
  ...region('us-east-1', generation),
];
const account = (generation: number) => `global accounts: 1 of ${generation}`;
const region = (name: string, generation: number) =>
  ['key_access: 1', 'key_aliases: 1', 'key_policies: 1', 'keys: 1'].map(
    (rows) => `${name} ${rows} of ${generation}`,
  );
/** What coverage says of tables, and of places as a whole. */
const complete = (name: string) =>
  ['key_access', 'key_aliases', 'key_policies', 'keys'].map((table) => `${name} ${table} complete`);
const everyRegion = [...complete('eu-west-1'), ...complete('us-east-1')];

test('at first, every account is whole', () => {
  for (const member of ['unchanged', 'emptied', 'denied', 'left', 'skipped'] as const) {
    expect(first.rows(accountIds[member])).toEqual(whole(1));
    expect(first.coverage(accountIds[member])).toEqual(everyRegion);
  }
});

describe('listed completely: what is gone in AWS is deleted', () => {
  test('nothing changed: the rows are those of the second sync', () => {
    expect(second.rows(accountIds.unchanged)).toEqual(whole(2));
    expect(second.coverage(accountIds.unchanged)).toEqual(everyRegion);
  });

  test('keys and aliases of a region: with all that belonged to them', () => {
    expect(second.rows(accountIds.emptied)).toEqual([...region('eu-west-1', 2), account(2)]);
    expect(second.coverage(accountIds.emptied)).toEqual(everyRegion);
  });

  test('two hundred of four hundred keys at once', async () => {
    expect(second.rows(accountIds.halved)).toContain('us-east-1 keys: 201 of 2');
    const rows = await world.rows(
      'aws_encryption_keys',
      `account_id = '${accountIds.halved}' and region = 'us-east-1'`,
    );
    expect(rows.map(({ key_id }) => key_id).sort()).toEqual(remaining);
  });
});

describe('failed or partial: rows stay, older than the rest, and coverage says so', () => {
  test('an account that cannot be entered', () => {
    expect(second.rows(accountIds.denied)).toEqual([
      ...region('eu-west-1', 1),
      account(2),
      ...region('us-east-1', 1),
    ]);
    expect(second.coverage(accountIds.denied)).toEqual(['global * failed assume_role_denied']);
  });

  test('a region where keys cannot be listed; its aliases can, and are kept up', () => {
    const kept = ['key_access: 1 of 1', 'key_policies: 1 of 1', 'keys: 1 of 1'].map(
      (rows) => `us-east-1 ${rows}`,
    );
    expect(second.rows(accountIds.unlisted)).toEqual([...region('eu-west-1', 2), account(2), ...kept]);
    const failed = ['key_access', 'key_policies', 'keys'].map(
      (table) => `us-east-1 ${table} failed access_denied`,
    );
    expect(second.coverage(accountIds.unlisted)).toEqual(
      [...complete('eu-west-1'), ...failed, 'us-east-1 key_aliases complete'].sort(),
    );
  });

  test('a key whose policy is denied: all policies of the region stay, its keys are kept up', () => {
    expect(second.rows(accountIds.guarded)).toEqual(
      [
        ...region('eu-west-1', 2),
        account(2),
        'us-east-1 key_access: 2 of 1',
        'us-east-1 key_aliases: 2 of 2',
        'us-east-1 key_policies: 2 of 1',
        'us-east-1 keys: 1 of 2',
      ].sort(),
    );
    const partial = ['key_access', 'key_policies', 'keys'].map(
      (table) => `us-east-1 ${table} partial access_denied`,
    );
    expect(second.coverage(accountIds.guarded)).toEqual(
      [...complete('eu-west-1'), ...partial, 'us-east-1 key_aliases complete'].sort(),
    );
  });

  test('coverage knows when the table was last listed completely', () => {
    const lineOf = (member: Member, table: string) =>
      second.coverageRows.find(
        ({ account_id, region, table_name }) =>
          account_id === accountIds[member] && region !== 'eu-west-1' && table_name === table,
      );
    const isOfBefore = (member: Member, table: string) => {
      const line = lineOf(member, table);
      return line?.last_complete_at !== null && String(line?.last_complete_at) < String(line?.started_at);
    };
    expect(isOfBefore('denied', '*')).toBe(true);
    expect(isOfBefore('unlisted', 'aws_encryption_keys')).toBe(true);
    expect(isOfBefore('guarded', 'aws_encryption_key_policies')).toBe(true);
    // All keys were listed, though a value of one is missing.
    const listed = lineOf('guarded', 'aws_encryption_keys');
    expect(listed?.last_complete_at).toBe(listed?.finished_at);
  });

  test('whole again when it can be read, and what has gone meanwhile is deleted', () => {
    expect(third.rows(accountIds.denied)).toEqual([...region('eu-west-1', 3), account(3)]);
    expect(third.coverage(accountIds.denied)).toEqual(everyRegion);
    expect(third.rows(accountIds.unlisted)).toEqual([...region('eu-west-1', 3), account(3)]);
    expect(third.coverage(accountIds.unlisted)).toEqual(everyRegion);
    expect(third.rows(accountIds.guarded)).toContain('us-east-1 key_policies: 1 of 3');
    expect(third.coverage(accountIds.guarded)).toEqual(everyRegion);
  });
});

describe('accounts and regions that come and go', () => {
  test('an account that has left the organization: all its rows go', () => {
    expect(second.rows(accountIds.left)).toEqual([]);
    expect(second.coverage(accountIds.left)).toEqual([]);
    expect(third.rows(accountIds.left)).toEqual([]);
  });

  test.each([
    ['suspended', 'account_suspended'],
    ['closed', 'account_closed'],
    ['skipped', 'not_selected'],
  ] as const)('an account that is %s: its rows stay, and coverage says why, once', (member, reason) => {
    expect(second.rows(accountIds[member])).toEqual([
      ...region('eu-west-1', 1),
      account(2),
      ...region('us-east-1', 1),
    ]);
    expect(second.coverage(accountIds[member])).toEqual([`global * skipped ${reason}`]);
    expect(third.rows(accountIds[member])).toEqual(whole(3));
    expect(third.coverage(accountIds[member])).toEqual(everyRegion);
  });

  test('a region that is disabled: its rows stay; enabled again, it is read', () => {
    expect(second.rows(accountIds.disabled)).toEqual([
      ...region('eu-west-1', 1),
      account(2),
      ...region('us-east-1', 2),
    ]);
    expect(second.coverage(accountIds.disabled)).toEqual([
      'eu-west-1 * skipped region_disabled',
      ...complete('us-east-1'),
    ]);
    expect(third.rows(accountIds.disabled)).toEqual(whole(3));
    expect(third.coverage(accountIds.disabled)).toEqual(everyRegion);
  });

  test('who is not in another organization has not left its own', async () => {
    const { organization } = world.aws;
    const account = organization.accounts.get(accountIds.unchanged);
    organization.id = 'o-another11111';
    organization.accounts.delete(accountIds.unchanged);
    await syncWithState(world, { tables });
    const fourth = await holdings(world);
    expect(fourth.rows(accountIds.unchanged)).toEqual(whole(3));
    expect(fourth.coverage(accountIds.unchanged)).toEqual(['global * skipped not_selected']);
    organization.id = 'o-exampleorg1';
    if (account) organization.accounts.set(accountIds.unchanged, account);
  });
});

test('the views show what was kept as kept, since when, and not as current', () => {
  const freshness = (member: Member, region: string) =>
    shown.freshness.get(`${accountIds[member]} ${region}`);
  for (const member of ['unchanged', 'disabled', 'unlisted'] as const) {
    expect(freshness(member, member === 'disabled' ? 'us-east-1' : 'eu-west-1')).toBe('current');
  }
  for (const member of ['denied', 'suspended', 'closed', 'skipped', 'unlisted'] as const) {
    expect(freshness(member, 'us-east-1')).toBe('kept');
  }
  expect(freshness('disabled', 'eu-west-1')).toBe('kept');
  const unseen = shown.notSeen.map(({ account_id, region, reason, last_complete_at }) => [
    account_id,
    region,
    reason,
    last_complete_at !== null,
  ]);
  expect(unseen).toEqual([
    [accountIds.denied, 'global', 'assume_role_denied', true],
    [accountIds.suspended, 'global', 'account_suspended', true],
    [accountIds.closed, 'global', 'account_closed', true],
    [accountIds.disabled, 'eu-west-1', 'region_disabled', true],
    [accountIds.skipped, 'global', 'not_selected', true],
  ]);
});

test('tables that are not selected are left alone, and kept up when they are selected again', async () => {
  empty(regionOf(world.aws.organization, 'unchanged', 'eu-west-1'));
  await syncWithState(world, { tables: ['aws_encryption_keys', 'aws_encryption_coverage'] });
  const some = await holdings(world);
  expect(some.rows(accountIds.unchanged)).toEqual(
    [
      ...region('eu-west-1', 3).filter((line) => !line.includes(' keys')),
      ...whole(3).slice(4, -1),
      'us-east-1 keys: 1 of 5',
    ].sort(),
  );
  await syncWithState(world, { tables });
  const all = await holdings(world);
  expect(all.rows(accountIds.unchanged)).toEqual([account(6), ...region('us-east-1', 6)]);
});

test('a state that is damaged or of a newer version ends the sync before anything is written or deleted', async () => {
  const key = `aws-encryption/${accountIds.unchanged}/us-east-1`;
  await world.query(
    `update ${backend_options.table_name} set value = '{"version":3,"units":{}}' where key = $1`,
    [key],
  );
  const before = await holdings(world);
  const result = await world.sync({ tables, source: { backend_options } });
  expect(result.code).toBe(1);
  expect(result.log.findLast(({ level }) => level === 'error')?.error).toContain(
    `code = FailedPrecondition desc = The value of ${key} in the state table ${backend_options.table_name} is damaged`,
  );
  const after = await holdings(world);
  expect(after.rows(accountIds.unchanged)).toEqual(before.rows(accountIds.unchanged));
  expect(after.coverageRows).toEqual(before.coverageRows);
});
