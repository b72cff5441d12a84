import { describe, expect, test } from 'vitest';
import { actionsOf } from '../../src/posture/policy/action.ts';
import { allOperations } from '../../src/posture/resource/rest.ts';
import type { ResourceRules } from '../../src/posture/resource/rules.ts';
import type { ResolvedKey } from '../../src/posture/resource-key.ts';
import { sorts } from '../../src/services/catalogue.ts';
import { dynamoDbRules } from '../../src/services/dynamodb/rules.ts';
import { ecrRules } from '../../src/services/ecr/rules.ts';
import { efsRules } from '../../src/services/efs/rules.ts';
import { lambdaRules } from '../../src/services/lambda/rules.ts';
import { secretsManagerRules } from '../../src/services/secrets-manager/rules.ts';
import { snsRules } from '../../src/services/sns/rules.ts';
import { sqsRules } from '../../src/services/sqs/rules.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  keyWith,
  region,
  root,
  type Statement,
} from '../posture/cross-account/cast.ts';
import { allow, type Judgement, judge } from '../posture/resource/judge.ts';

const arns = {
  topic: `arn:aws:sns:${region}:${data}:events`,
  queue: `arn:aws:sqs:${region}:${data}:orders`,
  function: `arn:aws:lambda:${region}:${data}:function:bill`,
  secret: `arn:aws:secretsmanager:${region}:${data}:secret:db-AbCdEf`,
  table: `arn:aws:dynamodb:${region}:${data}:table/orders`,
  repository: `arn:aws:ecr:${region}:${data}:repository/app`,
  fileSystem: `arn:aws:elasticfilesystem:${region}:${data}:file-system/fs-1`,
};
const own = { StringEquals: { 'aws:PrincipalAccount': data } };
const disabled = customerKey({ metadata: { keyState: 'Disabled' } });
const letIn = (arn: string, ...actions: string[]): Statement => allow(arn, actions, root(compute));
const topicFor = (principal: string) => allow(arns.topic, 'sns:Subscribe', principal);

type Case = [
  what: string,
  rules: ResourceRules,
  arn: string,
  statement: Statement,
  key: ResolvedKey,
  expected: Partial<Judgement>,
];

