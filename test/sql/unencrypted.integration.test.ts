import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChecks } from '../../src/checks/check.ts';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
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

const checkIds = [
  'unencrypted-volume',
  'unencrypted-snapshot',
  'unencrypted-database',
  'unencrypted-file-system',
  'ebs-encryption-by-default-off',
];

/** What the checks say of resources that are there beside those that nothing is wrong with. */
async function found(...resources: readonly Cells[]) {
  const checks = (await readChecks()).filter(({ id }) => checkIds.includes(id));
  const lines = await Promise.all(
    checks
      .toSorted((a, b) => checkIds.indexOf(a.id) - checkIds.indexOf(b.id))
      .map(({ id, sql }) => `SELECT '${id}', status, message FROM (${sql.replace(/;\s*$/, '')}) AS of_one`),
  );
  return answerWith(client, { resources }, lines.join(' UNION ALL '));
}

const named = (service: string, resource_type: string, encryption_state: string | null, more: Cells = {}) =>
  resource(data, `${service} ${resource_type}`, {
    service,
    resource_type,
    arn: `${service} ${resource_type}`,
    encryption_state,
    ...more,
  });

test.each([
  ['unencrypted-volume', 'ebs', 'volume'],
  ['unencrypted-snapshot', 'ebs', 'snapshot'],
  ['unencrypted-snapshot', 'rds', 'snapshot'],
  ['unencrypted-snapshot', 'rds', 'cluster_snapshot'],
  ['unencrypted-snapshot', 'rds', 'neptune_cluster_snapshot'],
  ['unencrypted-snapshot', 'redshift', 'snapshot'],
  ['unencrypted-snapshot', 'redshift-serverless', 'namespace_snapshot'],
  ['unencrypted-database', 'rds', 'instance'],
  ['unencrypted-database', 'rds', 'cluster'],
  ['unencrypted-database', 'rds', 'docdb_cluster'],
  ['unencrypted-database', 'rds', 'neptune_instance'],
  ['unencrypted-database', 'redshift', 'cluster'],
  ['unencrypted-database', 'elasticache', 'replication_group'],
  ['unencrypted-database', 'es', 'domain'],
  ['unencrypted-file-system', 'elasticfilesystem', 'file_system'],
])('%s: of %s a %s', async (check, service, type) => {
  expect(await found(named(service, type, 'none'))).toEqual([
    [check, 'violation', `${service} ${type} is not encrypted`],
  ]);
  const unknown = [check, 'unknown', `it is not known whether ${service} ${type} is encrypted`];
  expect(await found(named(service, type, null))).toEqual([unknown]);
  expect(await found(named(service, type, 'unknown'))).toEqual([unknown]);
  for (const state of ['kms', 'aws_owned', 'aws_owned_or_managed']) {
    expect(await found(named(service, type, state))).toEqual([]);
  }
});

test('the default of new volumes, in each account and region', async () => {
  const ofDefault = (state: string | null, accountId: string, region: string) =>
    named('ebs', 'encryption_by_default', state, { account_id: accountId, region });
  const rows = await found(
    ofDefault('kms', data, 'us-east-1'),
    ofDefault('none', data, 'eu-west-1'),
    ofDefault(null, compute, 'us-east-1'),
  );
  expect(rows).toEqual([
    [
      'ebs-encryption-by-default-off',
      'violation',
      `new EBS volumes of account ${data} in eu-west-1 are not encrypted by default`,
    ],
    [
      'ebs-encryption-by-default-off',
      'unknown',
      `it is not known whether new EBS volumes of account ${compute} in us-east-1 are encrypted by default`,
    ],
  ]);
});

test('that a snapshot is shared, too, is said', async () => {
  const [[, , message] = []] = await found(
    named('ebs', 'snapshot', 'none', { shared_account_ids: [compute] }),
  );
  expect(message).toBe('ebs snapshot is not encrypted, and it is shared');
});

test('other resources without encryption are another matter', async () => {
  expect(await found(named('sqs', 'queue', 'none'), named('kinesis', 'stream', 'none'))).toEqual([]);
});
