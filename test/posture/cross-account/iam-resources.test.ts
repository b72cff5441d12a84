import { expect, test } from 'vitest';
import { known } from '../../../src/aws/fact.ts';
import type { EntityUse } from '../../../src/posture/cross-account/use.ts';
import type { Identity } from '../../../src/posture/iam/account-iam.ts';
import { resourceExplanation } from '../../../src/posture/resource/explanation.ts';
import type { ResourceSharing } from '../../../src/posture/resource/resource-facts.ts';
import type { ResourceRules } from '../../../src/posture/resource/rules.ts';
import { resourcePosture, resourceVerdict } from '../../../src/posture/resource/verdict.ts';
import { ebsSnapshotRules } from '../../../src/services/ebs/rules.ts';
import { ecrRules } from '../../../src/services/ecr/rules.ts';
import { redshiftSnapshotRules } from '../../../src/services/redshift/rules.ts';
import { secretsManagerRules } from '../../../src/services/secrets-manager/rules.ts';
import { snsRules } from '../../../src/services/sns/rules.ts';
import { sqsRules } from '../../../src/services/sqs/rules.ts';
import { allow, identity } from '../iam/iam.ts';
import { denyAction, type Given, organizationWith } from '../organization-policies/organization.ts';
import { allow as lets } from '../resource/judge.ts';
import { oneKey } from '../resource/one-key.ts';
import { compute, data, keyWith, noPolicies, organization, policyOf, region, root } from './cast.ts';
import { analytics, iamBy, told } from './iam-case.ts';

const arns = {
  queue: `arn:aws:sqs:${region}:${data}:orders`,
  topic: `arn:aws:sns:${region}:${data}:orders`,
  secret: `arn:aws:secretsmanager:${region}:${data}:secret:orders-AbCdEf`,
  repository: `arn:aws:ecr:${region}:${data}:repository/orders`,
  snapshot: `arn:aws:ec2:${region}:${data}:snapshot/snap-1`,
} as const;

interface Case {
  readonly rules: ResourceRules;
  readonly arn: string;
  /** What the policy lets the account `compute` do; default: a list of accounts shares it with that one. */
  readonly lets?: string | readonly string[];
  readonly iam: readonly Identity[];
  readonly policies?: Given;
  /** Operation → verdict on the account, and who of it can. */
  readonly expected: Readonly<Record<string, readonly [use: EntityUse, ...who: readonly string[]]>>;
  readonly says?: string;
}

function judge({ rules, arn, lets: actions, iam, policies }: Case) {
  const sharing: ResourceSharing =
    actions === undefined
      ? { by: 'accounts', accountIds: [compute], everybody: false }
      : { by: 'policy', policy: policyOf(lets(arn, actions, root(compute))) };
  const posture = resourcePosture(
    {
      scope: { accountId: data, accountName: 'data', region, partition: 'aws' },
      resourceType: 'resource',
      arn,
      encryption: known({ state: 'kms', key: null }),
      sharing: known(sharing),
    },
    rules,
    policies === undefined ? organization : organizationWith(policies),
  );
  const key = keyWith(allow('kms:*', { Principal: { AWS: root(compute) } }));
  const verdict = resourceVerdict(posture, oneKey(key), iamBy(iam));
  const uses = verdict.operations.flatMap(({ operation, entities }) =>
    entities.map((entity) => {
      const { use, who } = told(entity);
      return [operation.name, [use, ...(who ?? ['nobody asked'])]] as const;
    }),
  );
  return {
    uses: Object.fromEntries(uses),
    explanation: resourceExplanation(posture, verdict, oneKey(key), noPolicies),
  };
}

const queue = { rules: sqsRules, arn: arns.queue };
const topic = { rules: snsRules, arn: arns.topic };
const secret = { rules: secretsManagerRules, arn: arns.secret };
const repository = { rules: ecrRules, arn: arns.repository };
const snapshot = { rules: ebsSnapshotRules, arn: arns.snapshot };
const ofKey = allow('kms:*');

