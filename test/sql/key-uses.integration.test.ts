import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { east, insertKeyUses, keyArn, west } from './key-uses.ts';
import { ids } from './rows.ts';
import { createTables } from './tables.ts';

const { data, compute, auditor } = ids;
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await connect((await server.create()).connectionString);
  await createTables(client);
  await applyViews(client);
  await insertKeyUses(client);
});
afterAll(() => client?.end());

const rowsOf = async (text: string, ...values: unknown[]) =>
  (await client.query({ text, values, rowMode: 'array' })).rows;

test('every kind of edge has a row with what becomes of it by each cause', async () => {
  const of = (service: string, type: string) => `arn:aws:${service}:${east}:${compute}:${type}`;
  expect(
    await rowsOf(
      `SELECT use_kind, used_by_account_id, service, resource_type, used_by_arn,
         breaks_when_disabled, breaks_when_deleted, breaks_when_grant_revoked, recoverable_days
       FROM aws_encryption.key_uses WHERE key_arn = $1
       ORDER BY use_kind, service, resource_type, used_by_arn`,
      keyArn('hub'),
    ),
  ).toEqual([
    [
      'alias',
      data,
      'kms',
      'alias',
      `arn:aws:kms:${east}:${data}:alias/hub`,
      'at_once',
      'at_once',
      'not_known',
      null,
    ],
    ['bucket', data, 's3', 'bucket', 'arn:aws:s3:::default', 'at_once', 'at_once', 'not_known', null],
    [
      'default',
      compute,
      'ebs',
      'encryption_by_default',
      of('ebs', 'encryption_by_default'),
      'new_data_only',
      'new_data_only',
      'not_known',
      null,
    ],
    ['further_key', compute, 'ec2', 'image', of('ec2', 'image'), 'at_once', 'at_once', 'not_known', null],
    // Named by services, read or not.
    [
      'grant',
      compute,
      'braket',
      'grant',
      `arn:aws:braket:${east}:${compute}:job/1`,
      'not_known',
      'not_known',
      'not_known',
      null,
    ],
    ['grant', compute, 'ebs', 'grant', 'aws:ebs:id=vol-1', 'not_known', 'not_known', 'not_known', null],
    [
      'grant',
      compute,
      'logs',
      'grant',
      `arn:aws:logs:${east}:${compute}:log-group:g`,
      'not_known',
      'not_known',
      'not_known',
      null,
    ],
    ['grant', data, null, 'grant', null, 'not_known', 'not_known', 'not_known', null],
    ['ram', auditor, 'ram', 'consumer', null, 'not_known', 'not_known', 'not_known', null],
    ['replication', compute, 's3', 'bucket', 'arn:aws:s3:::source', 'at_once', 'at_once', 'not_known', null],
    [
      'resource',
      compute,
      'ebs',
      'volume',
      of('ebs', 'volume'),
      'at_next_attach',
      'at_next_attach',
      'not_known',
      null,
    ],
    [
      'resource',
      compute,
      'elasticache',
      'replication_group',
      of('elasticache', 'replication_group'),
      'until_it_fails',
      'until_it_fails',
      'until_it_fails',
      null,
    ],
    [
      'resource',
      compute,
      'rds',
      'instance',
      of('rds', 'instance'),
      'within_hours',
      'within_hours',
      'within_hours',
      7,
    ],
    ['resource', compute, 'sns', 'topic', of('sns', 'topic'), 'not_known', 'not_known', 'not_known', null],
    [
      'second_key',
      compute,
      'ebs',
      'snapshot',
      of('ebs', 'snapshot'),
      'at_once',
      'at_once',
      'not_known',
      null,
    ],
  ]);
});

test('what only names or carries a key is told apart from what needs it', async () => {
  expect(
    await rowsOf(
      `SELECT key_id, use_kind, resource_type, used_by_arn FROM aws_encryption.key_uses
       WHERE NOT needs_key AND use_kind <> 'alias' AND key_region = $1 ORDER BY key_id`,
      east,
    ),
  ).toEqual([
    ['imported', 'imported_material', 'imported_material', null],
    ['lone', 'multi_region', 'multi_region_key', keyArn('lone', west)],
    ['stored', 'key_store', 'custom_key_store', 'cks-1'],
    ['twin', 'multi_region', 'multi_region_key', keyArn('twin', west)],
    ['unseen', 'multi_region', 'multi_region_key', keyArn('unseen', 'ap-east-1')],
  ]);
});

