import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { access, account, ids, key, readings } from './rows.ts';
import { insert } from './tables.ts';

const { compute, data, legacy, auditor } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
  await client.query(`UPDATE aws_encryption_accounts SET organization_units = '{r-1,ou-a}'`);
  const units = (id: string) => ({ organization_units: ['r-1', id], organization_unit_names: ['Root', 'B'] });
  await insert(
    client,
    'aws_encryption_accounts',
    account('compute', units('ou-b')),
    account('legacy', units('ou-b')),
  );
  await insert(client, 'aws_encryption_coverage', ...readings(compute, [east]), ...readings(legacy, [east]));
  await insert(
    client,
    'aws_encryption_keys',
    key(data, east, 'lake'),
    key(compute, east, 'half-read', { sharing_complete: false }),
  );
  const letsIn = (source_id: string, account_id: string, more = {}) =>
    access(data, east, 'lake', {
      source_id,
      principal: account_id,
      principal_account_id: account_id,
      trust: 'organization',
      ...more,
    });
  await insert(
    client,
    'aws_encryption_key_access',
    letsIn('1', data, { trust: 'same_account' }),
    letsIn('2', compute),
    letsIn('3', legacy, { certainty: 'conditional', access: ['use'] }),
    letsIn('4', auditor, { trust: 'external', certainty: 'conditional', access: ['use'] }),
  );
});
afterAll(() => client?.end());

test('a key that two accounts of a unit can use counts once, strangers stay by themselves, and what is not known is said', async () => {
  const { rows } = await client.query({
    text: `SELECT owner_units, user_kind, user_units, user_id, trust, keys, keys_unconditional, keys_conditional
      FROM aws_encryption.unit_matrix WHERE user_kind <> 'service'`,
    rowMode: 'array',
  });
  const [a, b] = [
    ['r-1', 'ou-a'],
    ['r-1', 'ou-b'],
  ];
  expect(rows).toEqual([
    [a, 'account', null, auditor, 'external', 1, 0, 1],
    [a, 'unit', b, null, 'organization', 1, 1, 0],
    [b, 'unknown', null, 'unknown', null, 1, null, null],
  ]);
});

test('units have their names, where all of a path were read', async () => {
  const { rows } = await client.query({
    text: `SELECT DISTINCT owner_units, owner_unit_names FROM aws_encryption.unit_matrix ORDER BY owner_units`,
    rowMode: 'array',
  });
  expect(rows).toEqual([
    [['r-1', 'ou-a'], null],
    [
      ['r-1', 'ou-b'],
      ['Root', 'B'],
    ],
  ]);
});
