import { describe, expect, test } from 'vitest';
import { known, unread } from '../../../src/aws/fact.ts';
import { type EntityLists, entityLists } from '../../../src/posture/cross-account/entity-lists.ts';
import type { CrossAccountUse } from '../../../src/posture/cross-account/use.ts';
import { resourceExplanation } from '../../../src/posture/resource/explanation.ts';
import type { ResourceRules } from '../../../src/posture/resource/rules.ts';
import { resourcePosture, resourceVerdict } from '../../../src/posture/resource/verdict.ts';
import { type ResolvedKey, withoutKey } from '../../../src/posture/resource-key.ts';
import { snsRules, topicEncryption } from '../../../src/services/sns/rules.ts';
import { queueEncryption, sqsRules } from '../../../src/services/sqs/rules.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  denied,
  noPolicies,
  organization,
  policyOf,
  region,
  role,
  root,
  type Statement,
} from '../cross-account/cast.ts';
import { oneKey } from './one-key.ts';

const arns = {
  sqs: `arn:aws:sqs:${region}:${data}:orders`,
  sns: `arn:aws:sns:${region}:${data}:events`,
};

function judge(rules: ResourceRules, policy: string | null | 'unread', key: ResolvedKey) {
  const facts = {
    scope: { accountId: data, accountName: 'data', region, partition: 'aws' },
    resourceType: 'queue',
    arn: rules.service === 'sqs' ? arns.sqs : arns.sns,
    encryption: known({ state: 'kms', key: null } as const),
    sharing:
      policy === 'unread'
        ? unread(denied('sqs:GetQueueAttributes'))
        : known({ by: 'policy', policy } as const),
  };
  const verdict = resourceVerdict(resourcePosture(facts, rules, organization), oneKey(key));
  return {
    use: verdict.use,
    judged: verdict.operations.map(({ operation }) => operation.name),
    ...entityLists(verdict.entities, policy !== 'unread'),
  };
}

type Case = [
  what: string,
  policy: readonly Statement[] | null | 'unread',
  key: ResolvedKey,
  expected: { use: CrossAccountUse; judged?: readonly string[] } & Partial<EntityLists>,
];

const allow = (arn: string, action: string, principal: unknown): Statement => ({
  Effect: 'Allow',
  Principal: typeof principal === 'string' ? { AWS: principal } : principal,
  Action: action,
  Resource: arn,
});
const viaSqs = { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } };
const viaS3 = { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } };
const only = (action: string): Statement => ({ ...decrypt(root(compute)), Action: action });

