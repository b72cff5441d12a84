import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChecks } from '../../src/checks/check.ts';
import { runChecks } from '../../src/checks/run.ts';
import { readCoverage } from '../../src/report/coverage.ts';
import { readNumbers } from '../../src/report/numbers.ts';
import { lockedPanel } from '../../src/report/panels/locked.ts';
import { withReader } from '../../src/report/reader.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { insertKnownAnswers } from './known-answers.ts';
import { bucket, ids, insertClean, resource } from './rows.ts';
import { createTables, insert } from './tables.ts';

const { data, compute, auditor } = ids;
const server = databases();
let client: Client;
let known: Client;

/** Whom each lets in, and what of it is the key's doing. */
const buckets = [
  bucket(data, 'by-key', { ...reads('blocked_by_key_policy'), blocked_account_ids: [compute] }),
  bucket(data, 'by-block', { ...reads('blocked_by_public_access_block'), blocked_anyone: true }),
  bucket(data, 'by-iam', { ...reads('blocked_by_iam'), blocked_account_ids: [compute] }),
  bucket(data, 'by-policy', { ...reads('blocked_by_organization_policy'), blocked_account_ids: [compute] }),
  // The verdict over all names the block, and the key locks an account all the same.
  bucket(data, 'by-both', {
    ...reads('blocked_by_public_access_block', 'blocked_by_key_policy'),
    blocked_account_ids: [compute],
    blocked_anyone: true,
  }),
  bucket(data, 'some-by-iam', {
    cross_account_read: 'partly_blocked',
    read_verdicts: ['blocked_by_iam', 'possible'],
    blocked_account_ids: [auditor],
  }),
  // The key may lock whoever else is let in.
  bucket(data, 'some-by-block', {
    cross_account_read: 'partly_blocked',
    read_verdicts: ['blocked_by_public_access_block', 'unknown'],
    blocked_anyone: true,
  }),
  bucket(data, 'of-an-older-version', {
    cross_account_read: 'partly_blocked',
    blocked_account_ids: [compute],
  }),
  bucket(data, 'website', {
    read_verdicts: ['blocked_by_aws_managed_key'],
    blocked_services: ['cloudfront.amazonaws.com'],
    key_type: 'aws_managed',
  }),
  bucket(data, 'logs', {
    write_verdicts: ['blocked_by_key_policy'],
    write_blocked_services: ['delivery.logs.amazonaws.com'],
  }),
  bucket(data, 'reads-and-writes', {
    ...reads('blocked_by_key_state'),
    blocked_account_ids: [compute],
    cross_account_write: 'blocked_by_key_state',
    write_verdicts: ['blocked_by_key_state'],
  }),
  bucket(data, 'open', reads('possible')),
];

function reads(...verdicts: string[]) {
  return {
    cross_account_read: verdicts[0],
    read_verdicts: verdicts,
    key_type: 'customer_managed_aws_material',
  };
}

const queue = (name: string) => `arn:aws:sqs:us-east-1:${data}:${name}`;

async function insertLocked(to: Client): Promise<void> {
  await insertClean(to);
  await insert(to, 'aws_encryption_s3_buckets', ...buckets);
  await insert(
    to,
    'aws_encryption_resources',
    resource(data, 'of-a-topic', {
      use_verdicts: ['blocked_by_key_policy'],
      blocked_services: ['sns.amazonaws.com'],
    }),
    resource(data, 'managed', {
      key_type: 'aws_managed',
      cross_account_use: 'blocked_by_aws_managed_key',
      use_verdicts: ['blocked_by_aws_managed_key'],
      blocked_account_ids: [compute],
    }),
    resource(data, 'iam', {
      cross_account_use: 'blocked_by_iam',
      use_verdicts: ['blocked_by_iam'],
      blocked_account_ids: [compute],
    }),
  );
}

async function filled(fill: (client: Client) => Promise<void>): Promise<Client> {
  const to = await connect((await server.create()).connectionString);
  await createTables(to);
  await applyViews(to);
  await fill(to);
  return to;
}

beforeAll(async () => {
  client = await filled(insertLocked);
  known = await filled(insertKnownAnswers);
});
afterAll(async () => {
  await client?.end();
  await known?.end();
});

