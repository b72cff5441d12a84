import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { queryOfCheck } from './query-of-check.ts';
import { administers, days, iamPolicy, iamRole, ids, key, principal, reading, roleArn } from './rows.ts';
import { answerWith, type Given } from './rows-added.ts';
import type { Cells } from './tables.ts';

/** The checks of who can really use keys, and of IAM policies that name all keys. */
const { data, compute, auditor } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});

/** What a check finds of the clean database with some rows more: status and message. */
async function found(check: string, given: Given, ...before: readonly string[]): Promise<unknown[][]> {
  const sql = await queryOfCheck(check);
  return answerWith(client, given, `SELECT status, message FROM (${sql}) AS found`, ...before);
}

const k = (more: Cells = {}) => key(data, east, 'k', more);
const of = (more: Cells = {}) => principal(data, east, 'k', more);
const root = (accountId: string, more: Cells = {}) =>
  of({
    principal_arn: `arn:aws:iam::${accountId}:root`,
    principal_type: 'root',
    principal_account_id: accountId,
    service_linked: null,
    ...more,
  });
const partial = `UPDATE aws_encryption_coverage SET status = 'partial', message = 'iam: denied'
  WHERE table_name = 'aws_encryption_key_principals'`;
const why = 'aws_encryption_key_principals is partial here: iam: denied';
const outside = {
  sharing: 'external',
  shared_account_ids: [auditor],
  shared_outside_organization: true,
  shared_access: ['use'],
};

