import { describe, expect, test } from 'vitest';
import { known } from '../../../src/aws/fact.ts';
import type { Fix } from '../../../src/posture/fix/fix.ts';
import { fixOfResource } from '../../../src/posture/fix/of-resource.ts';
import type { ResourceSharing } from '../../../src/posture/resource/resource-facts.ts';
import type { ResourceRules } from '../../../src/posture/resource/rules.ts';
import { resourcePosture, resourceVerdict } from '../../../src/posture/resource/verdict.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { dynamoDbRules } from '../../../src/services/dynamodb/rules.ts';
import { ebsSnapshotRules } from '../../../src/services/ebs/rules.ts';
import { snsRules } from '../../../src/services/sns/rules.ts';
import { sqsRules } from '../../../src/services/sqs/rules.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  decrypt,
  keyWith,
  organization,
  policyOf,
  root,
  vendor,
} from '../cross-account/cast.ts';
import { allow } from '../resource/judge.ts';

const scope = { accountId: data, accountName: 'data', region: 'eu-west-1', partition: 'aws' };
const queue = `arn:aws:sqs:eu-west-1:${data}:orders`;
const topic = `arn:aws:sns:eu-west-1:${data}:news`;
const table = `arn:aws:dynamodb:eu-west-1:${data}:table/orders`;
const snapshot = `arn:aws:ec2:eu-west-1:${data}:snapshot/snap-1`;

function fixesOf(
  rules: ResourceRules,
  resourceType: string,
  arn: string,
  sharing: ResourceSharing,
  resolved: ResolvedKey,
): readonly Fix[] | null {
  const encryption = known({ state: 'kms', key: null } as const);
  const facts = { scope, resourceType, arn, encryption, sharing: known(sharing) };
  const posture = resourcePosture(facts, rules, organization);
  const keys = { resolved, associated: [], further: [] };
  return fixOfResource(posture, resourceVerdict(posture, keys), keys);
}

const byPolicy = (arn: string, action: string): ResourceSharing => ({
  by: 'policy',
  policy: policyOf(allow(arn, action, root(compute))),
});
const statements = (fixes: readonly Fix[] | null, purpose: Fix['purpose'] = 'unlock') =>
  fixes
    ?.filter((fix) => fix.purpose === purpose)
    .flatMap(({ steps }) => steps.map(({ statement }) => statement));

describe('the least statement, tied to the resource', () => {
  test.each<[string, ResourceRules, string, string, string, object]>([
    [
      'a queue',
      sqsRules,
      'queue',
      queue,
      'sqs:ReceiveMessage',
      { 'kms:EncryptionContext:aws:sqs:arn': queue },
    ],
    [
      'a table: its name and its account',
      dynamoDbRules,
      'table',
      table,
      'dynamodb:GetItem',
      {
        'kms:EncryptionContext:aws:dynamodb:tableName': 'orders',
        'kms:EncryptionContext:aws:dynamodb:subscriberId': data,
      },
    ],
  ])('%s', (_what, rules, type, arn, action, context) => {
    const fixes = fixesOf(rules, type, arn, byPolicy(arn, action), customerKey());
    expect(statements(fixes)).toMatchObject([
      {
        Principal: { AWS: root(compute) },
        Condition: {
          StringEquals: { 'kms:ViaService': `${rules.viaService}.eu-west-1.amazonaws.com`, ...context },
        },
      },
    ]);
    const key = keyWith(...(statements(fixes) as object[] as Record<string, unknown>[]));
    expect(fixesOf(rules, type, arn, byPolicy(arn, action), key)).toBeNull();
    // Another one under the same key is as it was.
    const other = `${arn}-archive`;
    const beside = fixesOf(rules, type, other, byPolicy(other, action), key);
    expect(statements(beside)).toHaveLength(1);
  });

  test('sending and receiving: the actions of both', () => {
    const sharing: ResourceSharing = {
      by: 'policy',
      policy: policyOf(allow(queue, ['sqs:SendMessage', 'sqs:ReceiveMessage'], root(compute))),
    };
    expect(statements(fixesOf(sqsRules, 'queue', queue, sharing, customerKey()))).toMatchObject([
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'] },
    ]);
  });
});

