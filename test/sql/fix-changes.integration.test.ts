import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readChecks } from '../../src/checks/check.ts';
import { formatSarif } from '../../src/checks/format/sarif.ts';
import { formatTable } from '../../src/checks/format/table.ts';
import { runChecks } from '../../src/checks/run.ts';
import { fixEntry } from '../../src/fix-column.ts';
import { readCoverage } from '../../src/report/coverage.ts';
import { doFirstPanel } from '../../src/report/panels/do-first.ts';
import { lockedPanel } from '../../src/report/panels/locked.ts';
import { withReader } from '../../src/report/reader.ts';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { arn, bucket, ids, key, resource, today } from './rows.ts';
import { insert } from './tables.ts';

/** What else changes by a fix: an organization in which each key is used by things that are named here. */
const { data, compute } = ids;
const east = 'us-east-1';
const off = arn(data, east, 'off');
const managed = arn(data, east, 'aws-s3');
const server = databases();
let client: Client;

const enabling = (on: string) =>
  fixOf({ kind: 'enable_key', on, command: 'aws kms enable-key', why: 'Off.' });
const fixOf = (step: object) =>
  JSON.stringify([
    {
      for: ['account 1'],
      parties: 1,
      purpose: 'unlock',
      steps: [{ statement: null, command: null, ...step }],
    },
  ]);
const under = (kms_key_arn: string) => ({ sse_algorithm: 'aws:kms', key_reference: 'arn', kms_key_arn });
const locked = (name: string, kms_key_arn: string, fix: string, more = {}) =>
  bucket(data, name, {
    ...under(kms_key_arn),
    key_type: 'customer_managed_aws_material',
    cross_account_read: 'blocked_by_key_state',
    read_verdicts: ['blocked_by_key_state'],
    blocked_account_ids: [compute],
    fix,
    ...more,
  });
const copies = (bucket_arn: string, kms_key_arn: string | null) => ({
  replication: JSON.stringify([
    { status: 'Enabled', bucket_arn, kms_key: kms_key_arn, kms_key_arn },
    { status: 'Disabled', bucket_arn: 'arn:aws:s3:::never', kms_key: null, kms_key_arn: null },
  ]),
});
const grant = (key_id: string, used: string) => ({
  ...today,
  account_id: data,
  region: east,
  key_id,
  arn: arn(data, east, key_id),
  grant_id: `g-${key_id}`,
  operations: ['Decrypt'],
  grantee_principal: `arn:aws:iam::${compute}:role/app`,
  constraints: { EncryptionContextSubset: { 'aws:s3:arn': used } },
});

beforeAll(async () => {
  client = await cleanDatabase(server);
  const store = { custom_key_store_id: 'cks-1', key_state: 'Unavailable' };
  await insert(
    client,
    'aws_encryption_keys',
    key(data, east, 'off', { key_state: 'Disabled' }),
    key(data, east, 'stored', store),
    key(data, east, 'beside', store),
    key(data, east, 'crowded', { key_state: 'Disabled' }),
    key(data, east, 'aws-s3', { key_type: 'aws_managed', aliases: ['alias/aws/s3'] }),
  );
  await insert(
    client,
    'aws_encryption_s3_buckets',
    locked('asleep', off, enabling(off)),
    bucket(data, 'other', under(off)),
    bucket(data, 'feeder', copies('arn:aws:s3:::managed', off)),
    locked('of-store', arn(data, east, 'stored'), enabling(arn(data, east, 'stored'))),
    bucket(data, 'of-the-same-store', under(arn(data, east, 'beside'))),
    locked('crowd', arn(data, east, 'crowded'), enabling(arn(data, east, 'crowded'))),
    ...Array.from({ length: 13 }, (_, i) => bucket(data, `crowd-${i}`, under(arn(data, east, 'crowded')))),
    locked(
      'managed',
      managed,
      fixOf({
        kind: 'replace_key',
        on: `account ${data}`,
        statement: { Version: '1' },
        why: 'AWS manages it.',
      }),
      {
        key_type: 'aws_managed',
        cross_account_read: 'blocked_by_aws_managed_key',
        read_verdicts: ['blocked_by_aws_managed_key'],
        ...copies('arn:aws:s3:::archive', null),
      },
    ),
    bucket(data, 'neighbour', under(managed)),
    locked('unread', arn(compute, east, 'theirs'), enabling(arn(compute, east, 'theirs'))),
  );
  await insert(client, 'aws_encryption_resources', resource(compute, 'jobs', { kms_key_arn: off }));
  await insert(
    client,
    'aws_encryption_key_grants',
    grant('off', 'arn:aws:s3:::other'),
    grant('aws-s3', 'arn:aws:s3:::managed'),
  );
});
afterAll(() => client?.end());

