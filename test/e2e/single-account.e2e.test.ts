import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { article } from '../../lab/aws/organizations/article.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { readChecks } from '../../src/checks/check.ts';
import { runChecks } from '../../src/checks/run.ts';
import { reportPage } from '../../src/report/report.ts';
import { applyViews } from '../../src/views/apply.ts';
import { startWorld, type World } from './world.ts';

const { data, compute } = demoAccounts;

let world: World;
let client: Client;

/** Neither `org` nor `accounts`: nobody lists the organization, so whether another account is in it is not known. */
beforeAll(async () => {
  world = await startWorld(article());
  const result = await world.sync({ spec: { regions: ['us-east-1'] }, env: credentialsEnvironment(data) });
  expect(result.code).toBe(0);
  client = new Client({ connectionString: world.connectionString });
  await client.connect();
  await applyViews(client);
});
afterAll(async () => {
  await client?.end();
  await world?.close();
});

const rows = async <T>(sql: string): Promise<T[]> => (await client.query(sql)).rows;

/** Keys that let in an account of which nobody knows whether it is a member. */
const keysOfOthers = () =>
  rows<{ arn: string }>(
    `SELECT arn FROM aws_encryption.current_keys
     WHERE sharing = 'other_account' AND shared_outside_organization IS NULL AND sharing_complete ORDER BY arn`,
  );

test('the tables and views call it membership that is not known: neither outside nor none', async () => {
  expect((await keysOfOthers()).length).toBeGreaterThan(0);
  expect(
    await rows(`SELECT DISTINCT trust FROM aws_encryption.account_matrix WHERE user_id = '${compute}'`),
  ).toEqual([{ trust: 'other_account' }]);
  expect(await rows(`SELECT DISTINCT grantee_status FROM aws_encryption.outside_grants`)).toEqual([
    { grantee_status: 'unknown' },
  ]);
  const usable = `SELECT arn FROM aws_encryption.usable_outside_organization WHERE usable = 'unknown' AND sharing = 'other_account'`;
  expect(await rows(`${usable} ORDER BY arn`)).toEqual(await keysOfOthers());
});

test('the checks find no violation in it, and nothing clean', async () => {
  const ids = ['key-usable-outside-organization', 'grant-to-outside-account'];
  const checks = (await readChecks()).filter(({ id }) => ids.includes(id));
  const { results } = await runChecks(client, checks, { maxAge: 86_400 });
  for (const { findings } of results) {
    const ofOthers = findings.filter(({ message }) => message.includes('membership not known'));
    expect(ofOthers.length).toBeGreaterThan(0);
    expect(new Set(ofOthers.map(({ status }) => status))).toEqual(new Set(['unknown']));
  }
});

test('the page says the same in each of its places', async () => {
  const markup = await reportPage(client, '/nowhere/posture.html');
  const text = (id: string) =>
    new RegExp(`<section[^>]* id="${id}".*?</section>`, 's').exec(markup)?.[0] ?? '';
  const keys = await keysOfOthers();
  expect(text('outside')).not.toContain('No key was seen that lets anyone outside use it');
  expect(text('outside')).toContain(`${keys.length} ${keys.length === 1 ? 'key lets' : 'keys let'} in`);
  expect(text('outside')).toContain('membership not known');
  expect(text('matrix')).toContain('1 of them with accounts of membership not known');
  expect(markup).toMatch(new RegExp(`data-number="outside".*?\\+ ${keys.length} unknown`, 's'));
  expect(/<p class="verdict">.*?<\/p>/.exec(markup)?.[0]).toContain('not all is known');
});