const cases: Readonly<Record<string, Case>> = {
  'a snapshot of Redshift whose readers have a call of the other service alone': {
    rules: redshiftSnapshotRules,
    arn: `arn:aws:redshift:${region}:${data}:snapshot:orders/daily`,
    iam: [analytics(allow('redshift-serverless:RestoreFromSnapshot'), ofKey)],
    expected: { restore: ['possible', 'nobody asked'] },
    says: 'one of the calls that restore it is not asked',
  },
  'a queue that a role may receive from, and not send to': {
    ...queue,
    lets: 'sqs:*',
    iam: [analytics(allow('sqs:ReceiveMessage', { Resource: arns.queue }), ofKey)],
    expected: { send: ['blocked_by_iam'], receive: ['possible', 'role/analytics'] },
    says: `account ${compute} cannot send, because of its IAM: no user or role may sqs:SendMessage`,
  },
  'sending needs both actions of the key': {
    ...queue,
    lets: 'sqs:SendMessage',
    iam: [analytics(allow('sqs:*'), allow('kms:Decrypt'))],
    expected: { send: ['blocked_by_iam'] },
    says: '1 role may sqs:SendMessage, none kms:GenerateDataKey and kms:Decrypt',
  },
  'by two roles, each with a half': {
    ...queue,
    lets: 'sqs:ReceiveMessage',
    iam: [analytics(allow('sqs:*')), identity(compute, { name: 'crypto', says: [ofKey] })],
    expected: { receive: ['blocked_by_iam'] },
    says: '1 role may sqs:ReceiveMessage, none kms:Decrypt',
  },
  'a role that may only delete messages': {
    ...queue,
    lets: ['sqs:DeleteMessage'],
    iam: [analytics(allow('sqs:ReceiveMessage'))],
    expected: { delete: ['blocked_by_iam'] },
  },
  'a topic: subscribing needs no key': {
    ...topic,
    lets: ['sns:Publish', 'sns:Subscribe'],
    iam: [analytics(allow('sns:*'))],
    expected: { publish: ['blocked_by_iam'], subscribe: ['possible', 'role/analytics'] },
    says: 'can subscribe, where IAM allows it to role/analytics: sns uses the key by its own permission',
  },
  'a secret, by the pattern of its ARN': {
    ...secret,
    lets: 'secretsmanager:GetSecretValue',
    iam: [
      analytics(
        allow('secretsmanager:GetSecretValue', { Resource: `${arns.secret.slice(0, -6)}??????` }),
        ofKey,
      ),
    ],
    expected: { read: ['possible', 'role/analytics'] },
  },
  'a secret and a role without the key': {
    ...secret,
    lets: 'secretsmanager:GetSecretValue',
    iam: [analytics(allow('secretsmanager:*'))],
    expected: { read: ['blocked_by_iam'] },
    says: '1 role may secretsmanager:GetSecretValue, none kms:Decrypt',
  },
  'pulling needs all of its actions': {
    ...repository,
    lets: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    iam: [
      analytics(allow('ecr:BatchGetImage')),
      identity(compute, { name: 'ci', says: [allow('ecr:Get*')] }),
    ],
    expected: { pull: ['blocked_by_iam'] },
    says: 'no user or role may ecr:BatchGetImage and ecr:GetDownloadUrlForLayer',
  },
  'and one principal with all of them can': {
    ...repository,
    lets: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    iam: [analytics(allow('ecr:BatchGetImage'), allow('ecr:Get*'))],
    expected: { pull: ['possible', 'role/analytics'] },
  },
  'a snapshot that is shared by a list': {
    ...snapshot,
    iam: [analytics(allow('ec2:CopySnapshot'), ofKey)],
    expected: { copy: ['possible', 'role/analytics'] },
  },
  'nobody may call for it': {
    ...snapshot,
    iam: [analytics(allow('ec2:Describe*'), ofKey)],
    expected: { copy: ['blocked_by_iam'] },
    says: 'no user or role may ec2:CopySnapshot or ec2:CreateVolume or ec2:RunInstances',
  },
  'nobody has the key': {
    ...snapshot,
    iam: [analytics(allow('ec2:*'), allow('kms:Decrypt'))],
    expected: { copy: ['blocked_by_iam'] },
    says: '1 role may ec2:CopySnapshot or ec2:CreateVolume or ec2:RunInstances, none kms:DescribeKey and kms:CreateGrant',
  },
  'a call on some ARNs of the service leaves it open': {
    ...snapshot,
    iam: [analytics(allow('ec2:CopySnapshot', { Resource: `arn:aws:ec2:${region}::snapshot/*` }), ofKey)],
    expected: { copy: ['unknown'] },
  },
  'what IAM allows, a service control policy denies': {
    ...snapshot,
    policies: { scp: { [compute]: { Guard: [denyAction('ec2:CopySnapshot')] } } },
    iam: [analytics(allow('ec2:CopySnapshot'), ofKey)],
    expected: { copy: ['blocked_by_iam'] },
  },
  'and the other way round': {
    ...snapshot,
    policies: { scp: { [compute]: { Guard: [denyAction('ec2:CopySnapshot')] } } },
    iam: [analytics(allow('ec2:CreateVolume'), ofKey)],
    expected: { copy: ['possible', 'role/analytics'] },
  },
};

test.each(Object.entries(cases))('%s', (_, given) => {
  const { uses, explanation } = judge(given);
  expect(uses).toEqual(given.expected);
  expect(explanation).toContain(given.says ?? '');
});
