import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { organizationSync } from '../../lab/organization-sync.ts';
import type { Postgres } from '../../lab/postgres/database.ts';
import { sync } from '../../lab/sync.ts';
import { readChecks } from '../../src/checks/check.ts';
import { runChecks } from '../../src/checks/run.ts';
import { verdictOf } from '../../src/checks/verdict.ts';
import { type Applied, applyViews } from '../../src/views/apply.ts';
import { emptyDatabase } from '../empty-database.ts';

let aws: Simulator;
let postgres: Postgres;
let client: Client;
let applied: Applied;

/** The views stand on the tables of a first sync while a second one migrates and writes them. */
beforeAll(async () => {
  aws = await startSimulator(demo());
  postgres = await emptyDatabase();
  const env = credentialsEnvironment(demoAccounts.management);
  const usual = organizationSync({ url: aws.url, env }, postgres.connectionString);
  expect(await sync(usual)).toMatchObject({ code: 0 });
  client = new Client({ connectionString: postgres.connectionString });
  await client.connect();
  applied = await applyViews(client);
  expect(await sync(usual)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await client?.end();
  await postgres?.stop();
  await aws?.close();
});

const rows = async (sql: string): Promise<unknown[][]> =>
  (await client.query({ text: sql, rowMode: 'array' })).rows;

test('the tables of a sync have all that the views ask for, before and after the next sync', async () => {
  expect(applied.leftOut).toEqual([]);
  expect(await applyViews(client)).toEqual(applied);
});

test('all rows are those of the last sync, but for the accounts that nobody could read', async () => {
  expect(await rows('SELECT account_id, rows FROM aws_encryption.stale_rows')).toEqual([]);
  const notSeen = `SELECT account_id, status FROM aws_encryption.not_seen WHERE table_name = '*' AND region = 'global' ORDER BY 1`;
  expect(await rows(notSeen)).toEqual([
    [demoAccounts.legacy, 'failed'],
    [demoAccounts.suspended, 'skipped'],
    [demoAccounts.closed, 'skipped'],
  ]);
});

test('the article’s scenario: the bucket under aws/s3 is locked, that under a shared key is not', async () => {
  const locked = await rows(
    `SELECT bucket, state FROM aws_encryption.locked_buckets WHERE key_type = 'aws_managed'`,
  );
  expect(locked).toContainEqual(['data-lake-aws-managed-key', 'locked']);
  expect(
    await rows(`SELECT 1 FROM aws_encryption.locked_buckets WHERE bucket = 'data-lake-customer-key'`),
  ).toEqual([]);
});

test('who uses whose keys: compute by policy, the vendor by a grant', async () => {
  const users = await rows(
    `SELECT user_id, trust, keys_conditional > 0 FROM aws_encryption.account_matrix
     WHERE owner_account_id = '${demoAccounts.data}' AND user_kind = 'account' AND trust <> 'same_account' ORDER BY 1`,
  );
  expect(users).toContainEqual([demoAccounts.compute, 'organization', false]);
  expect(users).toContainEqual([demoAccounts.vendor, 'external', true]);
});

test('what an RCP or an SCP alone closes, by the policy', async () => {
  const closed = await rows(
    `SELECT name, policies FROM aws_encryption.protected_by_organization_policies ORDER BY policies, name`,
  );
  const rcp = ['RCP keys-for-the-organization (p-demoperim1)'];
  const scp = ['SCP batch-works-in-us-east-1 (p-demoregion)'];
  expect(closed).toEqual([
    ['alias/data-lake', rcp],
    ['alias/exchange', rcp],
    ['alias/partner-exchange', rcp],
    ['data-lake-stopped-by-rcp', rcp],
    ['alias/data-lake-europe', scp],
    ['data-lake-stopped-by-scp', scp],
  ]);
});

test('the checks find what is wrong, and know that the account out of reach was not seen', async () => {
  const report = await runChecks(client, await readChecks(), { maxAge: 3_600 });
  expect(verdictOf(report, 'medium')).toBe('violations');
  const byId = new Map(report.results.map((result) => [result.check.id, result]));
  const resources = (id: string) => byId.get(id)?.findings.map(({ resource }) => resource);
  expect(resources('aws-managed-key-on-shared-bucket')).toContain('arn:aws:s3:::data-lake-aws-managed-key');
  expect(byId.get('rotation-off')?.gaps.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      new RegExp(`^account ${demoAccounts.legacy} \\(legacy\\), failed: sts:AssumeRole failed`),
    ),
  ]);
});
