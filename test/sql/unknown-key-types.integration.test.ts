import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCoverage } from '../../src/report/coverage.ts';
import { html } from '../../src/report/html.ts';
import type { Panel, Source } from '../../src/report/panel.ts';
import { agePanel } from '../../src/report/panels/age.ts';
import { keyUsesPanel } from '../../src/report/panels/key-uses.ts';
import { withReader } from '../../src/report/reader.ts';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { queryOfCheck } from './query-of-check.ts';
import { arn, days, ids, key, principal, today } from './rows.ts';
import { answerWith, type Given } from './rows-added.ts';
import { type Cells, insert } from './tables.ts';

/** A key that DescribeKey was not answered for: the customer's or AWS's, nobody knows. */
const { compute, data } = ids;
const east = 'us-east-1';
const dark = (account: string, more: Cells = {}) =>
  key(account, east, 'dark', {
    key_type: null,
    key_type_reason: 'DescribeKey was not answered',
    key_state: null,
    monthly_fee_usd: null,
    errors: { 'kms:DescribeKey': { code: 'AccessDeniedException', message: 'no' } },
    ...more,
  });
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});
afterAll(() => client?.end());

const rowsOf = async (id: string, given: Given) => {
  const check = await queryOfCheck(id);
  return answerWith(client, given, `SELECT resource, status FROM (${check}) AS found`);
};

test('is told apart from customer managed keys on the page, and counted with none of them', async () => {
  const other = await cleanDatabase(server);
  const open = (panel: (source: Source) => Promise<Panel>) =>
    withReader(other, async (reader) => {
      const { lead, body } = await panel({ reader, coverage: await readCoverage(reader) });
      return { lead: html`${lead}`.markup, body: body.markup };
    });
  const before = [await open(agePanel), await open(keyUsesPanel)];
  await insert(other, 'aws_encryption_keys', dark(data), dark(compute));
  const after = [await open(agePanel), await open(keyUsesPanel)];
  await other.end();
  const more = '; <span class="unknown">2 more whose type is not known</span>.';
  expect(after).toEqual(before.map(({ lead, body }) => ({ lead: lead.replace(/\.$/, more), body })));
  expect(before.map(({ lead }) => lead).join()).not.toContain('whose type');
});

test('that nobody uses may cost nothing', async () => {
  const usage = { tracking_start_date: days(-200), last_used_at: days(-100) };
  const ofKey = { ...today, account_id: data, region: east, key_id: 'dark', ...usage };
  const given = (more: Cells): Given => ({ keys: [dark(data, more)], key_last_usage: [ofKey] });
  const on = arn(data, east, 'dark');
  expect(await rowsOf('unused-key', given({}))).toEqual([[on, 'unknown']]);
  expect(await rowsOf('unused-key', given({ key_type: 'customer_managed_aws_material' }))).toEqual([
    [on, 'violation'],
  ]);
});

test('that no user or role can change may be AWS’s own, whose policy nobody changes', async () => {
  const given = (more: Cells): Given => ({
    keys: [dark(data, more)],
    key_principals: [
      principal(data, east, 'dark', {
        access: ['read_metadata'],
        actions: ['kms:DescribeKey'],
        unconditional_actions: [],
      }),
    ],
  });
  const on = arn(data, east, 'dark');
  for (const id of ['key-nobody-can-use', 'key-nobody-can-administer']) {
    expect(await rowsOf(id, given({}))).toEqual([[on, 'unknown']]);
    expect(await rowsOf(id, given({ key_type: 'customer_managed_aws_material' }))).toEqual([
      [on, 'violation'],
    ]);
  }
  const [row] = await answerWith(
    client,
    given({}),
    `SELECT mended_by, why_not FROM aws_encryption.unusable_keys WHERE key_id = 'dark'`,
  );
  expect(row).toEqual(['unknown', 'its type is not known, and AWS may manage it']);
});

test('beside a single key makes no "all keys of the account"', async () => {
  const query = `SELECT decrypts_all, keys_decryptable, keys, keys_of_unknown_type FROM aws_encryption.decrypts_all_keys`;
  const given = (keys: readonly Cells[], ...ids: string[]): Given => ({
    keys,
    key_principals: ids.map((id) => principal(data, east, id)),
  });
  // `orders` is there.
  expect(await answerWith(client, given([dark(data)], 'dark'), query)).toEqual([['unknown', null, 1, 1]]);
  // Beside two, whoever cannot decrypt with it too may lack none.
  const two = [dark(data), key(data, east, 'k')];
  expect((await answerWith(client, given(two, 'k'), query))[0]).toEqual(['unknown', 2, 2, 1]);
  expect((await answerWith(client, given(two, 'k', 'dark'), query))[0]).toEqual(['yes', 2, 2, 1]);
});