test('no encryption context that tells the resource: no statement, and why', () => {
  const sharing = { by: 'accounts', accountIds: [compute, vendor], everybody: false } as const;
  const fixes = fixesOf(ebsSnapshotRules, 'snapshot', snapshot, sharing, customerKey());
  expect(statements(fixes)).toEqual([null]);
  expect(fixes?.[0]?.steps[0]?.why).toContain('AWS documents no encryption context');
  expect(fixes?.at(-1)).toMatchObject({
    purpose: 'take_away',
    steps: [
      {
        kind: 'remove_from_list',
        command: `aws ec2 modify-snapshot-attribute --region eu-west-1 --snapshot-id snap-1 --attribute createVolumePermission --operation-type remove --user-ids ${compute} ${vendor}`,
      },
    ],
  });
});

test('an account that is on the list beside everybody: to take it off does not end that it is let in', () => {
  const sharing = { by: 'accounts', accountIds: [compute], everybody: true } as const;
  const toOthers = { StringNotEquals: { 'aws:PrincipalAccount': compute } };
  const key = keyWith({ ...decrypt('*', toOthers), Action: 'kms:*' });
  const fixes = fixesOf(ebsSnapshotRules, 'snapshot', snapshot, sharing, key);
  expect(fixes?.at(-1)).toMatchObject({
    for: [`account ${compute}`],
    purpose: 'take_away',
    steps: [{ kind: 'remove_from_list', statement: null, command: null }],
  });
  expect(fixes?.at(-1)?.steps[0]?.why).toContain('as part of a wider entry, too');
});

test.each<[string, ResourceRules, string, string, ResourceSharing, string]>([
  [
    'a queue',
    sqsRules,
    'queue',
    queue,
    byPolicy(queue, 'sqs:ReceiveMessage'),
    `aws sqs set-queue-attributes --region eu-west-1 --queue-url "$(aws sqs get-queue-url --region eu-west-1 --queue-name orders --query QueueUrl --output text)" --attributes KmsMasterKeyId="$KEY_ARN"`,
  ],
  [
    'a topic',
    snsRules,
    'topic',
    topic,
    byPolicy(topic, 'sns:Publish'),
    `aws sns set-topic-attributes --region eu-west-1 --topic-arn ${topic} --attribute-name KmsMasterKeyId --attribute-value "$KEY_ARN"`,
  ],
  [
    'a snapshot is copied',
    ebsSnapshotRules,
    'snapshot',
    snapshot,
    { by: 'accounts', accountIds: [compute], everybody: false },
    'aws ec2 copy-snapshot --region eu-west-1 --source-region eu-west-1 --source-snapshot-id snap-1 --encrypted --kms-key-id "$KEY_ARN"',
  ],
])('under an AWS managed key another takes its place: %s', (_what, rules, type, arn, sharing, command) => {
  const fixes = fixesOf(rules, type, arn, sharing, awsManagedKey());
  expect(fixes?.[0]?.steps.at(-1)?.command).toBe(command);
});

test('a statement of the policy goes where the share is not wanted', () => {
  const fixes = fixesOf(sqsRules, 'queue', queue, byPolicy(queue, 'sqs:ReceiveMessage'), customerKey());
  expect(statements(fixes, 'take_away')).toEqual([{ index: 0, sid: null }]);
});

test('a service that is let in for all needs no statement for some besides', () => {
  const byName = { StringEqualsIgnoreCase: { 'aws:PrincipalServiceName': 'sns.amazonaws.com' } };
  const sharing = { by: 'policy', policy: policyOf(allow(table, 'dynamodb:*', '*', byName)) } as const;
  const fixes = fixesOf(dynamoDbRules, 'table', table, sharing, customerKey());
  expect(statements(fixes)).toHaveLength(1);
  expect(JSON.stringify(statements(fixes))).not.toContain('aws:SourceAccount');
});
