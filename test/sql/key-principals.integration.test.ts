import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import {
  access,
  account,
  administers,
  administrators,
  arn,
  days,
  iamRole,
  ids,
  key,
  principal,
  reading,
  roleArn,
  today,
} from './rows.ts';
import { answerWith, type Given } from './rows-added.ts';
import type { Cells } from './tables.ts';

/** The views of who can really use keys. */
const { data, compute, legacy, auditor } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});

const answer = (given: Given, query: string, ...before: readonly string[]) =>
  answerWith(client, given, query, ...before);

const root = (accountId: string) => `arn:aws:iam::${accountId}:root`;
const app = roleArn(data, 'app');
const admin = roleArn(data, 'admin');
const rootUser = (accountId: string, more: Cells = {}): Cells => ({
  principal_arn: root(accountId),
  principal_type: 'root',
  principal_account_id: accountId,
  service_linked: null,
  ...more,
});
const of = (keyId: string, more: Cells = {}) => principal(data, east, keyId, more);
const onlyPartial = `UPDATE aws_encryption_coverage SET status = 'partial', message = 'IAM of ${compute} was not read'
  WHERE table_name = 'aws_encryption_key_principals'`;
const notRead = 'aws_encryption_key_principals is partial here: IAM of 333333333333 was not read';
const inOther = { sharing: 'organization', shared_account_ids: [compute], shared_access: ['use'] };
const outside = {
  sharing: 'external',
  shared_account_ids: [auditor],
  shared_outside_organization: true,
  shared_access: ['use'],
};
const letsIn = 'the key lets in accounts whose IAM is not read';

describe('who can decrypt', () => {
  const decrypting = `SELECT principal_arn, through_role, certainty, conditions FROM aws_encryption.who_can_decrypt WHERE key_id = 'k'`;

  test('unconditional rights first; to re-encrypt is to read; a role lets others in', async () => {
    const given: Given = {
      keys: [key(data, east, 'k')],
      key_principals: [
        of('k', {
          principal_arn: 'a-conditional',
          unconditional_actions: [],
          certainty: 'conditional',
          conditions: ['kms:ViaService'],
        }),
        of('k'),
        of('k', {
          principal_arn: 're-encrypts',
          actions: ['kms:ReEncryptFrom'],
          unconditional_actions: ['kms:ReEncryptFrom'],
        }),
        of('k', {
          principal_arn: 'encrypts',
          actions: ['kms:Encrypt'],
          unconditional_actions: ['kms:Encrypt'],
        }),
        of('k', {
          principal_arn: 'developer',
          access: [],
          actions: [],
          unconditional_actions: [],
          reached_through: [app, 'encrypts'],
        }),
      ],
    };
    expect(await answer(given, decrypting)).toEqual([
      [app, null, 'unconditional', []],
      ['developer', app, 'unconditional', []],
      ['re-encrypts', null, 'unconditional', []],
      ['a-conditional', null, 'conditional', ['kms:ViaService']],
    ]);
  });

  test('through a role that is counted together with others', async () => {
    const given: Given = {
      keys: [key(data, east, 'k')],
      key_principals: [
        of('k', {
          principal_arn: `arn:aws:iam::${data}:*`,
          principal_type: 'account',
          principals_count: 20_000,
        }),
        of('k', { principal_arn: 'user', actions: [], unconditional_actions: [], reached_through: [app] }),
      ],
    };
    expect(await answer(given, decrypting)).toEqual([
      [`arn:aws:iam::${data}:*`, null, 'unconditional', []],
      ['user', `arn:aws:iam::${data}:*`, 'unconditional', []],
    ]);
  });

  test('a key that only signs decrypts nothing', async () => {
    const given: Given = {
      keys: [key(data, east, 'k', { key_usage: 'SIGN_VERIFY', sharing_complete: false })],
      key_principals: [of('k')],
    };
    expect(await answer(given, decrypting)).toEqual([]);
  });

  test('where not everybody was seen, there may be others', async () => {
    const given: Given = { keys: [key(data, east, 'k')], key_principals: [of('k')] };
    expect(await answer(given, decrypting, onlyPartial)).toEqual([
      [app, null, 'unconditional', []],
      [null, null, 'unknown', [notRead]],
    ]);
  });
});

