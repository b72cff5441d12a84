import { describe, expect, test } from 'vitest';
import { known } from '../../../src/aws/fact.ts';
import { entityText } from '../../../src/posture/cross-account/entity-text.ts';
import type { EntityUse } from '../../../src/posture/cross-account/use.ts';
import { policyIds, policyState } from '../../../src/posture/organization-policies/effect.ts';
import { resourceExplanation } from '../../../src/posture/resource/explanation.ts';
import type { ResourceSharing } from '../../../src/posture/resource/resource-facts.ts';
import type { ResourceRules } from '../../../src/posture/resource/rules.ts';
import { resourcePosture, resourceVerdict } from '../../../src/posture/resource/verdict.ts';
import { dynamoDbStreamRules } from '../../../src/services/dynamodb/rules.ts';
import { ebsSnapshotRules } from '../../../src/services/ebs/rules.ts';
import { lambdaRules } from '../../../src/services/lambda/rules.ts';
import { snsRules } from '../../../src/services/sns/rules.ts';
import { sqsRules } from '../../../src/services/sqs/rules.ts';
import {
  compute,
  data,
  decrypt,
  keyWith,
  noPolicies,
  policyOf,
  region,
  root,
  type Statement,
  vendor,
} from '../cross-account/cast.ts';
import { allow } from '../resource/judge.ts';
import { denyAction, denyEverybody, type Given, organizationWith, outsiders } from './organization.ts';

const arns = {
  queue: `arn:aws:sqs:${region}:${data}:orders`,
  topic: `arn:aws:sns:${region}:${data}:orders`,
  function: `arn:aws:lambda:${region}:${data}:function:orders`,
  stream: `arn:aws:dynamodb:${region}:${data}:table/orders/stream/2026-01-01T00:00:00.000`,
  snapshot: `arn:aws:ec2:${region}:${data}:snapshot/snap-1`,
} as const;

const full = (...principals: readonly string[]): Statement => ({
  ...decrypt('*'),
  Principal: { AWS: principals },
  Action: 'kms:*',
});

/** The verdicts on operations of other accounts: `receive account 1` → use. */
function judge(
  rules: ResourceRules,
  arn: string,
  policies: Given,
  shared: readonly Statement[] | Extract<ResourceSharing, { by: 'accounts' }>,
  key = keyWith(full(root(compute), root(vendor))),
) {
  const facts = {
    scope: { accountId: data, accountName: 'data', region, partition: 'aws' },
    resourceType: 'resource',
    arn,
    encryption: known({ state: 'kms', key: null } as const),
    sharing: known(
      'by' in shared ? shared : ({ by: 'policy', policy: policyOf(...shared) } satisfies ResourceSharing),
    ),
  };
  const posture = resourcePosture(facts, rules, organizationWith(policies));
  const verdict = resourceVerdict(posture, key);
  const entities = verdict.operations.flatMap((operation) => operation.entities);
  const effects = entities.map(({ policies: effect }) => effect);
  return {
    uses: Object.fromEntries(
      verdict.operations.flatMap(({ operation, entities: some }) =>
        some.map(({ entity, use }): [string, EntityUse] => [`${operation.name} ${entityText(entity)}`, use]),
      ),
    ),
    state: policyState(effects),
    ids: policyIds(effects),
    explanation: resourceExplanation(posture, verdict, key, noPolicies),
  };
}

const perimeter = (action: unknown): Given => ({
  rcp: { root: { Perimeter: [denyEverybody(action, outsiders)] } },
});

describe('services that resource control policies cover, and others', () => {
  test('a queue is inside the perimeter', () => {
    const queue = judge(sqsRules, arns.queue, perimeter('sqs:*'), [allow(arns.queue, 'sqs:*', root(vendor))]);
    expect(queue.uses).toEqual({
      [`send account ${vendor}`]: 'blocked_by_organization_policy',
      [`receive account ${vendor}`]: 'blocked_by_organization_policy',
    });
    expect(queue.explanation).toContain(
      'because resource control policy p-perimeter (Perimeter) denies sqs:SendMessage by statement 0 (Perimeter)',
    );
  });

  test('a topic is not, whatever the policy names, but its key is', () => {
    const statements = [allow(arns.topic, ['sns:Publish', 'sns:Subscribe'], root(vendor))];
    const topic = judge(snsRules, arns.topic, perimeter('*'), statements);
    // Publishing needs the key, which is covered; SNS itself decrypts for subscribers.
    expect(topic.uses).toEqual({
      [`publish account ${vendor}`]: 'blocked_by_organization_policy',
      [`subscribe account ${vendor}`]: 'possible',
    });
    expect(topic).toMatchObject({ state: 'deny', ids: ['p-perimeter'] });
    const ofSnsOnly = judge(snsRules, arns.topic, perimeter('sns:*'), statements);
    expect(ofSnsOnly.uses[`publish account ${vendor}`]).toBe('possible');
    expect(ofSnsOnly).toMatchObject({ state: 'allow', ids: [] });
  });

  test('nor is a function, which nobody but its role decrypts', () => {
    const { uses, state } = judge(lambdaRules, arns.function, perimeter('*'), [
      allow(arns.function, 'lambda:InvokeFunction', root(vendor)),
    ]);
    expect(Object.values(uses)).toEqual(['possible']);
    expect(state).toBe('none');
  });

  test('writing with the key: kms:GenerateDataKey alone is denied', () => {
    const { uses, explanation } = judge(
      sqsRules,
      arns.queue,
      { scp: { team: { NoWriting: [denyAction('kms:GenerateDataKey*')] } } },
      [allow(arns.queue, ['sqs:SendMessage', 'sqs:ReceiveMessage'], root(compute))],
    );
    expect(uses).toEqual({
      [`send account ${compute}`]: 'blocked_by_organization_policy',
      [`receive account ${compute}`]: 'possible',
    });
    expect(explanation).toContain(
      'cannot send, because service control policy p-nowriting (NoWriting) denies kms:GenerateDataKey by statement 0 (Guard)',
    );
  });

  test('an operation of several actions needs every one of them', () => {
    const given = (action: string): Given => ({ scp: { root: { Guard: [denyAction(action)] } } });
    const statements = [
      allow(arns.stream, ['dynamodb:GetShardIterator', 'dynamodb:GetRecords'], root(compute)),
    ];
    const read = `read account ${compute}`;
    const use = (action: string) =>
      judge(dynamoDbStreamRules, arns.stream, given(action), statements).uses[read];
    expect(use('dynamodb:GetRecords')).toBe('blocked_by_organization_policy');
    expect(use('dynamodb:PutItem')).toBe('possible');
  });

  test('a snapshot: its key is under the policies', () => {
    const sharing = { by: 'accounts', accountIds: [compute, vendor], everybody: false } as const;
    const { uses } = judge(ebsSnapshotRules, arns.snapshot, perimeter('kms:*'), sharing);
    expect(uses).toEqual({
      [`copy account ${compute}`]: 'possible',
      [`copy account ${vendor}`]: 'blocked_by_organization_policy',
    });
  });
});