describe('a queue', () => {
  const { sqs: arn } = arns;
  const send = [allow(arn, 'sqs:SendMessage', root(compute))];
  const receive = [allow(arn, 'SQS:ReceiveMessage', root(compute))];
  const topicSends = [allow(arn, 'sqs:SendMessage', { Service: 'sns.amazonaws.com' })];

  test.each<Case>([
    ['no policy', null, awsManagedKey(), { use: 'not_shared', judged: [] }],
    [
      'any service, as the policy writes it',
      [allow(arn, 'sqs:SendMessage', { Service: '*' })],
      customerKey(),
      { use: 'not_shared', judged: ['send'], blockedServices: ['Service:*'] },
    ],
    [
      'aws/sqs',
      send,
      awsManagedKey(),
      { use: 'blocked_by_aws_managed_key', blockedAccounts: [compute], judged: ['send'] },
    ],
    ['SSE-SQS', send, withoutKey('aws_owned'), { use: 'no_kms_barrier', readableAccounts: [compute] }],
    [
      'a role of the own account is nobody beyond it',
      [allow(arn, 'sqs:SendMessage', role(data))],
      customerKey(),
      { use: 'not_shared', judged: [], blockedAccounts: [], blockedServices: [] },
    ],
    [
      'a key that admits the account',
      send,
      customerKey({ statements: [decrypt(root(compute))] }),
      { use: 'possible', readableAccounts: [compute] },
    ],
    [
      'a key that admits it through SQS',
      send,
      customerKey({ statements: [decrypt(root(compute), viaSqs)] }),
      { use: 'possible' },
    ],
    [
      'a key that admits it through S3',
      send,
      customerKey({ statements: [decrypt(root(compute), viaS3)] }),
      { use: 'blocked_by_key_policy' },
    ],
    [
      "a key that admits it for this queue's context",
      send,
      customerKey({
        statements: [decrypt(root(compute), { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': arn } })],
      }),
      { use: 'possible' },
    ],
    [
      'sending needs GenerateDataKey too',
      send,
      customerKey({ statements: [only('kms:Decrypt')] }),
      { use: 'blocked_by_key_policy' },
    ],
    [
      'sending needs Decrypt too',
      send,
      customerKey({ statements: [only('kms:GenerateDataKey')] }),
      { use: 'blocked_by_key_policy' },
    ],
    [
      'each in a statement of its own, for the same principal',
      send,
      customerKey({ statements: [only('kms:Decrypt'), only('kms:GenerateDataKey')] }),
      { use: 'possible' },
    ],
    [
      'each for another role: no principal has both',
      send,
      customerKey({
        statements: [
          { ...decrypt(role(compute, 'a')), Action: 'kms:Decrypt' },
          { ...decrypt(role(compute, 'b')), Action: 'kms:GenerateDataKey' },
        ],
      }),
      { use: 'blocked_by_key_policy' },
    ],
    [
      'one of the two under a condition',
      send,
      customerKey({
        statements: [
          only('kms:Decrypt'),
          { ...only('kms:GenerateDataKey'), Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
        ],
      }),
      { use: 'unknown' },
    ],
    [
      'receiving needs Decrypt only',
      receive,
      customerKey({ statements: [only('kms:Decrypt')] }),
      { use: 'possible', judged: ['receive'] },
    ],
    [
      'may receive, cannot send',
      [...send, ...receive],
      customerKey({ statements: [only('kms:Decrypt')] }),
      {
        use: 'partly_blocked',
        judged: ['send', 'receive'],
        blockedAccounts: [compute],
        readableAccounts: [],
      },
    ],
    [
      'a disabled key',
      receive,
      customerKey({ metadata: { keyState: 'Disabled' }, statements: [decrypt(root(compute))] }),
      { use: 'blocked_by_key_state' },
    ],
    [
      'a topic that sends, aws/sqs',
      topicSends,
      awsManagedKey(),
      { use: 'not_shared', blockedServices: ['sns.amazonaws.com'] },
    ],
    [
      'a topic that sends, a key that admits SNS',
      topicSends,
      customerKey({ statements: [decrypt({ Service: 'sns.amazonaws.com' })] }),
      { use: 'not_shared', blockedServices: [] },
    ],
    [
      'metadata only: let in, and no key is needed',
      [allow(arn, 'sqs:GetQueueUrl', root(compute))],
      awsManagedKey(),
      { use: 'no_kms_barrier', judged: ['describe'], readableAccounts: [compute] },
    ],
    ['policy denied', 'unread', awsManagedKey(), { use: 'unknown' }],
  ])('%s', (_what, policy, key, expected) => {
    const text = policy === null || policy === 'unread' ? policy : policyOf(...policy);
    expect(judge(sqsRules, text, key)).toMatchObject(expected);
  });

  test.each([
    ['KMS', { kmsMasterKeyId: 'alias/aws/sqs', sqsManagedSseEnabled: false }, 'kms'],
    ['SSE-SQS', { kmsMasterKeyId: null, sqsManagedSseEnabled: true }, 'aws_owned'],
    ['none', { kmsMasterKeyId: null, sqsManagedSseEnabled: false }, 'none'],
    ['not said', { kmsMasterKeyId: null, sqsManagedSseEnabled: null }, 'unknown'],
  ])('encryption: %s', (_what, attributes, state) => {
    expect(queueEncryption({ arn, policy: null, ...attributes }).state).toBe(state);
  });
});

describe('a topic', () => {
  const { sns: arn } = arns;
  const publish = [allow(arn, 'SNS:Publish', role(compute))];

  test.each<Case>([
    [
      'aws/sns',
      publish,
      awsManagedKey(),
      { use: 'blocked_by_aws_managed_key', blockedAccounts: [compute], judged: ['publish'] },
    ],
    ['no key', publish, withoutKey(null), { use: 'no_kms_barrier', readableAccounts: [compute] }],
    [
      'a key that admits the role',
      publish,
      customerKey({ statements: [decrypt(role(compute))] }),
      { use: 'possible' },
    ],
    [
      'a key that admits another role',
      publish,
      customerKey({ statements: [decrypt(role(compute, 'etl'))] }),
      { use: 'blocked_by_key_policy' },
    ],
    [
      'subscribing needs no key of the subscriber',
      [allow(arn, 'SNS:Subscribe', root(compute))],
      awsManagedKey(),
      { use: 'possible', judged: ['subscribe'], readableAccounts: [compute] },
    ],
    [
      'events that publish, a key that does not admit them',
      [allow(arn, 'SNS:Publish', { Service: 'events.amazonaws.com' })],
      customerKey(),
      { use: 'not_shared', blockedServices: ['events.amazonaws.com'] },
    ],
    [
      'the default policy is for the own account',
      [{ ...allow(arn, 'SNS:Publish', '*'), Condition: { StringEquals: { 'AWS:SourceOwner': data } } }],
      awsManagedKey(),
      { use: 'not_shared' },
    ],
  ])('%s', (_what, policy, key, expected) => {
    expect(judge(snsRules, Array.isArray(policy) ? policyOf(...policy) : null, key)).toMatchObject(expected);
  });

  test.each([
    ['KMS', 'alias/aws/sns', 'kms'],
    ['none', null, 'none'],
  ])('encryption: %s', (_what, kmsMasterKeyId, state) => {
    expect(topicEncryption({ kmsMasterKeyId, policy: null }).state).toBe(state);
  });
});

test('the explanation says which operation fails and which does not', () => {
  const { sqs: arn } = arns;
  const policy = policyOf(
    allow(arn, 'sqs:SendMessage', root(compute)),
    allow(arn, 'sqs:ReceiveMessage', root(compute)),
  );
  const facts = {
    scope: { accountId: data, accountName: 'data', region, partition: 'aws' },
    resourceType: 'queue',
    arn,
    encryption: known({ state: 'kms', key: 'alias/orders' } as const),
    sharing: known({ by: 'policy', policy } as const),
  };
  const key = customerKey({ statements: [only('kms:Decrypt')] });
  const posture = resourcePosture(facts, sqsRules, organization);
  expect(resourceExplanation(posture, resourceVerdict(posture, oneKey(key)), oneKey(key), noPolicies)).toBe(
    `queue ${arn}, encrypted with the KMS key alias/orders (arn:aws:kms:${region}:${data}:key/k): ` +
      `account ${compute} cannot send, because neither the key policy nor a grant admits a principal that is let in to it, for kms:GenerateDataKey and kms:Decrypt, ` +
      `and account ${compute} can receive where IAM there allows it`,
  );
});