describe('whoever is let in to anything is shared with, and blocked only where the key is needed', () => {
  test.each<Case>([
    [
      'anyone may subscribe to a topic under aws/sns: SNS decrypts before it delivers',
      snsRules,
      arns.topic,
      topicFor('*'),
      awsManagedKey(),
      {
        use: 'possible',
        read: 'possible',
        write: 'not_shared',
        anyone: true,
        blockedAnyone: false,
        judged: ['subscribe'],
        access: ['read'],
      },
    ],
    [
      'a subscriber under a key that admits nobody',
      snsRules,
      arns.topic,
      topicFor(root(compute)),
      customerKey(),
      { use: 'possible', shared: [compute], blockedAccounts: [] },
    ],
    [
      'a topic whose key is disabled delivers nothing',
      snsRules,
      arns.topic,
      topicFor(root(compute)),
      disabled,
      { use: 'blocked_by_key_state', shared: [compute] },
    ],
    [
      'a subscriber that publishes too is locked out of publishing only',
      snsRules,
      arns.topic,
      letIn(arns.topic, 'sns:Subscribe', 'sns:Publish'),
      awsManagedKey(),
      { use: 'partly_blocked', read: 'possible', write: 'blocked_by_aws_managed_key' },
    ],
    [
      'a topic that may be administered',
      snsRules,
      arns.topic,
      letIn(arns.topic, 'sns:SetTopicAttributes'),
      awsManagedKey(),
      { use: 'no_kms_barrier', shared: [compute], judged: ['manage'], access: ['administer'] },
    ],
    ...['PurgeQueue', 'DeleteMessage', 'ChangeMessageVisibility'].map(
      (action): Case => [
        `sqs:${action} needs no key`,
        sqsRules,
        arns.queue,
        letIn(arns.queue, `sqs:${action}`),
        awsManagedKey(),
        { use: 'no_kms_barrier', shared: [compute], judged: ['delete'], read: 'not_shared' },
      ],
    ),
    [
      'a consumer that deletes what it cannot receive is locked out',
      sqsRules,
      arns.queue,
      letIn(arns.queue, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'),
      awsManagedKey(),
      { use: 'blocked_by_aws_managed_key', judged: ['receive'], access: ['read', 'read_metadata', 'write'] },
    ],
    [
      'what SQS honours for its own account only',
      sqsRules,
      arns.queue,
      letIn(arns.queue, 'sqs:SetQueueAttributes'),
      awsManagedKey(),
      { use: 'not_shared', shared: [], access: [] },
    ],
    [
      'GetFunction: the code without the key, environment variables not',
      lambdaRules,
      arns.function,
      letIn(arns.function, 'lambda:GetFunction'),
      customerKey(),
      {
        use: 'partly_blocked',
        shared: [compute],
        blockedAccounts: [compute],
        judged: ['read the code', 'read environment variables'],
      },
    ],
    [
      'GetFunction: environment variables too, where the key admits the caller',
      lambdaRules,
      arns.function,
      letIn(arns.function, 'lambda:GetFunction'),
      keyWith(decrypt(root(compute))),
      { use: 'possible', readableAccounts: [compute] },
    ],
    [
      'a function that may be changed',
      lambdaRules,
      arns.function,
      letIn(arns.function, 'lambda:UpdateFunctionCode'),
      customerKey(),
      { use: 'no_kms_barrier', shared: [compute], judged: ['manage'] },
    ],
    [
      'DescribeSecret',
      secretsManagerRules,
      arns.secret,
      letIn('*', 'secretsmanager:DescribeSecret'),
      awsManagedKey(),
      { use: 'no_kms_barrier', shared: [compute], access: ['read_metadata'] },
    ],
    [
      'DescribeSecret beside a value that is locked',
      secretsManagerRules,
      arns.secret,
      letIn('*', 'secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'),
      awsManagedKey(),
      { use: 'blocked_by_aws_managed_key', judged: ['read'] },
    ],
    [
      'PutResourcePolicy',
      secretsManagerRules,
      arns.secret,
      letIn('*', 'secretsmanager:PutResourcePolicy'),
      awsManagedKey(),
      { use: 'no_kms_barrier', shared: [compute], access: ['administer'] },
    ],
    [
      'DescribeTable',
      dynamoDbRules,
      arns.table,
      letIn(arns.table, 'dynamodb:DescribeTable'),
      awsManagedKey(),
      { use: 'no_kms_barrier', shared: [compute] },
    ],
    [
      'ListImages',
      ecrRules,
      arns.repository,
      letIn('*', 'ecr:ListImages'),
      awsManagedKey(),
      { use: 'no_kms_barrier', shared: [compute], access: ['list'] },
    ],
    [
      'DescribeFileSystems',
      efsRules,
      arns.fileSystem,
      letIn(arns.fileSystem, 'elasticfilesystem:DescribeFileSystems'),
      customerKey(),
      { use: 'no_kms_barrier', shared: [compute] },
    ],
    [
      'the own account under a condition is nobody else',
      snsRules,
      arns.topic,
      { ...topicFor('*'), Condition: own },
      awsManagedKey(),
      { use: 'not_shared', shared: [], anyone: false },
    ],
  ])('%s', (_what, rules, arn, statement, key, expected) => {
    const judged = judge(rules, arn, [statement], key);
    expect(judged).toMatchObject(expected);
    expect(judged.explanation.includes('no other account is let in')).toBe(expected.use === 'not_shared');
  });
});

test('the explanation names what they are let in to, and who needs the key', () => {
  const text = judge(
    snsRules,
    arns.topic,
    [letIn(arns.topic, 'sns:Subscribe'), allow(arns.topic, 'sns:GetTopicAttributes', '*')],
    awsManagedKey(),
  ).explanation;
  expect(text).toContain(`account ${compute} can subscribe: sns uses the key by its own permission`);
  expect(text).toContain('anyone meets no KMS barrier and can describe (sns:GetTopicAttributes) where');
});

describe.each(sorts.map((rules) => [`${rules.service} ${Object.keys(rules.calls).join()}`, rules] as const))(
  '%s',
  (_name, rules) => {
    const catalog = actionsOf(rules.grammar);

    test('every action that serves other accounts belongs to a judged operation', () => {
      const all = allOperations(rules).flatMap(({ actions }) => actions?.flat() ?? []);
      const judged = all.reduce((set, name) => set | catalog.named(name), 0n);
      expect(catalog.list(catalog.effective & catalog.acrossAccounts & ~judged)).toEqual([]);
    });

    test('what reads or writes data is not left to the rest, which needs no key', () => {
      const named = rules.operations.flatMap(({ actions }) => actions?.flat() ?? []);
      const left = catalog.list(
        catalog.acrossAccounts & ~named.reduce((set, name) => set | catalog.named(name), 0n),
      );
      const ofData = left.filter((name) =>
        ['read', 'write'].includes(catalog.access(catalog.named(name))[0] ?? ''),
      );
      // Root on a file system that cannot be mounted without ClientMount.
      expect(ofData.filter((name) => name !== 'elasticfilesystem:ClientRootAccess')).toEqual([]);
    });
  },
);
