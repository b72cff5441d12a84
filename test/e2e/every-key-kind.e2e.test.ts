import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import type { SyncResult } from '../../lab/sync.ts';
import { demoAccountRows } from './expected/demo-accounts.ts';
import { aliasRows, keyStoreRows, rotationRows } from './expected/key-children.ts';
import { keyTypeRows } from './expected/key-types.ts';
import { judgementOf } from './expected/kinds.ts';
import { placesOf } from './expected/places.ts';
import { aliasesOf, rawKeyColumns } from './expected/raw-key.ts';
import { organizationOfEveryKind } from './organization-of-every-kind.ts';
import { own, type Row, sortedBy } from './rows.ts';
import { startWorld, type World } from './world.ts';

const organization = organizationOfEveryKind();
const readable = [demoAccounts.management, demoAccounts.data, demoAccounts.compute, demoAccounts.security];
const places = placesOf(organization, readable);

const expected = places.flatMap((place) =>
  [...place.content.keys].map((key) => {
    const kind = (aliasesOf(place, key)[0] as string).replace('alias/', '');
    return { kind, account: place.account.name, row: { ...rawKeyColumns(place, key), ...judgementOf(kind) } };
  }),
);

const tables = ['aws_encryption_key*', 'aws_encryption_custom_key_stores', 'aws_encryption_accounts'];

let world: World;
let result: SyncResult;
let keys: Row[];

beforeAll(async () => {
  world = await startWorld(organization, { keepRequests: true });
  result = await world.sync({
    tables: [...tables, 'aws_encryption_coverage'],
    spec: {
      org: { member_role_name: 'OrganizationAccountAccessRole' },
      known_accounts: { [demoAccounts.auditor]: 'auditor' },
      include_key_last_usage: true,
      include_key_metrics: true,
      include_iam: true,
      requests_per_second: { 'kms:GetKeyLastUsage': 1000 },
    },
  });
  keys = await world.rows('aws_encryption_keys');
});
afterAll(() => world.close());

const all = async (table: string) => (await world.rows(`aws_encryption_${table}`)).map(own);

test('the sync ends well, with the one account that it cannot enter counted as an error', () => {
  expect(result.code).toBe(0);
  // The one warning: there is no state backend.
  expect(result.summaries).toMatchObject([{ source_errors: 1, source_warnings: 1, destination_errors: 0 }]);
});

describe('aws_encryption_keys', () => {
  test('has every key that the organization holds, and no other', () => {
    const arns = (rows: readonly Row[]) => rows.map(({ arn }) => arn).sort();
    expect(arns(keys)).toEqual(arns(expected.map(({ row }) => row)));
  });

  test.each(expected)('says all of $kind in $account, $row.region', ({ row }) => {
    const found = keys.filter(({ arn }) => arn === row.arn);
    expect(found.map(own)).toEqual([row]);
  });

  test('gives every row an identity of its own, from one source, in generation 0', () => {
    expect(new Set(keys.map(({ _cq_id }) => _cq_id)).size).toBe(keys.length);
    for (const key of keys) {
      expect(key).toMatchObject({
        _cq_id: expect.any(String),
        _cq_parent_id: null,
        _cq_source_name: 'aws-encryption',
        sync_generation: 0,
      });
    }
  });
});

describe('what belongs to keys', () => {
  test.each([
    ['key_aliases', ['alias_arn'], places.flatMap<Row>(aliasRows)],
    ['key_rotations', ['arn', 'key_material_id'], places.flatMap<Row>(rotationRows)],
    ['custom_key_stores', ['custom_key_store_id'], places.flatMap<Row>(keyStoreRows)],
  ])('aws_encryption_%s is whole', async (table, order, rows) => {
    expect(rows.length).toBeGreaterThan(0);
    expect(sortedBy(order, await all(table))).toEqual(sortedBy(order, rows));
  });

  test('the last use of an ML-KEM key has an operation of its own', async () => {
    const used = await world.query(
      `select k.key_spec, u.last_operation from aws_encryption_key_last_usage u join aws_encryption_keys k
       using (account_id, region, key_id) where u.last_used_at is not null order by k.key_spec`,
    );
    expect(used).toEqual([
      { key_spec: 'ML_KEM_768', last_operation: 'Decapsulate' },
      { key_spec: 'SYMMETRIC_DEFAULT', last_operation: 'Decrypt' },
    ]);
  });

  test('requests on keys name their key as parent, and the last day', async () => {
    const counted = await world.query(
      `select m.operation, m.requests::integer, m.last_day_with_requests::date - m.window_start::date as day
       from aws_encryption_key_metrics m join aws_encryption_keys k
       on k._cq_id = m._cq_parent_id and k.arn = m.key_arn
       where m.account_id = '${demoAccounts.data}' order by m.requests desc`,
    );
    expect(counted).toEqual([
      { operation: 'Decrypt', requests: 1_680_000, day: 13 },
      { operation: 'GenerateDataKey', requests: 112_000, day: 13 },
      { operation: 'Decrypt', requests: 2_040, day: 4 },
    ]);
  });

  test('rotations name their key as parent', async () => {
    const orphans = await world.query(
      `select r.key_id from aws_encryption_key_rotations r left join aws_encryption_keys k
       using (account_id, region, key_id) where r._cq_parent_id is distinct from k._cq_id`,
    );
    expect(orphans).toEqual([]);
  });
});

