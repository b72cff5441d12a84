import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { account, days, ids, key, principal, reading, yesterday } from './rows.ts';
import { answerWith, type Given } from './rows-added.ts';
import { type Cells, insert } from './tables.ts';

/** Which rows about users and roles are current, and of which keys everybody was seen. */
const { data, compute, auditor, organization } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
  await insert(client, 'aws_encryption_coverage', reading(compute, east, 'keys'));
});

const answer = (given: Given, query: string, ...before: readonly string[]) =>
  answerWith(client, given, query, ...before);

const of = (keyId: string, more: Cells = {}) => principal(data, east, keyId, more);
const onlyPartial = `UPDATE aws_encryption_coverage SET status = 'partial', message = 'IAM of ${compute} was not read'
  WHERE table_name = 'aws_encryption_key_principals'`;
const neverRead = `DELETE FROM aws_encryption_coverage WHERE account_id = '${compute}'`;
const notRead = 'aws_encryption_key_principals is partial here: IAM of 333333333333 was not read';
const inOther = { sharing: 'organization', shared_account_ids: [compute], shared_access: ['use'] };
const outside = {
  sharing: 'external',
  shared_account_ids: [auditor],
  shared_outside_organization: true,
  shared_access: ['use'],
};
const letsIn = 'the key lets in accounts whose IAM is not read';

describe('which rows are current', () => {
  const current = `SELECT principal_arn, freshness FROM aws_encryption.current_principals WHERE key_id = 'k' ORDER BY 1`;
  const given: Given = {
    keys: [key(data, east, 'k')],
    key_principals: [
      of('k', { principal_arn: 'now' }),
      of('k', { ...yesterday, principal_arn: 'then' }),
      of('k', { ...yesterday, sync_generation: 0, principal_arn: 'without a state' }),
    ],
  };

  test('those of the sync that saw the key; all else is over where everything was read', async () => {
    expect(await answer(given, current)).toEqual([['now', 'current']]);
  });

  test('where not all was read, those known from before are kept, and say so', async () => {
    expect(await answer(given, current, onlyPartial)).toEqual([
      ['now', 'current'],
      ['then', 'kept'],
      ['without a state', 'kept'],
    ]);
  });

  test('but not those of before the last complete reading', async () => {
    const complete = `UPDATE aws_encryption_coverage SET last_complete_generation = 2`;
    expect(await answer(given, current, onlyPartial, complete)).toEqual([
      ['now', 'current'],
      ['without a state', 'kept'],
    ]);
  });

  test('nobody is missed of a key that was not read together with its principals', async () => {
    const later = { _cq_sync_time: days(0), sync_generation: 3 };
    const apart = {
      keys: [key(data, east, 'k')],
      key_principals: [of('k', { ...later, principal_arn: 'later' })],
    };
    const sync = `UPDATE aws_encryption_coverage SET _cq_sync_time = '${days(0)}', last_complete_generation = 3
      WHERE table_name = 'aws_encryption_key_principals'`;
    const asked = `SELECT certainty FROM aws_encryption.who_can_decrypt WHERE key_id = 'k'`;
    expect(await answer(apart, asked, sync)).toEqual([['unknown']]);
  });

  test('none of a key that is gone', async () => {
    const gone = { keys: [key(data, east, 'k', yesterday)], key_principals: [of('k', yesterday)] };
    expect(await answer(gone, current)).toEqual([]);
  });
});

describe('whether everybody was seen', () => {
  const cases: readonly (readonly [string, Cells, Cells[], string[], unknown[]])[] = [
    ['a key of its own account', {}, [], [], [true, true, null]],
    ['one that lets in an account in scope', inOther, [account('compute')], [], [true, true, null]],
    [
      'an account out of scope',
      inOther,
      [account('compute', { in_scope: false })],
      [],
      [true, false, letsIn],
    ],
    [
      'an account that is in scope and that no sync has read yet',
      inOther,
      [account('compute')],
      [neverRead],
      [true, false, letsIn],
    ],
    [
      'the whole organization, of which one was not read yet',
      { ...inOther, shared_account_ids: [], shared_organization_ids: [organization] },
      [account('compute')],
      [neverRead],
      [true, false, letsIn],
    ],
    ['an account outside the organization', outside, [], [], [true, false, letsIn]],
    [
      'the whole organization, all of which is read',
      { ...inOther, shared_account_ids: [], shared_organization_ids: [organization] },
      [account('compute'), account('suspended', { state: 'SUSPENDED', in_scope: false })],
      [],
      [true, true, null],
    ],
    [
      'the whole organization, of which one is not read',
      { ...inOther, shared_account_ids: [], shared_organization_ids: [organization] },
      [account('compute', { in_scope: false })],
      [],
      [true, false, letsIn],
    ],
    [
      'another organization',
      { ...outside, shared_account_ids: [], shared_organization_ids: ['o-2'] },
      [],
      [],
      [true, false, letsIn],
    ],
    [
      'outsiders, who can read its metadata',
      { ...outside, shared_access: ['read_metadata'] },
      [],
      [],
      [true, true, null],
    ],
    ['anyone', { ...outside, sharing: 'public' }, [], [], [true, false, letsIn]],
    [
      'outsiders, whom organization policies keep out',
      { ...outside, effective_sharing: 'not_shared', effective_sharing_complete: true },
      [],
      [],
      [true, true, null],
    ],
    [
      'its policy is not understood',
      { sharing_complete: false },
      [],
      [],
      [false, false, 'policy or grants of the key were not read completely or not understood'],
    ],
    ['some IAM was not read', {}, [], [onlyPartial], [false, false, notRead]],
    [
      'no sync covers the table',
      {},
      [],
      [`DELETE FROM aws_encryption_coverage WHERE table_name = 'aws_encryption_key_principals'`],
      [false, false, 'no sync has covered aws_encryption_key_principals here'],
    ],
    [
      'the key was read again, its principals were not',
      {},
      [],
      [
        `UPDATE aws_encryption_coverage SET _cq_sync_time = '${days(-1)}' WHERE table_name = 'aws_encryption_key_principals'`,
      ],
      [false, false, 'the key and its principals were not read by the same sync'],
    ],
    [
      'its principals were read again without the key, whose rows are then those of another sync',
      {},
      [],
      [
        `UPDATE aws_encryption_coverage SET _cq_sync_time = '${days(0)}' WHERE table_name = 'aws_encryption_key_principals'`,
      ],
      [false, false, 'the key and its principals were not read by the same sync'],
    ],
  ];

  test.each(cases)('%s', async (_, more, accounts, before, seen) => {
    const query = `SELECT own_account_seen, all_seen, why_not FROM aws_encryption.principals_seen WHERE key_id = 'k'`;
    expect(await answer({ keys: [key(data, east, 'k', more)], accounts }, query, ...before)).toEqual([seen]);
  });
});