test('who can delete, disable or change a key, and what is not known of it', async () => {
  const query = `SELECT principal_arn, through_role, can_delete, can_delete_material, can_disable, can_change_policy
    FROM aws_encryption.who_can_delete WHERE key_id = 'k'`;
  const given: Given = {
    keys: [key(data, east, 'k')],
    key_principals: [
      ...administrators(data, east, 'k'),
      of('k', {
        principal_arn: 'operator',
        access: ['administer'],
        actions: ['kms:DisableKey', 'kms:ScheduleKeyDeletion'],
        unconditional_actions: ['kms:DisableKey'],
        certainty: 'conditional',
        conditions: ['aws:MultiFactorAuthPresent'],
        reached_through: [admin],
      }),
      of('k', { principal_arn: 'tagger', access: ['administer'], actions: ['kms:TagResource'] }),
    ],
  };
  const sure = 'unconditional';
  const known = [
    [root(data), null, sure, 'no', sure, sure],
    [admin, null, sure, 'no', sure, sure],
    ['operator', admin, sure, 'no', sure, sure],
    ['operator', null, 'conditional', 'no', sure, 'no'],
  ];
  expect((await answer(given, query)).toSorted()).toEqual(known.toSorted());
  expect((await answer(given, query)).at(-1)).toEqual(known.at(-1));
  expect((await answer(given, query, onlyPartial)).at(-1)).toEqual([
    null,
    null,
    'unknown',
    'unknown',
    'unknown',
    'unknown',
  ]);
});

describe('who can decrypt with all keys of the account', () => {
  const query = `SELECT principal_arn, decrypts_all, keys_decryptable, keys_unconditional, keys FROM aws_encryption.decrypts_all_keys`;
  const conditionally = { unconditional_actions: [], certainty: 'conditional' };
  const given: Given = {
    keys: [
      key(data, east, 'k'),
      key(data, east, 'signs', { key_usage: 'SIGN_VERIFY' }),
      key(data, east, 'aws-s3', { key_type: 'aws_managed' }),
    ],
    key_principals: [
      of('k', conditionally),
      of('orders', { principal_arn: 'one of two' }),
      of('aws-s3', { principal_arn: 'one of two' }),
      ...['orders', 'k'].map((id) => of(id, rootUser(data, administers))).slice(1),
    ],
  };

  test('by what it really can, of customer managed keys that decrypt; the root user aside', async () => {
    expect(await answer(given, query)).toEqual([[app, 'yes', 2, 1, 2]]);
  });

  test('one key is no "all"', async () => {
    expect(await answer({}, query)).toEqual([]);
  });

  test('where not everybody was seen, it is not known of whom of them, and who else', async () => {
    const dark = { keys: [key(data, east, 'dark', { sharing_complete: false })] };
    expect(await answer({ ...given, keys: [...(given.keys ?? []), ...dark.keys] }, query)).toEqual([
      [app, 'unknown', 2, 1, 3],
      [null, 'unknown', null, null, 3],
    ]);
  });
});