test('aws_encryption_key_types is the table of the article', async () => {
  expect(sortedBy(['key_type'], await all('key_types'))).toEqual(sortedBy(['key_type'], keyTypeRows));
});

test('aws_encryption_accounts has every member, read or not', async () => {
  expect(sortedBy(['account_id'], await all('accounts'))).toEqual(sortedBy(['account_id'], demoAccountRows));
});

describe('aws_encryption_coverage', () => {
  const whole = {
    region: 'global',
    table_name: '*',
    rows: 0,
    partition: 'aws',
    last_complete_at: null,
    last_complete_generation: null,
    services_left_out: null,
  };
  const time = expect.stringMatching(/^2\d{3}-/);
  const times = { started_at: time, finished_at: time };

  test('says which accounts could not be entered, and which are left alone', async () => {
    const accounts = (await world.rows('aws_encryption_coverage', "table_name = '*'")).map(own);
    const skipped = {
      ...whole,
      ...times,
      status: 'skipped',
      failed_operations: null,
      requests: 0,
      throttles: 0,
    };
    expect(sortedBy(['account_id'], accounts)).toEqual([
      {
        ...whole,
        ...times,
        account_id: demoAccounts.legacy,
        account_name: 'legacy',
        status: 'failed',
        reason: 'assume_role_denied',
        message: expect.stringContaining('sts:AssumeRole failed with AccessDenied (account 444444444444'),
        failed_operations: { 'sts:AssumeRole': { AccessDenied: 1 } },
        // Calls are counted by region, and this account was never entered.
        requests: null,
        throttles: null,
      },
      {
        ...skipped,
        account_id: demoAccounts.suspended,
        account_name: 'suspended',
        reason: 'account_suspended',
        message: expect.stringContaining('suspended'),
      },
      {
        ...skipped,
        account_id: demoAccounts.closed,
        account_name: 'closed',
        reason: 'account_closed',
        message: expect.stringContaining('closed'),
      },
    ]);
  });

  test('is complete for every region that is enabled, with the number of rows and of requests', async () => {
    const ofRegions = "table_name = 'aws_encryption_keys' and region <> 'global'";
    const read = (await world.rows('aws_encryption_coverage', ofRegions)).map(own);
    const scopes = readable.flatMap((id) => {
      const account = organization.accounts.get(id);
      return [...(account?.enabledRegions ?? [])].map((region) => ({
        ...whole,
        ...times,
        account_id: id,
        account_name: account?.name,
        region,
        table_name: 'aws_encryption_keys',
        status: 'complete',
        reason: null,
        message: null,
        failed_operations: null,
        rows: account?.regions.get(region)?.keys.size ?? 0,
        requests: world.aws.requests.kept.filter(
          (request) =>
            /^(kms|ram|cloudwatch):/.test(request.operation) &&
            request.account === id &&
            request.region === region,
        ).length,
        throttles: 0,
      }));
    });
    expect(scopes).toHaveLength(9);
    expect(sortedBy(['account_id', 'region'], read)).toEqual(sortedBy(['account_id', 'region'], scopes));
  });
});

/** Columns that nothing fills where every key can be read, no bucket is, and no state is kept. */
const rightlyEmpty = [
  'aws_encryption_accounts.errors',
  'aws_encryption_keys.errors',
  'aws_encryption_keys.resources_count',
  'aws_encryption_coverage.last_complete_at',
  'aws_encryption_coverage.last_complete_generation',
  'aws_encryption_coverage.services_left_out',
];

test('no column is empty in every row', async () => {
  const columns = await world.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and column_name <> '_cq_parent_id'`,
  );
  const empty: string[] = [];
  for (const { table, column } of columns) {
    const filled = await world.query(`select 1 from ${table} where ${column} is not null limit 1`);
    if (filled.length === 0) empty.push(`${table}.${column}`);
  }
  expect(empty.filter((name) => !rightlyEmpty.includes(name))).toEqual([]);
});

describe('what is asked of AWS', () => {
  test('an AWS managed key is only described, and asked for its policy and grants', () => {
    const managed = new Set(
      expected.filter(({ row }) => row.key_manager === 'AWS').map(({ row }) => row.key_id),
    );
    const asked = world.aws.requests.kept.filter(({ resource }) => managed.has(resource ?? ''));
    expect(new Set(asked.map(({ operation }) => operation))).toEqual(
      new Set(['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants']),
    );
  });

  test('no key is described by an alias, which would create it', () => {
    expect(world.aws.createdKeys).toEqual([]);
  });
});
