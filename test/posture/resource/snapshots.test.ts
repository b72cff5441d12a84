import { describe, expect, test } from 'vitest';
import type { ResourceRules } from '../../../src/posture/resource/rules.ts';
import { type ResolvedKey, withoutKey } from '../../../src/posture/resource-key.ts';
import { blockEncryption, ebsSnapshotRules } from '../../../src/services/ebs/rules.ts';
import {
  databaseEncryption,
  rdsClusterSnapshotRules,
  rdsSnapshotRules,
} from '../../../src/services/rds/rules.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  goneKey,
  grantTo,
  keyWith,
  region,
  role,
  root,
  type Statement,
  unreachableKey,
  vendor,
} from '../cross-account/cast.ts';
import { type Judgement, judge, type Shared } from './judge.ts';

const arns = {
  ebs: `arn:aws:ec2:${region}:${data}:snapshot/snap-1`,
  rds: `arn:aws:rds:${region}:${data}:snapshot:orders`,
};
const shared = (...accountIds: string[]): Shared => ({ by: 'accounts', accountIds, everybody: false });
const everybody: Shared = { by: 'accounts', accountIds: [], everybody: true };

/** What the KMS console writes for another account: use of the key, and grants for AWS resources. */
const use = (principal: string, condition?: object): Statement => ({
  ...decrypt(principal, condition),
  Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
});
const attach = (principal: string, value = 'true'): Statement => ({
  ...decrypt(principal, { Bool: { 'kms:GrantIsForAWSResource': value } }),
  Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
});
const only = (principal: string, ...actions: string[]): Statement => ({
  ...decrypt(principal),
  Action: actions,
});
const via = (service: string) => ({
  StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
});

type Case = [what: string, shared: Shared, key: ResolvedKey, expected: Partial<Judgement>];

const ofBoth = (service: string): Case[] => [
  ['not shared', shared(), customerKey(), { use: 'not_shared', judged: [] }],
  ['sharing denied', 'unread', customerKey(), { use: 'unknown', blockedAccounts: null }],
  [
    'shared, its key is not: the twin of the bucket',
    shared(compute),
    customerKey(),
    { use: 'blocked_by_key_policy', blockedAccounts: [compute], judged: ['copy'] },
  ],
  [
    "shared, and its key by the console's two statements",
    shared(compute),
    keyWith(use(root(compute)), attach(root(compute))),
    { use: 'possible', readableAccounts: [compute] },
  ],
  [
    'the key admits it through the service',
    shared(compute),
    keyWith(use(root(compute), via(service)), attach(root(compute))),
    { use: 'possible' },
  ],
  [
    'the key admits it through another service',
    shared(compute),
    keyWith(use(root(compute), via('s3')), attach(root(compute))),
    { use: 'blocked_by_key_policy' },
  ],
  [
    'no grants may be created',
    shared(compute),
    keyWith(use(root(compute))),
    { use: 'blocked_by_key_policy' },
  ],
  [
    'grants may be created, but for no AWS resource',
    shared(compute),
    keyWith(use(root(compute)), attach(root(compute), 'false')),
    { use: 'blocked_by_key_policy' },
  ],
  [
    'use for one role, grants for another: nobody has both',
    shared(compute),
    keyWith(use(role(compute, 'a')), attach(role(compute, 'b'))),
    { use: 'blocked_by_key_policy' },
  ],
  [
    'both for one role of the account',
    shared(compute),
    keyWith(use(role(compute, 'a')), attach(root(compute))),
    { use: 'possible' },
  ],
  [
    'a grant that hands on',
    shared(compute),
    customerKey({
      grants: [
        grantTo(role(compute), {
          operations: [
            'Decrypt',
            'GenerateDataKey',
            'GenerateDataKeyWithoutPlaintext',
            'ReEncryptFrom',
            'CreateGrant',
            'DescribeKey',
          ],
        }),
      ],
    }),
    { use: 'possible' },
  ],
  [
    'two accounts, one of them admitted',
    shared(compute, vendor),
    keyWith(use(root(compute)), attach(root(compute))),
    { use: 'partly_blocked', readableAccounts: [compute], blockedAccounts: [vendor] },
  ],
  ['an account of its own in the list', shared(data), customerKey(), { use: 'not_shared' }],
  [
    'a disabled key',
    shared(compute),
    customerKey({
      metadata: { keyState: 'Disabled' },
      statements: [use(root(compute)), attach(root(compute))],
    }),
    { use: 'blocked_by_key_state' },
  ],
  ['a key that is gone', shared(compute), goneKey, { use: 'blocked_by_key_state' }],
  [
    'a key out of reach',
    shared(compute),
    unreachableKey,
    { use: 'unknown', unknownAccounts: [compute], blockedAccounts: [] },
  ],
  ['a key policy that was denied', shared(compute), customerKey({ policy: 'unread' }), { use: 'unknown' }],
  [
    'not encrypted',
    shared(compute),
    withoutKey(null),
    { use: 'no_kms_barrier', readableAccounts: [compute] },
  ],
  ['not encrypted and public', everybody, withoutKey(null), { use: 'no_kms_barrier', blockedAnyone: false }],
  [
    'shared all the same under an AWS managed key',
    shared(compute),
    awsManagedKey(),
    { use: 'blocked_by_aws_managed_key' },
  ],
];

