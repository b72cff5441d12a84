import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { arn, iamPolicy, ids, key, today } from './rows.ts';
import { answerWith } from './rows-added.ts';
import type { Cells } from './tables.ts';

const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});

const place = { ...today, account_id: ids.data, region: east, partition: 'aws' };
const keyPolicy = (policy: unknown, more: Cells = {}): Cells => ({
  ...place,
  key_id: 'this',
  policy_name: 'default',
  arn: arn(ids.data, east, 'this'),
  policy,
  policy_sha256: 'hash',
  understood: true,
  ...more,
});
const queuePolicy = (document: unknown, more: Cells = {}): Cells => ({
  ...place,
  resource_arn: `arn:aws:sqs:${east}:${ids.data}:this`,
  policy_name: 'policy',
  service: 'sqs',
  resource_type: 'queue',
  sha256: 'hash',
  document,
  understood: true,
  ...more,
});

const ofThis = (columns: string) =>
  `SELECT ${columns} FROM aws_encryption.policy_statements WHERE resource_arn LIKE '%this' ORDER BY statement_index`;
const told = (policy: unknown, columns: string, more: Cells = {}) =>
  answerWith(client, { key_policies: [keyPolicy(policy, more)] }, ofThis(columns));

describe('what stands in a statement is told as it is written', () => {
  const role = `arn:aws:iam::${ids.auditor}:role/audit`;

  test('texts and lists, in a list of statements and alone', async () => {
    const statement = {
      Sid: 'Use',
      Effect: 'Allow',
      Principal: { AWS: role },
      Action: 'kms:*',
      Resource: '*',
    };
    const listed = { ...statement, Principal: { AWS: [role] }, Action: ['kms:*'], Resource: ['*'] };
    const row = ['Use', 'Allow', [role], [ids.auditor], ['kms:*'], null, ['*'], null];
    const columns =
      'sid, effect, principals, principal_account_ids, actions, not_actions, resources, problem';
    expect(await told({ Statement: statement }, columns)).toEqual([row]);
    expect(await told({ Statement: [statement, listed] }, `statement_index, ${columns}`)).toEqual([
      [0, ...row],
      [1, ...row],
    ]);
  });

  test('all but these, and conditions', async () => {
    const statement = {
      Effect: 'Deny',
      NotPrincipal: { AWS: [ids.data, role], Service: 'logs.amazonaws.com' },
      NotAction: ['kms:Describe*', 'kms:Get?'],
      NotResource: 'arn:aws:kms:*:*:key/a',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    };
    const columns =
      'principal, principals, not_principal, not_principals, actions, not_actions, not_resources, conditions';
    expect(await told({ Statement: [statement] }, columns)).toEqual([
      [
        null,
        null,
        statement.NotPrincipal,
        [ids.data, role, 'logs.amazonaws.com'],
        null,
        statement.NotAction,
        [statement.NotResource],
        statement.Condition,
      ],
    ]);
  });

  test.each([
    ['*', '*', ['*'], []],
    ['everybody by AWS', { AWS: '*' }, ['*'], []],
    ['an account by its id', { AWS: ids.compute }, [ids.compute], [ids.compute]],
    [
      'its root',
      { AWS: `arn:aws:iam::${ids.compute}:root` },
      [`arn:aws:iam::${ids.compute}:root`],
      [ids.compute],
    ],
    ['a deleted principal', { AWS: 'AROAEXAMPLEID' }, ['AROAEXAMPLEID'], []],
    ['a list that AWS does not take', ['*'], ['*'], []],
  ])('a principal: %s', async (_name, principal, principals, accounts) => {
    const policy = { Statement: { Effect: 'Allow', Principal: principal, Action: 'kms:*' } };
    expect(await told(policy, 'principals, principal_account_ids')).toEqual([[principals, accounts]]);
  });
});

describe('a policy that says nothing is a row that says so', () => {
  test.each([
    ['no JSON', null, 'the policy is not JSON', 'the policy is not JSON'],
    ['no object', [1], null, 'the policy has no statement'],
    ['a text', '"text"', null, 'the policy has no statement'],
    ['no statement', { Version: '2012-10-17' }, null, 'the policy has no statement'],
    ['an empty list', { Statement: [] }, null, 'the policy has no statement'],
    ['a statement that is a text', { Statement: 'Allow' }, null, 'the policy has no statement'],
    [
      'a statement in a list that is one',
      { Statement: ['Allow'] },
      null,
      'the statement is not a JSON object',
    ],
    ['null in a list', { Statement: [null] }, null, 'the statement is not a JSON object'],
  ])('%s', async (_name, policy, problem, said) => {
    const written = Array.isArray(policy) ? JSON.stringify(policy) : policy;
    const more = { problem, understood: false };
    expect(await told(written, 'effect, principals, actions, problem', more)).toEqual([
      [null, null, null, said],
    ]);
  });

  test('parts of another kind than AWS takes end nothing', async () => {
    const odd = {
      Sid: 1,
      Effect: ['Allow'],
      Principal: { AWS: { a: 1 } },
      Action: 5,
      Resource: [{ a: 1 }],
      Condition: 'x',
    };
    const rows = await told(
      { Statement: [odd, { Effect: 'Allow' }] },
      'effect, principals, actions, resources, conditions',
    );
    expect(rows).toEqual([
      ['["Allow"]', [], null, ['{"a": 1}'], 'x'],
      ['Allow', null, null, null, null],
    ]);
  });

  test('one that could not be read: of a resource, of a key', async () => {
    const unread = queuePolicy(null, {
      sha256: null,
      understood: null,
      errors: { 'sqs:GetQueueAttributes': {} },
    });
    const given = {
      resource_policies: [unread],
      keys: [key(ids.data, east, 'this', { unread_policies: ['default'] })],
    };
    const query = `${ofThis('policy_kind, policy_name, effect, problem')}, policy_kind`;
    expect(await answerWith(client, given, query)).toEqual([
      ['key', 'default', null, 'the policy was not read'],
      ['resource', 'policy', null, 'the policy was not read'],
    ]);
  });
});

