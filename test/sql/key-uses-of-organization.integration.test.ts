import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { edgesOf } from './edges-of-organization.ts';
import {
  east,
  organizationOfUses,
  partnersKey,
  usePartnersKey,
  users,
  west,
} from './organization-of-uses.ts';
import { syncInto } from './synced-rows.ts';
import { createTables } from './tables.ts';

/*
 * What hangs on the keys of an organization that a whole sync read: from the answers of AWS to the views, of all services.
 */

const { compute } = users;
const { organization, keys } = organizationOfUses();
const spec = {
  org: { member_role_name: 'OrganizationAccountAccessRole' },
  regions: [east, west],
  resource_services: ['*'],
};
const server = databases();
let aws: Simulator;
let empty: string;
let whole: Client;
const clients: Client[] = [];

beforeAll(async () => {
  aws = await startSimulator(organization);
  const { name, connectionString } = await server.create();
  const client = await connect(connectionString);
  await createTables(client);
  await applyViews(client);
  await client.end();
  empty = name;
  whole = await synced();
});
afterEach(() => aws.faults.clear());
afterAll(async () => {
  for (const client of clients) await client.end();
  await aws?.close();
});

/** A database of its own with what a sync now reads. */
async function synced(): Promise<Client> {
  const client = await connect((await server.create(empty)).connectionString);
  clients.push(client);
  await syncInto(client, aws, spec);
  return client;
}

const names = new Map(Object.entries(keys).map(([name, arn]) => [arn, name]));

/** Lines of values with the keys by their names; null is `-`. */
async function linesOf(client: Client, columns: string, rest: string): Promise<string[]> {
  const text = `SELECT ${columns} ${rest}`;
  const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
  return rows.map(([key, ...values]) =>
    [names.get(key as string) ?? key, ...values].map((value) => value ?? '-').join(' '),
  );
}

const edge = 'key_arn, use_kind, used_by_account_id, service, resource_type, used_by_arn';
const fate = `breaks_when_disabled, breaks_when_deleted, breaks_when_grant_revoked, recoverable_days,
  recoverable_days_when_deleted`;
const usesOf = async (client: Client, where = 'true') =>
  (await linesOf(client, `${edge}, ${fate}`, `FROM aws_encryption.key_uses WHERE ${where}`)).sort();
const radiusOf = (client: Client, where: string) =>
  linesOf(client, 'arn, confidence, uses, accounts', `FROM aws_encryption.key_blast_radius WHERE ${where}`);

const expected = edgesOf(keys);

test.each(Object.entries(expected))('%s', async (kind, lines) => {
  expect(await usesOf(whole, `use_kind = '${kind}'`)).toEqual([...lines].sort());
});

test('there is no other edge', async () => {
  expect(await usesOf(whole)).toEqual(Object.values(expected).flat().sort());
});

test('every word for what becomes of it is among them', async () => {
  const words = await whole.query(
    `SELECT array_agg(DISTINCT breaks_when_disabled ORDER BY breaks_when_disabled) AS of_uses,
       (SELECT array_agg(DISTINCT breaks ORDER BY breaks) FROM aws_encryption.key_loss) AS of_all
     FROM aws_encryption.key_uses`,
  );
  expect(words.rows[0].of_uses).toEqual(words.rows[0].of_all);
});

test('ciphertext of a multi-Region key survives with its related key', async () => {
  const text = "FROM aws_encryption.key_uses WHERE service = 'sqs' OR use_kind = 'bucket'";
  expect((await linesOf(whole, 'key_arn, recoverable_by_replica', text)).sort()).toEqual([
    'hub -',
    'twin true',
  ]);
});

test('the radius of each key, where all was read', async () => {
  expect((await radiusOf(whole, 'arn IS NOT NULL')).sort()).toEqual([
    'hub in_use 16 3',
    'idle none_found_in_what_was_read 0 0',
    'imported none_found_in_what_was_read 0 0',
    'own in_use 4 1',
    'stored none_found_in_what_was_read 0 0',
    'twin in_use 1 1',
    'twin-west none_found_in_what_was_read 0 0',
  ]);
});

test('a listing that is denied leaves no key without use, and takes nothing from those in use but what it lists', async () => {
  const operation = 'ec2:DescribeVolumes';
  aws.faults.add({ operation, account: compute, region: east, effect: { kind: 'deny' } });
  const client = await synced();
  const unread = 'readings of buckets, resources or whole accounts and regions that are not complete: 1';
  const radius = await linesOf(
    client,
    `arn, confidence, uses, array_to_string(not_seen, ', ')`,
    `FROM aws_encryption.key_blast_radius WHERE arn IN ('${keys.hub}', '${keys.idle}') ORDER BY uses`,
  );
  expect(radius).toEqual([`idle not_all_read 0 ${unread}`, `hub in_use 15 ${unread}`]);
  const left = Object.values(expected).flat();
  expect(await usesOf(client)).toEqual(left.filter((line) => !line.includes(' ebs volume ')).sort());
});

// Last, since the bucket stays.
test('a key of an account that cannot be read is known by what names it', async () => {
  usePartnersKey(organization);
  const client = await synced();
  expect(await usesOf(client, `key_account_id = '${users.partner}'`)).toEqual([
    `${partnersKey} bucket ${compute} s3 bucket arn:aws:s3:::under-partners at_once at_once not_known - 0`,
  ]);
  expect(await radiusOf(client, `account_id = '${users.partner}'`)).toEqual([`${partnersKey} in_use 1 1`]);
});
