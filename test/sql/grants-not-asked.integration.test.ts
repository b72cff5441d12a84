import type { Client } from 'pg';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readChecks } from '../../src/checks/check.ts';
import { runChecks } from '../../src/checks/run.ts';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { access, ids, key } from './rows.ts';
import { type Cells, insert } from './tables.ts';

/* Keys of a sync with `include_grants: false`: what grants let in is not known, and nobody asked. */

const { data, auditor } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

const notAsked = { sharing: 'unknown', sharing_complete: false, shared_outside_organization: null };
const gaps = (...sharing_gaps: readonly string[]) => ({ ...notAsked, sharing_gaps });
const byGrants = 'grants_not_asked';

beforeEach(async () => {
  client = await cleanDatabase(server);
  onTestFinished(() => client.end());
  await client.query(
    `UPDATE aws_encryption_coverage SET status = 'skipped', reason = 'not_selected' WHERE table_name = 'aws_encryption_key_grants'`,
  );
  await client.query(
    `UPDATE aws_encryption_coverage SET status = 'partial', reason = 'not_selected'
     WHERE table_name IN ('aws_encryption_key_access', 'aws_encryption_key_principals')`,
  );
  await client.query(
    `UPDATE aws_encryption_keys SET sharing = 'unknown', sharing_complete = false, shared_outside_organization = NULL,
      sharing_gaps = '{grants_not_asked}'`,
  );
});

const keys = (...rows: readonly (readonly [string, Cells])[]) =>
  insert(client, 'aws_encryption_keys', ...rows.map(([id, more]) => key(data, east, id, more)));

/** Violations, findings that are not known, each by its key, and how many nobody asked about, in lines. */
async function answers(...asked: readonly string[]) {
  const checks = (await readChecks()).filter(({ id }) => asked.includes(id));
  const { results } = await runChecks(client, checks, { maxAge: 30 * 24 * 3600 });
  const told = results.map(({ check, findings, notAsked: lines }) => [
    check.id,
    findings.map(({ status, resource }) => `${status} ${resource?.split('/').at(-1)}`),
    lines.map(({ count }) => count),
  ]);
  return Object.fromEntries(told.map(([id, ...rest]) => [id, rest]));
}

const aboutGrants = ['grant-to-outside-account', 'gone-principal-on-key', 'grant-beyond-policy'];

test('grants that nobody asked for are a line and no finding; what was not read or understood is a finding', async () => {
  await keys(
    ['alone', gaps(byGrants)],
    ['unread', { ...gaps(byGrants, 'key_policy_unread'), unread_policies: ['default'] }],
    ['odd', gaps(byGrants, 'key_policy_not_understood')],
    ['denied', gaps('grants_unread')],
    ['of an older version', notAsked],
  );
  const findings = ['denied', 'odd', 'of an older version', 'unread'].map((id) => `unknown ${id}`);
  expect(await answers(...aboutGrants, 'key-usable-outside-organization')).toEqual(
    Object.fromEntries(
      [...aboutGrants, 'key-usable-outside-organization'].map((id) => [id, [findings, [2]]]),
    ),
  );
});

test('no grant makes a key public: whether it is, its policy alone tells', async () => {
  await keys(
    ['open', { ...gaps(byGrants), sharing: 'public', shared_outside_organization: true }],
    ['unread', gaps(byGrants, 'key_policy_unread')],
    ['denied', gaps('grants_unread')],
    ['of an older version', notAsked],
  );
  expect(await answers('key-public')).toEqual({
    'key-public': [['violation open', 'unknown of an older version', 'unknown unread'], []],
  });
});

test('what the policy lets outsiders do, or may, is told all the same', async () => {
  const outside = { sharing: 'external', shared_outside_organization: true, shared_account_ids: [auditor] };
  await keys(
    ['used', { ...gaps(byGrants), ...outside, shared_access: ['use'] }],
    ['looked at', { ...gaps(byGrants), ...outside, shared_access: ['read_metadata'] }],
    ['membership', { ...gaps(byGrants), sharing: 'other_account', shared_account_ids: [auditor] }],
    ['rows missing', { ...gaps(byGrants), ...outside, shared_access: ['use'] }],
    ['organization', { ...gaps(byGrants), sharing: 'organization', shared_access: ['use'] }],
  );
  await insert(
    client,
    'aws_encryption_key_access',
    access(data, east, 'used', { principal: auditor, principal_account_id: auditor, trust: 'external' }),
  );
  expect(await answers('key-usable-outside-organization')).toEqual({
    'key-usable-outside-organization': [
      ['violation used', 'unknown membership', 'unknown rows missing'],
      [3],
    ],
  });
});

test('who can really use a key is told by the same rule', async () => {
  await keys(['alone', gaps(byGrants)], ['odd', gaps(byGrants, 'key_policy_not_understood')]);
  expect(await answers('outside-principal-can-use-key', 'principal-can-escalate-on-key')).toEqual({
    'outside-principal-can-use-key': [['unknown odd'], [2]],
    'principal-can-escalate-on-key': [['unknown odd'], [2]],
  });
});

test('that a table is read in part, as the spec says, is one line for all places', async () => {
  const checks = (await readChecks()).filter(({ id }) => id === 'grant-beyond-policy');
  await insert(
    client,
    'aws_encryption_coverage',
    ...(
      await client.query(
        `SELECT * FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_key_access'`,
      )
    ).rows.map((row: Cells) => ({ ...row, region: 'eu-west-1' })),
  );
  const { results } = await runChecks(client, checks, { maxAge: 30 * 24 * 3600 });
  expect(results.map((result) => result.gaps.map(({ message }) => message))).toEqual([
    [
      "aws_encryption_key_access is read in part, as the source's spec says, in 2 places (account and region)",
    ],
  ]);
});