test('policies of each kind are there', async () => {
  const statement = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Principal: '*' };
  const document = { Version: '2012-10-17', Statement: [statement] };
  const bucket = { resource_arn: 'arn:aws:s3:::lake', service: 's3', resource_type: 'bucket' };
  const point = {
    ...place,
    name: 'door',
    bucket: 'lake',
    kind: 'access_point',
    arn: 'arn:aws:s3:us-east-1:2:accesspoint/door',
  };
  const organizational = {
    ...place,
    account_id: ids.management,
    region: 'global',
    content: document,
    understood: true,
  };
  const given = {
    key_policies: [keyPolicy(document)],
    resource_policies: [queuePolicy(document), queuePolicy(document, bucket)],
    s3_access_points: [
      { ...point, policy: document, policy_sha256: 'hash' },
      { ...point, name: 'none' },
      { ...point, name: 'unread', errors: { 's3:GetAccessPointPolicy': { code: 'AccessDenied' } } },
    ],
    organization_policies: [
      { ...organizational, policy_id: 'p-1', type: 'SERVICE_CONTROL_POLICY', name: 'scp' },
      { ...organizational, policy_id: 'p-2', type: 'RESOURCE_CONTROL_POLICY', name: 'rcp' },
      {
        ...organizational,
        policy_id: 'p-3',
        type: 'RESOURCE_CONTROL_POLICY',
        name: 'unread',
        content: null,
        understood: null,
      },
    ],
    iam_policies: [
      iamPolicy(ids.data, 'managed', [statement]),
      iamPolicy(ids.data, 'trust', [statement], { kind: 'trust', arn: '', name: null }),
    ],
  };
  const query = `SELECT policy_kind, policy_name, actions, problem FROM aws_encryption.policy_statements
    WHERE 'kms:Decrypt' = ANY (actions) OR problem IS NOT NULL ORDER BY 1, 2`;
  const read = (kind: string, name: string) => [kind, name, ['kms:Decrypt'], null];
  expect(await answerWith(client, given, query)).toEqual([
    read('access_point', 'door'),
    ['access_point', 'unread', null, 'the policy was not read'],
    read('bucket', 'policy'),
    read('identity', 'app'),
    read('identity', 'managed'),
    read('key', 'default'),
    read('resource', 'policy'),
    read('resource_control', 'rcp'),
    ['resource_control', 'unread', null, 'the policy was not read'],
    read('role_trust', 'trust'),
    read('service_control', 'scp'),
  ]);
});

test('which policy lets a foreign role do kms:*: the query of the docs', async () => {
  const page = readFileSync(
    new URL('../../docs/queries/aws_encryption_key_policies.sql', import.meta.url),
    'utf8',
  );
  const query = page
    .split(/\n\n(?=--)/)
    .find((each) => each.startsWith('-- Which policy lets a role of another account'));
  const statement = (Sid: string, principal: unknown, action: unknown, more = {}) => ({
    ...{ Sid, Effect: 'Allow', Principal: principal, Action: action, Resource: '*' },
    ...more,
  });
  const foreign = { AWS: `arn:aws:iam::${ids.auditor}:role/audit` };
  const policy = {
    Statement: [
      statement('Foreign', foreign, 'KMS:*'),
      statement('Everything', foreign, ['s3:Get*', '*']),
      statement('Own', { AWS: `arn:aws:iam::${ids.data}:role/admin` }, 'kms:*'),
      statement('ForeignRoot', { AWS: `arn:aws:iam::${ids.auditor}:root` }, 'kms:*'),
      statement('LessThanAll', foreign, 'kms:Decrypt*'),
      statement('Denied', foreign, 'kms:*', { Effect: 'Deny' }),
    ],
  };
  const rows = await answerWith(client, { key_policies: [keyPolicy(policy)] }, query ?? '');
  expect(rows.map((row) => row[4])).toEqual(['Foreign', 'Everything']);
});
