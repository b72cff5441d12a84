import { describe, expect, test } from 'vitest';
import type { ResourceRules } from '../../../src/posture/resource/rules.ts';
import { keyNotKnown, type ResolvedKey, withoutKey } from '../../../src/posture/resource-key.ts';
import { logGroupEncryption } from '../../../src/services/cloudwatch-logs/rules.ts';
import { dynamoDbRules, tableEncryption } from '../../../src/services/dynamodb/rules.ts';
import { ecrRules, repositoryEncryption } from '../../../src/services/ecr/rules.ts';
import { efsRules, fileSystemEncryption } from '../../../src/services/efs/rules.ts';
import { functionEncryption, lambdaRules } from '../../../src/services/lambda/rules.ts';
import { secretsManagerRules } from '../../../src/services/secrets-manager/rules.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  goneKey,
  keyWith,
  ours,
  region,
  role,
  root,
  type Statement,
  unreachableKey,
} from '../cross-account/cast.ts';
import { allow, type Judgement, judge, type Shared } from './judge.ts';

type Case = [what: string, shared: Shared, key: ResolvedKey, expected: Partial<Judgement>];

const cases = (rules: ResourceRules, arn: string, list: readonly Case[]): void => {
  test.each(list)('%s', (_what, shared, key, expected) => {
    expect(judge(rules, arn, shared, key)).toMatchObject(expected);
  });
};
const only = (action: string): Statement => ({ ...decrypt(root(compute)), Action: action });
const context = (name: string, value: string) => ({
  StringEquals: { [`kms:EncryptionContext:${name}`]: value },
});
const organizationOnly = { StringEquals: { 'aws:PrincipalOrgID': ours } };

describe('a secret', () => {
  const arn = `arn:aws:secretsmanager:${region}:${data}:secret:db-AbCdEf`;
  const read = [allow('*', 'secretsmanager:GetSecretValue', root(compute))];
  const write = [allow(arn, 'secretsmanager:PutSecretValue', root(compute))];
  cases(secretsManagerRules, arn, [
    ['no policy', null, awsManagedKey(), { use: 'not_shared', judged: [] }],
    ['aws/secretsmanager', read, awsManagedKey(), { use: 'blocked_by_aws_managed_key', judged: ['read'] }],
    ['a key that admits the account', read, keyWith(decrypt(root(compute))), { use: 'possible' }],
    [
      'a key that does not',
      read,
      customerKey(),
      { use: 'blocked_by_key_policy', blockedAccounts: [compute] },
    ],
    ['reading needs Decrypt only', read, keyWith(only('kms:Decrypt')), { use: 'possible' }],
    [
      'writing needs GenerateDataKey too',
      write,
      keyWith(only('kms:Decrypt')),
      { use: 'blocked_by_key_policy' },
    ],
    ['writing', write, keyWith(decrypt(root(compute))), { use: 'possible', judged: ['write'] }],
    [
      'a key for this secret only',
      read,
      keyWith(decrypt(root(compute), context('SecretARN', arn))),
      { use: 'possible' },
    ],
    [
      'a key for another secret only',
      read,
      keyWith(decrypt(root(compute), context('SecretARN', `${arn}2`))),
      { use: 'blocked_by_key_policy' },
    ],
    [
      'a key for one version only',
      read,
      keyWith(decrypt(root(compute), context('SecretVersionId', '1'))),
      { use: 'unknown' },
    ],
    [
      'the organization, under a key for its own account',
      [allow('*', 'secretsmanager:GetSecretValue', '*', organizationOnly)],
      customerKey(),
      { use: 'blocked_by_key_policy', blockedOrganizations: [ours] },
    ],
    [
      'metadata only',
      [allow('*', 'secretsmanager:DescribeSecret', root(compute))],
      awsManagedKey(),
      { use: 'no_kms_barrier', read: 'not_shared', write: 'not_shared', judged: ['describe'] },
    ],
    ['policy denied', 'unread', awsManagedKey(), { use: 'unknown' }],
    ['a key out of reach', read, unreachableKey, { use: 'unknown', unknownAccounts: [compute] }],
  ]);
});

describe('a table', () => {
  const arn = `arn:aws:dynamodb:${region}:${data}:table/orders`;
  const query = [allow(arn, 'dynamodb:Query', role(compute))];
  cases(dynamoDbRules, arn, [
    ['no policy', null, withoutKey('aws_owned'), { use: 'not_shared' }],
    [
      'a key that AWS owns',
      query,
      withoutKey('aws_owned'),
      { use: 'no_kms_barrier', readableAccounts: [compute] },
    ],
    ['aws/dynamodb', query, awsManagedKey(), { use: 'blocked_by_aws_managed_key', judged: ['read'] }],
    ['a key that admits the role', query, keyWith(decrypt(role(compute))), { use: 'possible' }],
    [
      'a key that admits another role',
      query,
      keyWith(decrypt(role(compute, 'etl'))),
      { use: 'blocked_by_key_policy' },
    ],
    [
      'writing',
      [allow(arn, 'dynamodb:PutItem', root(compute))],
      keyWith(only('kms:Decrypt')),
      { use: 'possible', judged: ['write'] },
    ],
    [
      'a key for this table only',
      query,
      keyWith(decrypt(role(compute), context('aws:dynamodb:tableName', 'orders'))),
      { use: 'possible' },
    ],
    [
      'a key for another table only',
      query,
      keyWith(decrypt(role(compute), context('aws:dynamodb:tableName', 'bills'))),
      { use: 'blocked_by_key_policy' },
    ],
    // "Cross-account support: No" (DynamoDB developer guide, read 2026-11-28).
    [
      'PartiQL, which is not honoured for other accounts',
      [allow(arn, 'dynamodb:PartiQL*', root(compute))],
      withoutKey('aws_owned'),
      { use: 'not_shared' },
    ],
    [
      'another table in the policy',
      [allow(`${arn}2`, 'dynamodb:Query', root(compute))],
      awsManagedKey(),
      { use: 'not_shared' },
    ],
  ]);

  test.each([
    ['no SSEDescription', null, 'aws_owned'],
    ['KMS', { type: 'KMS', kmsKeyArn: 'k' }, 'kms'],
    ['KMS without a key', { type: 'KMS', kmsKeyArn: null }, 'unknown'],
    ['a type of later', { type: 'NEW', kmsKeyArn: 'k' }, 'unknown'],
  ])('encryption: %s', (_what, encryption, state) => {
    expect(tableEncryption({ encryption }).state).toBe(state);
  });
});

