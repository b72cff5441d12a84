import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { queryOfCheck } from './query-of-check.ts';
import { ids, resource } from './rows.ts';
import { answerWith } from './rows-added.ts';
import type { Cells } from './tables.ts';

const { data, compute } = ids;
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});
afterAll(() => client?.end());

/** What check and view say of one resource that lets in another account: the same. */
async function found(more: Cells): Promise<readonly unknown[]> {
  const resources = [
    resource(data, 'shared', { key_type: 'aws_managed', shared_account_ids: [compute], ...more }),
  ];
  const check = await queryOfCheck('aws-managed-key-on-shared-resource');
  const ofCheck = await answerWith(client, { resources }, `SELECT status FROM (${check}) AS found`);
  const ofView = await answerWith(
    client,
    { resources },
    `SELECT CASE answer WHEN 'yes' THEN 'violation' ELSE answer END FROM aws_encryption.aws_managed_keys_on_shared_resources`,
  );
  expect(ofView).toEqual(ofCheck);
  return ofCheck.flat();
}

const operations = (...uses: readonly string[]) =>
  JSON.stringify([{ operation: 'copy', parties: uses.map((use) => ({ party: compute, use })) }]);

test.each<[what: string, more: Cells, found: readonly string[]]>([
  ['locked by it', { cross_account_use: 'blocked_by_aws_managed_key' }, ['violation']],
  [
    'of which nobody knows whether',
    { cross_account_use: 'unknown', key_type: null, key_reference: null },
    ['unknown'],
  ],
  ['open to who needs no key', { cross_account_use: 'possible' }, []],
  ['under no key of KMS', { cross_account_use: 'no_kms_barrier', key_type: 'aws_owned' }, []],
  ['whose service has the permission', { key_checked_against: 'service', cross_account_use: 'possible' }, []],
  [
    'whose service has it, but for an operation of the callers',
    {
      key_checked_against: 'service',
      cross_account_use: 'partly_blocked',
      operations: operations('possible', 'blocked_by_aws_managed_key'),
    },
    ['violation'],
  ],
  [
    'whose service has it, but for reading',
    {
      key_checked_against: 'service',
      cross_account_use: 'partly_blocked',
      cross_account_read: 'blocked_by_aws_managed_key',
    },
    ['violation'],
  ],
  [
    'whose service has it for all',
    { key_checked_against: 'service', cross_account_use: 'possible', operations: operations('possible') },
    [],
  ],
])('a shared resource under an AWS managed key, %s', async (_, more, expected) => {
  expect(await found(more)).toEqual(expected);
});
