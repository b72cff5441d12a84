import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { readChecks } from '../../src/checks/check.ts';
import { readKnowledge } from '../../src/checks/knowledge.ts';
import { runChecks } from '../../src/checks/run.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { account, days, ids, key, reading } from './rows.ts';
import { type Cells, createTables, insert } from './tables.ts';

/* Rows of services that the last reading left out by choice: older than it, and not gone. */

const { data } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

const before = { _cq_sync_time: days(-2), _cq_source_name: 'aws-encryption', sync_generation: 1 };
const since = { _cq_sync_time: days(-1), _cq_source_name: 'aws-encryption', sync_generation: 2 };
const line = (table: string, more: Cells = {}) =>
  reading(data, east, table, { ...since, last_complete_generation: 2, ...more });
const resource = (service: string): Cells => ({
  ...before,
  account_id: data,
  region: east,
  service,
  resource_type: 'thing',
  arn: `arn:aws:${service}:${east}:${data}:thing`,
});
const owned = (service: string) =>
  key(data, east, `aws-owned/${service}`, { ...before, enumerated_by: 'resource' });

beforeAll(async () => {
  client = await connect((await server.create()).connectionString);
  await createTables(client);
  await applyViews(client);
  await insert(client, 'aws_encryption_accounts', account('data'));
  await insert(client, 'aws_encryption_coverage', line('resources', { services_left_out: ['sns'] }));
  await insert(client, 'aws_encryption_coverage', line('keys'));
  await insert(client, 'aws_encryption_resources', resource('sqs'), resource('sns'));
  await insert(client, 'aws_encryption_keys', owned('sqs'), owned('sns'));
});
afterAll(() => client?.end());

const rowsOf = async (query: string) => (await client.query({ text: query, rowMode: 'array' })).rows;

test('the views show them as kept', async () => {
  const resources = 'SELECT service, freshness FROM aws_encryption.current_resources';
  expect(await rowsOf(resources)).toEqual([['sns', 'kept']]);
  const keys = 'SELECT key_id, freshness FROM aws_encryption.current_keys';
  expect(await rowsOf(keys)).toEqual([['aws-owned/sns', 'kept']]);
});

test('a key pending deletion may be used by what nobody looked for', async () => {
  await client.query('BEGIN');
  await client.query('DELETE FROM aws_encryption_resources');
  const gone = { ...since, key_state: 'PendingDeletion', deletion_date: days(10) };
  await insert(client, 'aws_encryption_keys', key(data, east, 'going', gone));
  await insert(
    client,
    'aws_encryption_coverage',
    line('s3_buckets', { region: 'global' }),
    line('key_grants'),
  );
  const uses = 'SELECT use FROM aws_encryption.pending_deletion_uses';
  const left = await rowsOf(uses);
  await client.query('UPDATE aws_encryption_coverage SET services_left_out = NULL');
  const all = await rowsOf(uses);
  await client.query('ROLLBACK');
  expect([left, all]).toEqual([[['unknown']], [['none_found']]]);
});

test('what is not known because nobody asked is one line of a check and no finding; what could not be read is one', async () => {
  const lost = (state: string) =>
    key(data, east, state, { ...since, key_state: state, deletion_date: days(10) });
  const ids = ['key-pending-deletion-in-use', 'key-disabled-in-use', 'customer-key-without-use'];
  const trails = ['trail-without-key', 'trail-key-keeps-cloudtrail-out'];
  const checks = (await readChecks()).filter(({ id }) => [...ids, ...trails].includes(id));
  const { connectionString } = await server.create();
  const own = await connect(connectionString);
  await createTables(own);
  await applyViews(own);
  const answers = async () =>
    (await runChecks(own, checks, { maxAge: 30 * 24 * 3600 })).results
      .map(({ check, findings, notAsked }) => [check.id, findings.length, notAsked.map(({ count }) => count)])
      .toSorted();
  await insert(own, 'aws_encryption_accounts', account('data'));
  await insert(own, 'aws_encryption_keys', lost('PendingDeletion'), lost('Disabled'), lost('Enabled'));
  await insert(
    own,
    'aws_encryption_coverage',
    line('resources', { services_left_out: ['cloudtrail', 'sns'] }),
    line('keys'),
    line('s3_buckets', { region: 'global' }),
    line('key_grants', { status: 'skipped', reason: 'not_selected' }),
  );
  expect(await answers()).toEqual([
    // The disabled and the enabled one cost money.
    ['customer-key-without-use', 0, [2]],
    ['key-disabled-in-use', 0, [1]],
    ['key-pending-deletion-in-use', 0, [1]],
    ['trail-key-keeps-cloudtrail-out', 0, [1]],
    ['trail-without-key', 0, [1]],
  ]);
  await own.query(
    `UPDATE aws_encryption_coverage SET status = 'failed', reason = 'access_denied' WHERE table_name = 'aws_encryption_key_grants'`,
  );
  expect((await answers()).slice(0, 3)).toEqual([
    ['customer-key-without-use', 1, []],
    ['key-disabled-in-use', 1, []],
    ['key-pending-deletion-in-use', 1, []],
  ]);
  await own.end();
});

test('a check says that it does not look at them', async () => {
  const { exceptions, gaps } = await readKnowledge(client, 30 * 24 * 60 * 60);
  expect(exceptions).toEqual(['resources of sns are left out: resource_services']);
  expect(gaps.filter(({ table }) => table === 'aws_encryption_resources')).toEqual([]);
});

test('what is about such a service alone says that nobody looked, and is not clean', async () => {
  const leaveOut = (services: string) =>
    client.query(
      `UPDATE aws_encryption_coverage SET services_left_out = $1 WHERE services_left_out IS NOT NULL`,
      [services],
    );
  await leaveOut('{ebs,elasticache}');
  const checks = (await readChecks()).filter(({ services }) => services.length > 0);
  const { results } = await runChecks(client, checks, { maxAge: 30 * 24 * 60 * 60 });
  await leaveOut('{sns}');
  const said = results.map(({ check, notAsked }) => [check.id, notAsked.map(({ message }) => message)]);
  const ofEbs = [
    "resources of ebs were not asked for: resource_services in the source's spec leaves them out",
  ];
  expect(said).toEqual([
    ['ebs-encryption-by-default-off', ofEbs],
    ['unencrypted-database', []],
    ['unencrypted-file-system', []],
    ['unencrypted-snapshot', ofEbs],
    ['unencrypted-volume', ofEbs],
  ]);
});

test('the statement for a state that is lost leaves them', async () => {
  const docs = await readFile(join(checkout, 'docs/reliability.md'), 'utf8');
  const statement = /```sql\n(.*?)```/s.exec(docs)?.[1] ?? '';
  await insert(client, 'aws_encryption_coverage', line('foreign_keys', { services_left_out: ['sns'] }));
  await insert(client, 'aws_encryption_foreign_keys', {
    ...before,
    account_id: data,
    region: east,
    arn: `arn:aws:kms:${east}:999988887777:key/named`,
  });
  await client.query('BEGIN');
  await client.query(statement);
  expect(await rowsOf('SELECT service FROM aws_encryption_resources')).toEqual([['sns']]);
  expect(await rowsOf('SELECT count(*)::integer FROM aws_encryption_foreign_keys')).toEqual([[1]]);
  await client.query('ROLLBACK');
});