describe('a repository', () => {
  const arn = `arn:aws:ecr:${region}:${data}:repository/app`;
  const { Resource: _, ...pulling } = allow('', 'ecr:BatchGetImage', root(compute));
  const pull = { ...pulling, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] };
  cases(ecrRules, arn, [
    [
      'aws/ecr locks nobody out',
      [pull],
      awsManagedKey(),
      { use: 'possible', judged: ['pull'], readableAccounts: [compute] },
    ],
    ['nor does a key that admits nobody', [pull], customerKey(), { use: 'possible' }],
    [
      'a disabled key does',
      [pull],
      customerKey({ metadata: { keyState: 'Disabled' } }),
      { use: 'blocked_by_key_state' },
    ],
    ['a key that is gone does', [pull], goneKey, { use: 'blocked_by_key_state' }],
    ['a key whose state is not known', [pull], customerKey({ metadata: 'unread' }), { use: 'unknown' }],
    ['AES256', [pull], withoutKey('aws_owned'), { use: 'no_kms_barrier' }],
    ['no policy', null, awsManagedKey(), { use: 'not_shared' }],
  ]);

  test.each([
    ['AES256', 'AES256', null, 'aws_owned'],
    ['KMS', 'KMS', 'k', 'kms'],
    ['KMS without a key: aws/ecr', 'KMS', null, 'kms'],
    ['two layers', 'KMS_DSSE', 'k', 'kms'],
    ['a type of later', 'NEW', 'k', 'unknown'],
    ['none answered', null, null, 'unknown'],
  ])('encryption: %s', (_what, encryptionType, kmsKey, state) => {
    expect(repositoryEncryption(encryptionType, kmsKey).state).toBe(state);
  });
});

describe('a function', () => {
  const arn = `arn:aws:lambda:${region}:${data}:function:bill`;
  const invoke = [allow(arn, 'lambda:InvokeFunction', root(compute))];
  cases(lambdaRules, arn, [
    ['who invokes needs no key', invoke, customerKey(), { use: 'possible', judged: ['invoke'] }],
    [
      'a disabled key',
      invoke,
      customerKey({ metadata: { keyState: 'PendingDeletion' } }),
      { use: 'blocked_by_key_state' },
    ],
    ['a key of AWS, owned or managed: no barrier', invoke, withoutKey(null), { use: 'no_kms_barrier' }],
    ['not read', invoke, keyNotKnown('the encryption could not be read'), { use: 'unknown' }],
    [
      'a service only',
      [allow(arn, 'lambda:InvokeFunction', { Service: 's3.amazonaws.com' })],
      customerKey({ metadata: { keyState: 'Disabled' } }),
      { use: 'not_shared', blockedServices: ['s3.amazonaws.com'] },
    ],
  ]);

  test('encryption', () => {
    expect(functionEncryption('k')).toEqual({ state: 'kms', key: 'k' });
    expect(functionEncryption(null)).toEqual({ state: 'aws_owned_or_managed', key: null });
  });
});

describe('a file system', () => {
  const arn = `arn:aws:elasticfilesystem:${region}:${data}:file-system/fs-1`;
  const mount = [allow(arn, 'elasticfilesystem:ClientMount', root(compute))];
  cases(efsRules, arn, [
    [
      'aws/elasticfilesystem locks nobody out',
      mount,
      awsManagedKey(),
      { use: 'possible', judged: ['mount'] },
    ],
    [
      'a disabled key does',
      mount,
      customerKey({ metadata: { keyState: 'Disabled' } }),
      { use: 'blocked_by_key_state' },
    ],
    ['not encrypted', mount, withoutKey(null), { use: 'no_kms_barrier' }],
  ]);

  test('without a policy it says that the network decides', () => {
    expect(judge(efsRules, arn, null, awsManagedKey()).explanation).toContain(
      'mount targets by network is not read',
    );
  });

  test.each([
    ['encrypted', true, 'k', 'kms'],
    ['not encrypted', false, null, 'none'],
    ['encrypted by a key that is not named', true, null, 'unknown'],
    ['not answered', null, null, 'unknown'],
  ])('encryption: %s', (_what, encrypted, kmsKeyId, state) => {
    expect(fileSystemEncryption({ encrypted, kmsKeyId }).state).toBe(state);
  });
});

test('a log group names its key, or AWS owns it', () => {
  expect(logGroupEncryption('k')).toEqual({ state: 'kms', key: 'k' });
  expect(logGroupEncryption(null)).toEqual({ state: 'aws_owned', key: null });
});
