import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { access, account, bucket, days, ids, key, reading } from './rows.ts';
import { type Cells, createTables, insert } from './tables.ts';

/*
 * With `deletion: generation` rows of what is gone stay in the tables, and coverage says which generations are
 * current: that must hold in a sync that could not read the place again, too.
 */

const { data, compute, legacy } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

/** The sync of a generation: the first was three days ago, the third yesterday. */
const sync = (generation: number): Cells => ({
  _cq_sync_time: days(generation - 4),
  _cq_source_name: 'aws-encryption',
  sync_generation: generation,
});
const read = (accountId: string, table: string, generation: number, more: Cells = {}) =>
  reading(accountId, table.startsWith('s3') ? 'global' : east, table, {
    ...sync(generation),
    last_complete_generation: generation,
    ...more,
  });
const failed = (accountId: string, table: string, last: number | null) =>
  read(accountId, table, 3, {
    status: 'failed',
    reason: 'access_denied',
    last_complete_at: last === null ? null : days(last - 4),
    last_complete_generation: last,
  });
const owned = (service: string, generation: number): Cells =>
  key(data, east, `aws-owned/${service}`, { ...sync(generation), enumerated_by: 'resource' });

beforeAll(async () => {
  client = await connect((await server.create()).connectionString);
  await createTables(client);
  await applyViews(client);
  const denied = { ...sync(3), errors: { 'kms:GetKeyPolicy': { code: 'AccessDeniedException' } } };
  await insert(client, 'aws_encryption_accounts', account('data'), account('compute'), account('legacy'));
  await insert(
    client,
    'aws_encryption_coverage',
    // Listed by the second sync, and not by the third.
    failed(data, 'keys', 2),
    failed(data, 'resources', 2),
    failed(data, 's3_buckets', 2),
    failed(data, 'key_access', 2),
    // Never listed completely.
    failed(compute, 'keys', null),
    // Listed until it left.
    read(legacy, 'keys', 2),
    reading(legacy, 'global', '*', {
      ...sync(3),
      status: 'skipped',
      reason: 'account_left',
      last_complete_generation: 3,
    }),
  );
  await insert(
    client,
    'aws_encryption_keys',
    key(data, east, 'gone', sync(1)),
    key(data, east, 'there', sync(2)),
    key(data, east, 'half-read', denied),
    key(data, east, 'found-without-state', { ...sync(2), sync_generation: 0 }),
    owned('s3', 1),
    key(compute, east, 'old', sync(1)),
    key(legacy, east, 'left', sync(2)),
  );
  const half = (generation: number) =>
    access(data, east, 'half-read', { ...sync(generation), source_id: `${generation}` });
  await insert(client, 'aws_encryption_key_access', half(1), half(2));
  await insert(
    client,
    'aws_encryption_s3_buckets',
    bucket(data, 'gone', sync(1)),
    bucket(data, 'there', sync(2)),
  );
  const resource = (generation: number) => ({
    ...sync(generation),
    account_id: data,
    region: east,
    service: 'sqs',
    resource_type: 'queue',
    arn: `arn:aws:sqs:${east}:${data}:of-${generation}`,
  });
  await insert(client, 'aws_encryption_resources', resource(1), resource(2));
  const store = (id: string, generation: number) => ({
    ...sync(generation),
    account_id: data,
    region: east,
    custom_key_store_id: id,
    name: id,
    connection_state: 'DISCONNECTED',
  });
  await insert(client, 'aws_encryption_custom_key_stores', store('gone', 1), store('there', 2));
  await insert(client, 'aws_encryption_coverage', failed(data, 'custom_key_stores', 2));
});
afterAll(() => client?.end());

async function column(query: string): Promise<unknown[]> {
  const { rows } = await client.query({ text: query, rowMode: 'array' });
  return rows.flat();
}

test('keys that a complete listing did not find stay out, though the last one failed', async () => {
  expect(await column('select key_id from aws_encryption.current_keys order by 1')).toEqual([
    // Nothing says that it is gone: the resources that would tell were not read.
    'aws-owned/s3',
    // Of a sync without a state: its generation says nothing.
    'found-without-state',
    'half-read',
    'old',
    'there',
  ]);
  const ages = await column(
    `select distinct freshness from aws_encryption.current_keys where key_id <> 'half-read'`,
  );
  expect(ages).toEqual(['kept']);
});

test('an AWS owned key is gone when all resources were read, keys were wanted, and none uses it', async () => {
  const ownedKeys = () =>
    column(`select key_id from aws_encryption.current_keys where key_id like 'aws-owned%'`);
  const again = (table: string) =>
    client.query(
      `update aws_encryption_coverage set status = 'complete', reason = null, last_complete_generation = 3
       where account_id = $1 and table_name = $2`,
      [data, `aws_encryption_${table}`],
    );
  await client.query('begin');
  await client.query(
    `update aws_encryption_coverage set _cq_sync_time = $1 where table_name = 'aws_encryption_keys'`,
    [days(-2)],
  );
  await again('s3_buckets');
  expect(await ownedKeys()).toEqual(['aws-owned/s3']);
  await client.query('rollback');
  await client.query('begin');
  await again('s3_buckets');
  expect(await ownedKeys()).toEqual([]);
  await client.query('rollback');
});

test('buckets, resources and key stores the same', async () => {
  expect(await column('select name from aws_encryption.current_buckets')).toEqual(['there']);
  expect(await column('select arn from aws_encryption.current_resources')).toEqual([
    `arn:aws:sqs:${east}:${data}:of-2`,
  ]);
});

test('of a policy that cannot be read again, what the last complete reading found', async () => {
  expect(await column('select source_id from aws_encryption.current_access')).toEqual(['2']);
});

test('an account that has left is no gap, and has no rows', async () => {
  expect(
    await column(`select key_id from aws_encryption.current_keys where account_id = '${legacy}'`),
  ).toEqual([]);
  expect(await column(`select 1 from aws_encryption.not_seen where account_id = '${legacy}'`)).toEqual([]);
});

test('back again, it is shown', async () => {
  await client.query('begin');
  await client.query(
    `update aws_encryption_keys set _cq_sync_time = $1, sync_generation = 4 where key_id = 'left'`,
    [days(0)],
  );
  const shown = await column(`select key_id from aws_encryption.current_keys where account_id = '${legacy}'`);
  await client.query('rollback');
  expect(shown).toEqual(['left']);
});