describe('keys that nobody can use or administer', () => {
  const query = `SELECT usable_by, administered_by, root_can_use, mended_by, why_not FROM aws_encryption.unusable_keys WHERE key_id = 'k'`;
  const reads = { access: ['read_metadata'], actions: ['kms:DescribeKey'], unconditional_actions: [] };
  const changes = { ...administers, access: ['administer'] };
  const service = { principal_type: 'service', principal: 'Service:logs', access: ['use'] };
  const cases: readonly (readonly [string, Cells, Cells[], Cells[], string[], unknown[][]])[] = [
    ['somebody can do both', {}, [of('k', administers)], [], [], []],
    ['nobody is left', {}, [of('k', reads)], [], [], [['nobody', 'nobody', false, 'aws_support', null]]],
    [
      'the root user can mend it',
      {},
      [of('k', rootUser(data, administers))],
      [],
      [],
      [['nobody', 'nobody', true, 'root_user', null]],
    ],
    [
      'the root user can, under conditions',
      {},
      [of('k', rootUser(data, { ...administers, unconditional_actions: [] }))],
      [],
      [],
      [['nobody', 'nobody', true, 'root_user_under_conditions', null]],
    ],
    [
      'organization policies stop the root user',
      {},
      [],
      [access(data, east, 'k', { access: ['use', 'administer'], limited_by: ['p-1'] })],
      [],
      [['nobody', 'nobody', false, 'organization_policies', null]],
    ],
    [
      'administrators, and no user',
      {},
      [of('k', changes)],
      [],
      [],
      [['nobody', 'somebody', false, 'key_administrator', null]],
    ],
    [
      'a user, and no administrator',
      {},
      [of('k')],
      [],
      [],
      [['somebody', 'nobody', false, 'aws_support', null]],
    ],
    ['an AWS service uses it', {}, [of('k', changes)], [access(data, east, 'k', service)], [], []],
    [
      'the root user of another account, whose users are not read',
      outside,
      [of('k', changes), of('k', rootUser(auditor))],
      [],
      [],
      [['unknown', 'somebody', true, 'key_administrator', letsIn]],
    ],
    [
      'the root user of another account does not administer',
      inOther,
      [of('k', rootUser(compute, administers))],
      [],
      [],
      [['unknown', 'nobody', true, 'aws_support', letsIn]],
    ],
    ['some IAM was not read', {}, [], [], [onlyPartial], [['unknown', 'unknown', false, 'unknown', notRead]]],
    [
      'some IAM was not read, and the root user can mend it',
      {},
      [of('k', rootUser(data, administers))],
      [],
      [onlyPartial],
      [['unknown', 'unknown', true, 'root_user', notRead]],
    ],
    ['not all was read, but somebody was seen', {}, [of('k', administers)], [], [onlyPartial], []],
    ['AWS manages the key', { key_type: 'aws_managed' }, [], [], [], []],
  ];

  test.each(cases)('%s', async (_, more, key_principals, key_access, before, rows) => {
    const given = { keys: [key(data, east, 'k', more)], key_principals, key_access };
    expect(await answer(given, query, ...before)).toEqual(rows);
  });
});

describe('keys of one user or role', () => {
  const query = `SELECT one_only, principal_arn, why_not FROM aws_encryption.keys_of_one_principal WHERE key_id = 'k'`;
  const linked = { principal_arn: 'linked', service_linked: true };
  const many = { principal_arn: 'many', principal_type: 'account', principals_count: 20_000 };
  const cases: readonly (readonly [string, Cells[], string[], unknown[][]])[] = [
    [
      'root user and roles of services aside',
      [of('k'), of('k', rootUser(data)), of('k', linked)],
      [],
      [['yes', app, null]],
    ],
    ['two', [of('k'), of('k', { principal_arn: admin })], [], []],
    ['many that are counted together', [of('k', many)], [], []],
    ['none', [of('k', { access: ['read_metadata'] })], [], []],
    ['one was seen, and not all was', [of('k')], [onlyPartial], [['unknown', app, notRead]]],
    ['none was seen, and not all was', [], [onlyPartial], [['unknown', null, notRead]]],
    ['two were seen, and not all was', [of('k'), of('k', { principal_arn: admin })], [onlyPartial], []],
  ];
  test.each(cases)('%s', async (_, key_principals, before, rows) => {
    expect(await answer({ keys: [key(data, east, 'k')], key_principals }, query, ...before)).toEqual(rows);
  });
});