const never = /^and what no sync reads: objects under keys of their own/;

async function report() {
  const checks = (await readChecks()).filter(({ id }) => id === 'shared-but-locked-bucket');
  return runChecks(client, checks, { maxAge: 86_400 });
}

/** What the check says that changes by the fix of a bucket. */
async function alsoOf(name: string): Promise<readonly string[]> {
  const { results } = await report();
  const finding = results
    .flatMap(({ findings }) => findings)
    .find((each) => each.resource?.endsWith(`:${name}`));
  const entries = Array.isArray(finding?.fix) ? finding.fix : [];
  return entries.flatMap((entry) => fixEntry(entry)?.steps.flatMap(({ also }) => also) ?? []);
}

describe('enabling a key', () => {
  test('lists all that is under it, but what it is enabled for', async () => {
    const lines = await alsoOf('asleep');
    expect(lines.slice(0, -1).toSorted()).toEqual([
      `bucket arn:aws:s3:::other of account ${data}`,
      `copies that bucket arn:aws:s3:::feeder of account ${data} replicates`,
      `grants for arn:aws:s3:::other of account ${compute}`,
      `queue arn:aws:sqs:us-east-1:${compute}:jobs of account ${compute}`,
    ]);
    expect(lines.at(-1)).toMatch(never);
  });

  test('of a key store lists what is under its other keys', async () => {
    expect(await alsoOf('of-store')).toEqual([
      `bucket arn:aws:s3:::of-the-same-store of account ${data}`,
      expect.stringMatching(never),
    ]);
  });

  test('that much is under names ten, and says how many more', async () => {
    const lines = await alsoOf('crowd');
    expect(lines).toHaveLength(12);
    expect(lines[10]).toBe('and 3 more: the view key_uses and the verb uses have all');
  });

  test('that was not read itself says that not all was seen', async () => {
    expect(await alsoOf('unread')).toEqual([
      'nothing else that was read',
      expect.stringMatching(/^and whatever was not read: (.*; )?the key itself; and what no sync reads: /),
    ]);
  });
});

test('a new key lists what is not on it, and what stays under the old one', async () => {
  expect(await alsoOf('managed')).toEqual([
    `not on the new key: grants for arn:aws:s3:::managed of account ${compute}`,
    'replication to arn:aws:s3:::archive: its role needs kms:Decrypt on the new key',
    `replication from arn:aws:s3:::feeder: its rule goes on to write under ${off}`,
    `stays under the old key: bucket arn:aws:s3:::neighbour of account ${data}`,
    expect.stringMatching(never),
  ]);
});

test('is printed, in SARIF, and on the page', async () => {
  const found = await report();
  const line = `bucket arn:aws:s3:::other of account ${data}`;
  expect(formatTable(found, 'low', { columns: null, colored: false })).toContain(`also: ${line}`);
  const results: { message: { markdown?: string }; properties?: { fix?: unknown } }[] = JSON.parse(
    formatSarif(found, 'low'),
  ).runs[0].results;
  expect(
    results.some(({ message }) => message.markdown?.includes(`Also:\n- `) && message.markdown.includes(line)),
  ).toBe(true);
  expect(JSON.stringify(results.map(({ properties }) => properties))).toContain(line);
  const pages = await withReader(client, async (reader) => {
    const source = { reader, coverage: await readCoverage(reader) };
    return [await lockedPanel(source), await doFirstPanel(source)];
  });
  for (const { body } of pages) {
    expect(body.markup).toContain('What else changes:');
    expect(body.markup).toContain(`<li>${line}</li>`);
  }
});

test('where the views are missing it is not known, and the finding stands', async () => {
  await client.query('BEGIN');
  await client.query('DROP VIEW aws_encryption.key_uses CASCADE');
  await client.query('COMMIT');
  expect(await alsoOf('asleep')).toEqual([expect.stringMatching(/^not known what: the views key_uses/)]);
});