test('ciphertext survives with a related key only where that is enabled, and an unread one is not known', async () => {
  expect(
    await rowsOf(
      `SELECT key_id, recoverable_by_replica FROM aws_encryption.key_uses
       WHERE service = 'sqs' ORDER BY key_id`,
    ),
  ).toEqual([
    ['lone', false],
    ['off', null],
    ['twin', true],
    ['unseen', null],
  ]);
});

test('the radius of every key: how much, in whose accounts, when it breaks, and how sure that is', async () => {
  expect(
    await rowsOf(
      `SELECT key_id, region, confidence, uses, accounts, break_at_once, break_later, break_not_known, recoverable_days
       FROM aws_encryption.key_blast_radius ORDER BY key_id, region`,
    ),
  ).toEqual([
    // What AWS owns is there because something uses it; how much does, other tables say.
    ['aws-owned/sqs', east, 'in_use', null, 0, 0, 0, 0, null],
    // Keys that nobody read are as far known as what names them.
    ['elsewhere', east, 'in_use', 2, 1, 2, 0, 0, null],
    ['for-leaver', east, 'in_use', 1, 1, 0, 0, 1, null],
    ['going', east, 'in_use', 1, 1, 1, 0, 0, null],
    ['hub', east, 'in_use', 14, 3, 4, 4, 6, 7],
    ['idle', east, 'none_found_in_what_was_read', 0, 0, 0, 0, 0, null],
    ['imported', east, 'none_found_in_what_was_read', 0, 0, 0, 0, 0, null],
    ['lone', west, 'none_found_in_what_was_read', 0, 0, 0, 0, 0, null],
    ['lone', east, 'in_use', 1, 1, 0, 1, 0, null],
    ['off', east, 'in_use', 1, 1, 0, 1, 0, null],
    ['stored', east, 'none_found_in_what_was_read', 0, 0, 0, 0, 0, null],
    ['theirs', east, 'in_use', 1, 1, 0, 0, 1, null],
    ['twin', west, 'none_found_in_what_was_read', 0, 0, 0, 0, 0, null],
    ['twin', east, 'in_use', 1, 1, 0, 1, 0, null],
    ['unread-grants', east, 'not_all_read', 0, 0, 0, 0, 0, null],
    ['unseen', east, 'in_use', 1, 1, 0, 1, 0, null],
  ]);
});

test('numbers by kind and account, the last use, and what nobody reads', async () => {
  const [hub] = await rowsOf(
    `SELECT uses_by_kind, uses_by_account, last_used_at IS NOT NULL, not_seen, cardinality(never_read) > 3
     FROM aws_encryption.key_blast_radius WHERE key_id = 'hub'`,
  );
  expect(hub).toEqual([
    {
      alias: 1,
      bucket: 1,
      default: 1,
      further_key: 1,
      grant: 4,
      ram: 1,
      replication: 1,
      resource: 4,
      second_key: 1,
    },
    { [data]: 2, [compute]: 11, [auditor]: 1 },
    true,
    [],
    true,
  ]);
});

test.each([
  [
    `UPDATE aws_encryption_coverage SET status = 'partial' WHERE table_name = 'aws_encryption_resources' AND account_id = '${compute}'`,
    'readings of buckets, resources or whole accounts and regions that are not complete: 1',
  ],
  [
    `UPDATE aws_encryption_coverage SET services_left_out = '{sns}' WHERE table_name = 'aws_encryption_resources'`,
    'services that resource_services leaves out: sns',
  ],
  [
    "UPDATE aws_encryption_resources SET kms_key_arn = NULL, key_type = NULL WHERE service = 'sns'",
    'buckets and resources under a key that is not known: 1',
  ],
  [
    "UPDATE aws_encryption_s3_buckets SET replication = NULL WHERE name = 'source'",
    'buckets whose copies are under keys that are not known: 1',
  ],
  [
    `UPDATE aws_encryption_s3_buckets SET replication = '[{"kms_key": "alias/a", "kms_key_arn": null}]' WHERE name = 'source'`,
    'buckets whose copies are under keys that are not known: 1',
  ],
  [
    "DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_s3_buckets'",
    'buckets or resources, of which no sync has covered both',
  ],
  [
    "UPDATE aws_encryption_coverage SET status = 'skipped' WHERE table_name = 'aws_encryption_key_grants'",
    'grants of the key',
  ],
])('nothing was found, but not everything was read: %s', async (change, notSeen) => {
  await client.query('BEGIN');
  await client.query(change);
  const [idle] = await rowsOf(
    "SELECT confidence, not_seen FROM aws_encryption.key_blast_radius WHERE key_id = 'idle'",
  );
  await client.query('ROLLBACK');
  expect(idle).toEqual(['not_all_read', expect.arrayContaining([notSeen])]);
});