test('users and roles of other accounts: where from, and whether their IAM is read', async () => {
  const query = `SELECT key_id, principal_arn, from_where, is_iam_read FROM aws_encryption.principals_of_other_accounts
    WHERE key_id <> 'orders'`;
  const from = (accountId: string, name: string, more: Cells = {}) =>
    of('k', { principal_arn: roleArn(accountId, name), principal_account_id: accountId, ...more });
  const given: Given = {
    accounts: [
      account('compute'),
      account('legacy', { organization_id: null }),
      account('management', { organization_id: 'o-2' }),
    ],
    keys: [
      key(data, east, 'k', { ...outside, shared_account_ids: [compute, auditor] }),
      key(legacy, east, 'old'),
    ],
    key_principals: [
      of('k'),
      from(compute, 'etl'),
      from(compute, 'reader', { access: ['read_metadata'] }),
      of('k', rootUser(auditor)),
      from(ids.management, 'other organization'),
      principal(legacy, east, 'old', { principal_arn: 'x', principal_account_id: compute }),
    ],
    coverage: [reading(legacy, east, 'key_principals'), reading(legacy, east, 'keys')],
  };
  expect(await answer(given, query)).toEqual([
    ['k', roleArn(compute, 'etl'), 'organization', true],
    ['k', roleArn(ids.management, 'other organization'), 'outside', true],
    ['k', root(auditor), 'outside', false],
    ['k', null, 'unknown', null],
    ['old', 'x', 'unknown', true],
  ]);
});

describe('roles that can decrypt and are not used', () => {
  const query = `SELECT usage, days_unused, keys FROM aws_encryption.unused_decrypting_roles WHERE principal_arn = 'role'`;
  const is = (last_used_at: string | null, created_at?: string | null) => ({ last_used_at, created_at });
  const cases: readonly (readonly [string, ReturnType<typeof is>, Cells, unknown[][]])[] = [
    ['used of late', is(days(-89), days(-500)), {}, []],
    ['used long ago', is(days(-91), days(-500)), {}, [['idle', 91, 1]]],
    ['used long ago, its age is not told', is(days(-91), null), {}, [['idle', 91, 1]]],
    ['not used, and old', is(null, days(-91)), {}, [['never_used', null, 1]]],
    ['not used, and new', is(null, days(-80)), {}, []],
    ['not used, and its age is not told', is(null, null), {}, [['unknown', null, 1]]],
    ['not used, and IAM does not list it', is(null), {}, [['unknown', null, 1]]],
    ['only a service can assume it', is(days(-91), days(-500)), { service_linked: true }, []],
    ['a user', is(null, days(-500)), { principal_type: 'user' }, []],
    ['it cannot decrypt', is(days(-91), days(-500)), { actions: ['kms:Encrypt'] }, []],
  ];
  test.each(cases)('%s', async (_, { last_used_at, created_at }, more, rows) => {
    const listed =
      created_at === undefined ? [] : [iamRole(data, 'role', { arn: 'role', created_at, last_used_at })];
    const given = {
      keys: [key(data, east, 'k', today)],
      key_principals: [of('k', { principal_arn: 'role', last_used_at, ...more })],
      iam_principals: listed,
    };
    expect(await answer(given, query)).toEqual(rows);
  });
});

test('who cannot decrypt and can give itself that', async () => {
  const query = `SELECT principal_arn, by_key_policy, by_grant, is_administrator FROM aws_encryption.who_can_escalate WHERE key_id = 'k'`;
  const can = (principal_arn: string, actions: string[], more: Cells = {}) =>
    of('k', { principal_arn, actions, unconditional_actions: actions, can_escalate: true, ...more });
  const given: Given = {
    keys: [key(data, east, 'k')],
    key_principals: [
      of('k', administers),
      of('k', rootUser(data, { actions: ['kms:PutKeyPolicy'], can_escalate: true })),
      can('administrator', ['kms:PutKeyPolicy', 'kms:DisableKey'], { access: ['administer'] }),
      can('grantor', ['kms:CreateGrant'], { access: ['grant'] }),
      can('for services', ['kms:CreateGrant'], {
        access: ['grant'],
        unconditional_actions: [],
        can_escalate: null,
      }),
    ],
  };
  expect(await answer(given, query)).toEqual([
    ['administrator', 'unconditional', 'no', true],
    ['grantor', 'no', 'unconditional', false],
    ['for services', 'no', 'conditional', false],
  ]);
  expect((await answer(given, query, onlyPartial)).at(-1)).toEqual([null, 'unknown', 'unknown', null]);
});

test('keys are named by their ARN', async () => {
  const query = `SELECT key_arn, key_name FROM aws_encryption.who_can_delete WHERE principal_arn = '${admin}'`;
  expect(await answer({}, query)).toEqual([[arn(data, east, 'orders'), 'alias/orders']]);
});
