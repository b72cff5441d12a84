import type { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { ids, key, today } from './rows.ts';
import { answerWith } from './rows-added.ts';
import type { Cells } from './tables.ts';

const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});

/** In place of what is there. */
const emptied = ['TRUNCATE aws_encryption_accounts, aws_encryption_keys, aws_encryption_coverage'];

const root = ['r-1', 'Root'] as const;
const workloads = ['ou-w', 'workloads'] as const;
const production = ['ou-p', 'production'] as const;

const placed = (
  account_id: string,
  path: readonly (readonly [string, string])[] | null,
  more: Cells = {},
): Cells => ({
  ...today,
  account_id,
  region: 'global',
  organization_id: ids.organization,
  in_scope: true,
  organization_units: path?.map(([id]) => id) ?? null,
  organization_unit_names: path?.map(([, name]) => name) ?? null,
  ...more,
});
const priced = (account: string, name: string, fee: number | null, more: Cells = {}): Cells =>
  key(account, east, name, { monthly_fee_usd: fee, ...more });

const accounts = [
  placed(ids.data, [root, workloads, production], { tags: { owner: 'data' } }),
  placed(ids.compute, [root, workloads], { organization_unit_names: null, tags: {} }),
  placed(ids.legacy, null),
];
const keys = [
  priced(ids.data, 'a', 1, { rotation_state: 'enabled' }),
  priced(ids.data, 'b', null, { rotation_state: 'disabled' }),
  priced(ids.compute, 'c', 3, { rotation_state: 'enabled', rotation_paused: true }),
  priced(ids.compute, 'd', 1, { rotation_state: 'not_supported' }),
  priced(ids.legacy, 'e', null, { rotation_state: null }),
  priced(ids.suspended, 'f', 1, { rotation_state: 'required' }),
];
const told = (query: string) => answerWith(client, { accounts, keys }, query, ...emptied);

test('cost: each unit with all below it, its own apart, and what is in no unit that is known', async () => {
  const query = `SELECT unit_id, unit_name, depth, accounts::int, keys::int, keys_price_unknown::int, monthly_fee_usd::int,
    own_keys::int, own_keys_price_unknown::int, own_monthly_fee_usd::int FROM aws_encryption.monthly_cost_by_unit`;
  expect(await told(query)).toEqual([
    ['r-1', 'Root', 0, 2, 4, 1, 5, 0, 0, null],
    ['ou-w', 'workloads', 1, 2, 4, 1, 5, 2, 0, 4],
    ['ou-p', 'production', 2, 1, 2, 1, 1, 2, 1, 1],
    [null, null, null, 2, 2, 1, 1, 2, 1, 1],
  ]);
});

test('rotation: the same, and every key is in one of its counts', async () => {
  const query = `SELECT unit_id, unit_path_names, keys::int, keys_optional::int, keys_enabled::int, keys_disabled::int,
    keys_at_rest::int, keys_required::int, keys_not_rotatable::int, keys_unknown::int FROM aws_encryption.rotation_by_unit`;
  expect(await told(query)).toEqual([
    ['r-1', ['Root'], 4, 3, 1, 1, 1, 0, 1, 0],
    ['ou-w', ['Root', 'workloads'], 4, 3, 1, 1, 1, 0, 1, 0],
    ['ou-p', ['Root', 'workloads', 'production'], 2, 2, 1, 1, 0, 0, 0, 0],
    [null, null, 2, 0, 0, 0, 0, 1, 0, 1],
  ]);
});

test('a unit none of whose keys has a known price costs null, not nothing', async () => {
  const given = { accounts: [placed(ids.data, [root])], keys: [priced(ids.data, 'a', null)] };
  const query = 'SELECT monthly_fee_usd, keys_price_unknown::int FROM aws_encryption.monthly_cost_by_unit';
  expect(await answerWith(client, given, query, ...emptied)).toEqual([[null, 1]]);
});

test('keys have the path of their account and its tags: none and unread are told apart', async () => {
  const query = `SELECT DISTINCT account_id, organization_units, organization_unit_names, account_tags
    FROM aws_encryption.current_keys ORDER BY 1`;
  expect(await told(query)).toEqual([
    [ids.data, ['r-1', 'ou-w', 'ou-p'], ['Root', 'workloads', 'production'], { owner: 'data' }],
    [ids.compute, ['r-1', 'ou-w'], null, {}],
    [ids.legacy, null, null, null],
    [ids.suspended, null, null, null],
  ]);
});