test('each view says whether the key locks, and what else does', async () => {
  const { rows } = await client.query({
    text: `
      SELECT bucket, by_key, locked_by FROM aws_encryption.locked_buckets
      UNION ALL SELECT 'write ' || bucket, by_key, locked_by FROM aws_encryption.write_locked_buckets
      UNION ALL SELECT arn, by_key, locked_by FROM aws_encryption.locked_resources`,
    rowMode: 'array',
  });
  expect(new Map(rows.map(([name, ...answer]) => [name, answer]))).toEqual(
    new Map<string, unknown>([
      ['by-key', ['yes', ['blocked_by_key_policy']]],
      ['by-block', ['no', ['blocked_by_public_access_block']]],
      ['by-iam', ['no', ['blocked_by_iam']]],
      ['by-policy', ['no', ['blocked_by_organization_policy']]],
      ['by-both', ['yes', ['blocked_by_public_access_block', 'blocked_by_key_policy']]],
      ['some-by-iam', ['no', ['blocked_by_iam']]],
      ['some-by-block', ['unknown', ['blocked_by_public_access_block']]],
      ['of-an-older-version', ['unknown', []]],
      ['website', ['yes', ['blocked_by_aws_managed_key']]],
      ['reads-and-writes', ['yes', ['blocked_by_key_state']]],
      ['write logs', ['yes', ['blocked_by_key_policy']]],
      ['write reads-and-writes', ['yes', ['blocked_by_key_state']]],
      [queue('of-a-topic'), ['yes', ['blocked_by_key_policy']]],
      [queue('managed'), ['yes', ['blocked_by_aws_managed_key']]],
      [queue('iam'), ['no', ['blocked_by_iam']]],
    ]),
  );
});

const ofTheKey = ['shared-but-locked-bucket', 'writers-locked-out-of-bucket', 'shared-but-locked-resource'];

/** Resources in findings of checks, each once. */
async function found(of: Client, checks: readonly string[], status: string): Promise<string[]> {
  const chosen = (await readChecks()).filter(({ id }) => checks.includes(id));
  const { results } = await runChecks(of, chosen, { maxAge: 86_400 });
  const findings = results.flatMap((result) => result.findings);
  return [
    ...new Set(findings.filter((row) => row.status === status).map((row) => row.resource ?? '')),
  ].sort();
}

const shown = (of: Client) =>
  withReader(of, async (reader) => {
    const coverage = await readCoverage(reader);
    const numbers = await readNumbers(reader, coverage);
    return {
      number: numbers.find(({ id }) => id === 'locked'),
      panel: await lockedPanel({ reader, coverage }),
    };
  });

test.each([
  ['rows of every cause', () => client],
  ['the known answers', () => known],
])('the page counts what the checks find: %s', async (_name, of) => {
  const proven = await found(of(), ofTheKey, 'violation');
  const { number } = await shown(of());
  expect(number?.members.map(({ arn }) => arn).sort()).toEqual(proven);
  expect(number?.value).toBe(proven.length);
  const open = await found(of(), ofTheKey, 'unknown');
  expect(number?.unknown).toBe(open.filter((arn) => !proven.includes(arn)).length);
});

test('services that are locked out are on the page and in a check', async () => {
  expect(await found(client, ofTheKey, 'violation')).toEqual([
    'arn:aws:s3:::by-both',
    'arn:aws:s3:::by-key',
    'arn:aws:s3:::logs',
    'arn:aws:s3:::reads-and-writes',
    'arn:aws:s3:::website',
    queue('managed'),
    queue('of-a-topic'),
  ]);
  const { panel } = await shown(client);
  for (const service of ['cloudfront', 'delivery.logs', 'sns'])
    expect(panel.body.markup).toContain(`${service}.amazonaws.com`);
});

test('what something else locks is told apart, on the page and in a check of its own', async () => {
  expect(await found(client, ['shared-but-locked-otherwise'], 'violation')).toEqual([
    'arn:aws:s3:::by-iam',
    'arn:aws:s3:::by-policy',
    'arn:aws:s3:::some-by-iam',
    queue('iam'),
  ]);
  const { panel } = await shown(client);
  expect(String(panel.lead)).toContain(
    '7 resources let somebody in whom the key locks out (4 buckets for reading, 2 buckets for writing and 2 other resources)',
  );
  expect(String(panel.lead)).toContain('2 more unknown');
  expect(panel.body.markup).toContain(
    'Not by their key, and not counted: 5 more, 1 by a public access block, 3 by IAM of the other account and 1 by an organization policy.',
  );
});