describe.each<[string, ResourceRules, string, string]>([
  ['an EBS snapshot', ebsSnapshotRules, arns.ebs, 'ec2'],
  ['an RDS snapshot', rdsSnapshotRules, arns.rds, 'rds'],
  ['an Aurora snapshot', rdsClusterSnapshotRules, arns.rds, 'rds'],
])('%s', (_what, rules, arn, service) => {
  test.each(ofBoth(service))('%s', (_case, sharing, key, expected) => {
    expect(judge(rules, arn, sharing, key)).toMatchObject(expected);
  });

  test('under an AWS managed key cannot be shared, and the explanation says so', () => {
    expect(judge(rules, arn, shared(), awsManagedKey()).explanation).toContain(
      'AWS lets nobody share it while it is under the AWS managed key alias/aws/',
    );
  });
});

test('whoever copies an EBS snapshot needs the data itself, RDS copies by a grant to itself', () => {
  const grantsOnly = keyWith(only(root(compute), 'kms:CreateGrant', 'kms:DescribeKey'));
  expect(judge(ebsSnapshotRules, arns.ebs, shared(compute), grantsOnly).use).toBe('blocked_by_key_policy');
  expect(judge(rdsSnapshotRules, arns.rds, shared(compute), grantsOnly).use).toBe('possible');
});

test.each([
  ['encrypted', { encrypted: true, kmsKeyId: 'alias/aws/ebs' }, { state: 'kms', key: 'alias/aws/ebs' }],
  ['not encrypted', { encrypted: false, kmsKeyId: null }, { state: 'none', key: null }],
  [
    'encrypted by a key that is not named',
    { encrypted: true, kmsKeyId: null },
    { state: 'unknown', key: null },
  ],
])('EBS: %s', (_what, described, expected) => {
  expect(blockEncryption(described)).toEqual(expected);
});

test.each([
  ['sse-rds is a key that AWS owns', false, 'sse-rds', null, 'aws_owned'],
  ['sse-kms', true, 'sse-kms', 'k', 'kms'],
  ['sse-kms whose key is not named: the default', true, 'sse-kms', null, 'kms'],
  ['none', false, 'none', null, 'none'],
  ['an answer of later', true, 'sse-new', 'k', 'unknown'],
  ['before the type was answered: encrypted', true, null, 'k', 'kms'],
  ['before: encrypted, no key named', true, null, null, 'unknown'],
  ['before: not encrypted', false, null, null, 'none'],
  ['nothing answered', null, null, null, 'unknown'],
])('RDS: %s', (_what, encrypted, type, kmsKeyId, state) => {
  expect(databaseEncryption({ encrypted, type, kmsKeyId }).state).toBe(state);
});
