import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CommandResult } from '../../lab/sync.ts';
import { management, member, smallOrganization } from './small-organization.ts';
import { startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld(smallOrganization());
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  world.aws.faults.clear();
  world.aws.requests.clear();
});

const tableNames = [
  'aws_encryption_accounts',
  'aws_encryption_coverage',
  'aws_encryption_custom_key_stores',
  'aws_encryption_key_aliases',
  'aws_encryption_key_rotations',
  'aws_encryption_key_types',
  'aws_encryption_keys',
];

/** The sentence with which the CLI ended. */
const ending = ({ log }: CommandResult): unknown => log.findLast(({ level }) => level === 'error')?.error;

test('tables: writes what every table and column is for, and asks AWS nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-tables-'));
  const { code } = await world.run('tables', { args: ['--format=json', `--output-dir=${folder}`] });
  const text = await readFile(join(folder, 'aws-encryption/__tables.json'), 'utf8');
  await rm(folder, { recursive: true });

  const tables: { name: string; description: string; columns: { name: string }[] }[] = JSON.parse(text);
  expect(code).toBe(0);
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(tableNames));
  for (const table of tables) {
    expect(table.description, table.name).not.toBe('');
    expect(table.columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['_cq_id', '_cq_parent_id', 'sync_generation']),
    );
  }
  expect(world.aws.requests.count()).toBe(0);
});

test('migrate: makes the tables, empty, and asks AWS nothing', async () => {
  const { code } = await world.run('migrate');
  expect(code).toBe(0);
  expect(await world.tables()).toEqual(expect.arrayContaining(tableNames));
  expect(await world.rows('aws_encryption_key_types')).toEqual([]);
  expect(world.aws.requests.count()).toBe(0);
});

test('validate-config: accepts a good spec', async () => {
  expect(await world.run('validate-config')).toMatchObject({ code: 0 });
});

test('validate-config: refuses a key that does not exist', async () => {
  const result = await world.run('validate-config', { spec: { region: ['us-east-1'] } });
  expect(result.code).toBe(1);
  expect(ending(result)).toContain("additionalProperties 'region' not allowed");
});

test('test-connection: succeeds where a sync could begin', async () => {
  const result = await world.run('test-connection');
  expect(result.code).toBe(0);
  expect(world.aws.requests.count({ operation: 'organizations:ListAccounts' })).toBe(1);
});

test('test-connection: fails with our own code and sentence', async () => {
  world.aws.faults.add({ operation: 'organizations:ListAccounts', effect: { kind: 'deny' } });
  const result = await world.run('test-connection');
  expect(result.code).toBe(1);
  const completed = result.log.find(({ message }) => message === 'Test connection completed');
  expect(completed?.testresults).toMatchObject([
    {
      plugin_kind: 'source',
      success: false,
      failure_code: 'ACCESS_DENIED',
      failure_description: expect.stringContaining(
        `organizations:ListAccounts failed with AccessDeniedException (account ${management}, us-east-1)`,
      ),
    },
    { plugin_kind: 'destination', success: true },
  ]);
});

test('sync: a table that needs nothing of AWS asks nothing of it', async () => {
  const result = await world.sync({ tables: ['aws_encryption_key_types'] });
  expect(result.code).toBe(0);
  expect(await world.tables()).toEqual(['aws_encryption_key_types']);
  expect(world.aws.requests.count()).toBe(0);
});

test('sync: only the calls that a selected table needs are made', async () => {
  await world.sync({ tables: ['aws_encryption_key_aliases'] });
  const kms = Object.keys(world.aws.requests.byOperation()).filter((name) => name.startsWith('kms:'));
  expect(kms).toEqual(['kms:ListAliases']);
  const aliases = await world.rows('aws_encryption_key_aliases');
  expect(aliases.map(({ account_id, alias_name }) => [account_id, alias_name]).sort()).toEqual([
    [management, 'alias/billing'],
    [member, 'alias/customers'],
    [member, 'alias/orders'],
  ]);
});
