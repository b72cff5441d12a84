import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { connect, databases } from './database.ts';
import { ids, reading, yesterday } from './rows.ts';
import { type Cells, createTables, insert } from './tables.ts';

/* What the statement in docs/reliability.md takes for gone, where a table has coverage at `global` and in regions. */

const { data } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;
let statement: string;

beforeAll(async () => {
  client = await connect((await server.create()).connectionString);
  await createTables(client);
  const docs = await readFile(join(checkout, 'docs/reliability.md'), 'utf8');
  statement = /```sql\n(.*?)```/s.exec(docs)?.[1] ?? '';
});
afterAll(() => client?.end());

const table = 'aws_encryption_resource_policies';
const policyOf = (service: string, resource_arn: string): Cells => ({
  ...yesterday,
  account_id: data,
  region: east,
  resource_arn,
  policy_name: 'policy',
  service,
});
const line = (region: string, isListed: boolean) =>
  reading(data, region, 'resource_policies', isListed ? {} : { status: 'failed', last_complete_at: null });

const points = 'aws_encryption_s3_access_points';
const point = (kind: string): Cells => ({
  ...yesterday,
  account_id: data,
  region: east,
  name: kind,
  bucket: 'lake',
  kind,
});
const pointsLine = (region: string, isListed: boolean) => ({
  ...line(region, isListed),
  table_name: points,
});

test.each<[what: string, isListed: { global: boolean; region: boolean }, left: readonly string[]]>([
  ['both listings', { global: true, region: true }, []],
  ['that of multi-Region ones alone', { global: true, region: false }, ['access_point']],
  ['that of the region alone', { global: false, region: true }, ['multi_region_access_point']],
])('access points that are gone by %s', async (_what, isListed, left) => {
  await client.query('BEGIN');
  await insert(client, 'aws_encryption_coverage', pointsLine('global', isListed.global));
  await insert(client, 'aws_encryption_coverage', pointsLine(east, isListed.region));
  await insert(client, points, point('access_point'), point('multi_region_access_point'));
  await client.query(statement);
  const { rows } = await client.query(`SELECT kind FROM ${points} ORDER BY kind`);
  await client.query('ROLLBACK');
  expect(rows.map(({ kind }) => kind)).toEqual(left);
});

test.each<[what: string, isListed: { global: boolean; region: boolean }, left: readonly string[]]>([
  ['both listings', { global: true, region: true }, []],
  ['that of buckets alone', { global: true, region: false }, ['arn:queue']],
  ['that of the region alone', { global: false, region: true }, ['arn:bucket']],
  ['neither', { global: false, region: false }, ['arn:bucket', 'arn:queue']],
])('policies that are gone by %s', async (_what, isListed, left) => {
  await client.query('BEGIN');
  await insert(client, 'aws_encryption_coverage', line('global', isListed.global));
  await insert(client, 'aws_encryption_coverage', line(east, isListed.region));
  await insert(client, table, policyOf('s3', 'arn:bucket'), policyOf('sqs', 'arn:queue'));
  await client.query(statement);
  const { rows } = await client.query(`SELECT resource_arn FROM ${table} ORDER BY resource_arn`);
  await client.query('ROLLBACK');
  expect(rows.map(({ resource_arn }) => resource_arn)).toEqual(left);
});