describe('a policy that lets decrypt with all keys', () => {
  const allow = (Action: unknown, Resource: unknown, more: Cells = {}) => ({
    Effect: 'Allow',
    Action,
    Resource,
    ...more,
  });
  const deny = (Action: unknown, Resource: unknown, more: Cells = {}) => ({
    ...allow(Action, Resource, more),
    Effect: 'Deny',
  });
  const own = (keys: string) => `arn:aws:kms:*:${data}:${keys}`;
  const cases: readonly (readonly [string, unknown, unknown[] | null])[] = [
    ['kms:* on *', allow('kms:*', '*'), ['all_keys', false]],
    ['* on *', [allow('*', '*')], ['all_keys', false]],
    [
      'KMS:decrypt in a list',
      allow(['s3:GetObject', 'KMS:decrypt'], ['arn:aws:s3:::b', '*']),
      ['all_keys', false],
    ],
    ['kms:ReEncrypt*', allow('kms:ReEncrypt*', '*'), ['all_keys', false]],
    ['kms:De?rypt', allow('kms:De?rypt', 'arn:aws:kms:*:*:key/*'), ['all_keys', false]],
    ['all regions and accounts', allow('kms:Decrypt', 'arn:aws:kms:*'), ['all_keys', false]],
    ['all partitions', allow('kms:Decrypt', 'arn:*:kms:*:*:*'), ['all_keys', false]],
    ['all keys of the account', allow('kms:Decrypt', own('key/*')), ['all_keys_of_account', false]],
    [
      'all but other services',
      allow('kms:Decrypt', undefined, { NotResource: 'arn:aws:s3:::*' }),
      ['all_keys', false],
    ],
    ['all but IAM', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, ['all_keys', false]],
    [
      'under a condition',
      allow('kms:*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      ['all_keys', true],
    ],
    [
      'one statement under a condition, one without',
      [allow('kms:*', '*', { Condition: { Bool: { a: 'true' } } }), allow('kms:Decrypt', '*')],
      ['all_keys', false],
    ],
    ['an empty condition', allow('kms:*', '*', { Condition: {} }), ['all_keys', false]],
    ['a Deny of other keys', [allow('kms:*', '*'), deny('kms:*', own('key/1'))], ['all_keys', false]],
    [
      'a Deny under a condition',
      [allow('kms:Decrypt', '*'), deny('kms:*', '*', { Condition: { Bool: { a: 'true' } } })],
      ['all_keys', false],
    ],
    ['a Deny of decryption alone', [allow('kms:*', '*'), deny('kms:Decrypt', '*')], ['all_keys', false]],
    ['a Deny of all of it', [allow('kms:*', '*'), deny(['kms:Decrypt', 'kms:ReEncrypt*'], '*')], null],
    ['encryption', allow(['kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncryptTo'], '*'), null],
    ['another service', allow('s3:*', '*'), null],
    ['one key', allow('kms:*', `arn:aws:kms:${east}:${data}:key/1`), null],
    ['keys of one region', allow('kms:*', `arn:aws:kms:${east}:*:key/*`), null],
    ['multi-Region keys', allow('kms:*', 'arn:aws:kms:*:*:key/mrk-*'), null],
    ['aliases', allow('kms:*', 'arn:aws:kms:*:*:alias/*'), null],
    ['another partition', allow('kms:*', 'arn:aws-cn:kms:*:*:key/*'), null],
    ['no statements', [], null],
    ['text with wildcards of SQL', allow('kms_Decrypt', '%'), null],
  ];

  test.each(cases)('%s', async (_, statements, verdict) => {
    const query = `SELECT decrypts, only_under_conditions FROM aws_encryption.policies_decrypting_all_keys WHERE policy_name = 'p'`;
    const given = { iam_policies: [iamPolicy(data, 'p', statements)] };
    expect(await answerWith(client, given, query)).toEqual(verdict === null ? [] : [verdict]);
  });

  const everything = allow('kms:*', '*');
  const held = (policy: Cells) => iamRole(data, 'holder', { policies: JSON.stringify([policy]) });
  const arnOf = (name: string) => `arn:aws:iam::${data}:policy/${name}`;

  test('is a finding where it is customer managed: attached or not, not as a boundary', async () => {
    const check = 'iam-policy-decrypts-all-keys';
    const policies = ['attached', 'spare', 'boundary'].map((name) => iamPolicy(data, name, everything));
    const given = {
      iam_policies: [
        ...policies,
        iamPolicy(data, 'mfa', {
          ...everything,
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        }),
        iamPolicy(data, 'own', allow('kms:*', own('key/*'))),
        iamPolicy(data, 'aws', everything, { kind: 'aws_managed' }),
        iamPolicy(data, 'strange', [], { understood: false, problem: 'statement 0 is strange' }),
        iamPolicy(data, 'unread', [], { understood: null, document: null }),
      ],
      iam_principals: [
        {
          ...held({ name: 'attached', arn: arnOf('attached'), by: 'attached' }),
          boundary_arn: arnOf('boundary'),
        },
      ],
    };
    expect(await found(check, given)).toEqual([
      ['violation', 'policy attached lets decrypt with all keys; users and roles that have it: 1'],
      [
        'violation',
        'policy mfa lets decrypt with all keys, under conditions, which the control does not look at; users and roles that have it: 0',
      ],
      ['violation', 'policy spare lets decrypt with all keys; users and roles that have it: 0'],
      [
        'unknown',
        'it is not known whether policy strange lets decrypt with all keys: statement 0 is strange',
      ],
      [
        'unknown',
        'it is not known whether policy unread lets decrypt with all keys: its text was not read or not understood',
      ],
    ]);
  });

  test('is a finding of each user and role where it is inline', async () => {
    const inline = (name: string, more: Cells = {}) =>
      iamPolicy(data, name, everything, { kind: 'inline', ...more });
    const given = {
      iam_policies: [
        inline('mine'),
        inline('of a group of nobody'),
        inline('dark', { document: null, understood: null }),
      ],
      iam_principals: [
        held({ name: 'mine', arn: null, by: 'inline', sha256: 'hash-of-mine' }),
        iamRole(data, 'second', {
          policies: JSON.stringify([{ name: 'mine', arn: null, sha256: 'hash-of-mine' }]),
        }),
      ],
    };
    const lets = (name: string) => ['violation', `inline policy ${name} lets decrypt with all keys`];
    expect(await found('inline-policy-decrypts-all-keys', given)).toEqual([
      lets('of a group of nobody'),
      lets('mine'),
      lets('mine'),
      [
        'unknown',
        'it is not known whether inline policy dark lets decrypt with all keys: its text was not read or not understood',
      ],
    ]);
  });
});

describe('a key that nobody can administer', () => {
  const check = 'key-nobody-can-administer';
  const mended = (how: string) => [['violation', `no user or role can change the policy of alias/k; ${how}`]];
  const rootChanges = root(data, administers);
  const cases: readonly (readonly [string, Cells, Cells[], string[], unknown[][]])[] = [
    ['an administrator', {}, [of(administers)], [], []],
    ['the root user alone', {}, [of(), rootChanges], [], mended('the root user of its account can')],
    [
      'under conditions',
      {},
      [of(), { ...rootChanges, unconditional_actions: [] }],
      [],
      mended('the root user of its account can, under conditions'),
    ],
    [
      'not even the root user',
      {},
      [of()],
      [],
      mended('neither can the root user of its account: only AWS Support can'),
    ],
    ['it is to be deleted', { key_state: 'PendingDeletion' }, [of()], [], []],
    [
      'not all was read',
      {},
      [of()],
      [partial],
      [['unknown', `it is not known whether anybody can change the policy of alias/k: ${why}`]],
    ],
  ];
  test.each(cases)('%s', async (_, more, key_principals, before, findings) => {
    expect(await found(check, { keys: [k(more)], key_principals }, ...before)).toEqual(findings);
  });
});

describe('a key that nobody can use', () => {
  const check = 'key-nobody-can-use';
  const unused = { ...administers, access: ['administer'] };
  const cases: readonly (readonly [string, Cells, Cells[], string[], unknown[][]])[] = [
    ['a user', {}, [of()], [], []],
    [
      'administrators',
      {},
      [of(unused)],
      [],
      [['violation', 'no user or role can use alias/k; its administrators can let somebody in']],
    ],
    [
      'the root user alone',
      {},
      [root(data, administers)],
      [],
      [
        [
          'violation',
          'no user or role can use alias/k, a root user aside; the root user of its account can let somebody in',
        ],
      ],
    ],
    [
      'nobody at all',
      {},
      [],
      [],
      [['violation', 'no user or role can use alias/k; only AWS Support can mend that']],
    ],
    ['it is to be deleted', { key_state: 'PendingReplicaDeletion' }, [], [], []],
    [
      'not all was read',
      {},
      [],
      [partial],
      [['unknown', `it is not known whether anybody can use alias/k: ${why}`]],
    ],
  ];
  test.each(cases)('%s', async (_, more, key_principals, before, findings) => {
    expect(await found(check, { keys: [k(more)], key_principals }, ...before)).toEqual(findings);
  });
});

test('a role that can decrypt and is not used', async () => {
  const role = (name: string, last_used_at: string | null) =>
    of({ principal_arn: roleArn(data, name), last_used_at });
  const given = {
    keys: [k()],
    key_principals: [
      role('used', days(-3)),
      role('idle', days(-120)),
      role('never', null),
      role('unlisted', null),
    ],
    iam_principals: [iamRole(data, 'never', { created_at: days(-200), last_used_at: null })],
  };
  expect(await found('unused-role-can-decrypt', given)).toEqual([
    ['violation', `${roleArn(data, 'idle')} was last used 120 days ago and can decrypt with keys: 1`],
    [
      'violation',
      `${roleArn(data, 'never')} was never used in the 400 days that IAM keeps, or since it was made, and can decrypt with keys: 1`,
    ],
    [
      'unknown',
      `it is not known when ${roleArn(data, 'unlisted')} was last used or made; it can decrypt with keys: 1`,
    ],
  ]);
});

describe('a user or role outside the organization that can use a key', () => {
  const check = 'outside-principal-can-use-key';
  const there = (name: string, accountId: string = auditor) =>
    of({ principal_arn: roleArn(accountId, name), principal_account_id: accountId });
  const nobodyKnows = 'it is not known who outside the organization can use alias/k:';

  test('by the root user where the IAM of its account is not read', async () => {
    expect(await found(check, { keys: [k(outside)], key_principals: [root(auditor)] })).toEqual([
      [
        'violation',
        `alias/k can be used by account ${auditor} (arn:aws:iam::${auditor}:root), and by whomever it lets`,
      ],
    ]);
  });

  test('many are counted, conditions are said', async () => {
    const key_principals = ['a', 'b', 'c', 'd'].map((name) => ({ ...there(name), certainty: 'conditional' }));
    const [[status, message] = []] = await found(check, { keys: [k(outside)], key_principals });
    expect(status).toBe('violation');
    expect(message).toContain(`can be used under conditions by account ${auditor} (`);
    expect(message).toContain(`${roleArn(auditor, 'c')} and others, 4 in all)`);
  });

  test('not known: membership, or who there is', async () => {
    const noOrganization = `UPDATE aws_encryption_accounts SET organization_id = NULL`;
    expect(await found(check, { keys: [k(outside)], key_principals: [there('a')] }, noOrganization)).toEqual([
      [
        'unknown',
        `alias/k can be used by account ${auditor}, of which it is not known whether it is in the organization (${roleArn(auditor, 'a')}), and by whomever it lets`,
      ],
    ]);
    expect(await found(check, { keys: [k(outside)] })).toEqual([
      ['unknown', `${nobodyKnows} the key lets in accounts whose IAM is not read`],
    ]);
  });

  test('none where it can only read metadata, or is a member', async () => {
    const shared = { ...outside, sharing: 'organization', shared_account_ids: [compute] };
    const given = {
      accounts: [{ ...member, account_id: compute }],
      coverage: [reading(compute, 'us-east-1', 'keys')],
      keys: [k(shared)],
      key_principals: [there('etl', compute), { ...there('reader'), access: ['read_metadata'] }],
    };
    expect(await found(check, given)).toEqual([]);
  });
  const member = { region: 'global', organization_id: ids.organization, in_scope: true, state: 'ACTIVE' };
});

describe('a user or role that can give itself use of a key', () => {
  const check = 'principal-can-escalate-on-key';
  const can = (actions: string[], more: Cells = {}) =>
    of({
      principal_arn: 'somebody',
      access: ['grant'],
      actions,
      unconditional_actions: actions,
      can_escalate: true,
      ...more,
    });
  const perhaps = (conditions: string[], actions = ['kms:CreateGrant']) =>
    can(actions, { unconditional_actions: [], can_escalate: null, conditions });
  const text = 'somebody cannot decrypt with alias/k and can give itself that: it can';
  const cases: readonly (readonly [string, Cells, unknown[][]])[] = [
    ['by grants', can(['kms:CreateGrant']), [['violation', `${text} make grants`]]],
    [
      'by the key policy, without being an administrator',
      can(['kms:PutKeyPolicy', 'kms:CreateGrant'], { access: ['administer'] }),
      [['violation', `${text} change the key policy and make grants`]],
    ],
    [
      'an administrator',
      can(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'], { access: ['administer'] }),
      [],
    ],
    ['it can decrypt anyway', can(['kms:CreateGrant', 'kms:Decrypt']), []],
    ['a role of a service', can(['kms:CreateGrant'], { service_linked: true }), []],
    ['grants for AWS services only', perhaps(['kms:GrantIsForAWSResource', 'kms:ViaService']), []],
    [
      'grants under other conditions',
      perhaps(['kms:GranteePrincipal']),
      [['unknown', `${text} make grants, where this allows: kms:GranteePrincipal`]],
    ],
    [
      'the key policy, through a service only',
      perhaps(['kms:ViaService'], ['kms:PutKeyPolicy']),
      [['unknown', `${text} change the key policy, where this allows: kms:ViaService`]],
    ],
  ];
  test.each(cases)('%s', async (_, row, findings) => {
    expect(await found(check, { keys: [k()], key_principals: [row] })).toEqual(findings);
  });

  test('not all was read', async () => {
    expect(await found(check, { keys: [k()] }, partial)).toContainEqual([
      'unknown',
      `it is not known who can give itself use of alias/k: ${why}`,
    ]);
  });
});
