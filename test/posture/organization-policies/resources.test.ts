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
import { rdsClusterSnapshotRules, rdsSnapshotRules } from '../../../src/services/rds/rules.ts';
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
import { oneKey } from '../resource/one-key.ts';
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
  const verdict = resourceVerdict(posture, oneKey(key));
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
    explanation: resourceExplanation(posture, verdict, oneKey(key), noPolicies),
  };
}

const perimeter = (action: unknown): Given => ({
  rcp: { root: { Perimeter: [denyEverybody(action, outsiders)] } },
});

const everyEc2 = ['ec2:CopySnapshot', 'ec2:CreateVolume', 'ec2:RunInstances'];

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

  describe('a snapshot: what its readers call is under their own service control policies', () => {
    const sharing = { by: 'accounts', accountIds: [compute, vendor], everybody: false } as const;
    const use = (rules: ResourceRules, arn: string, statement: Statement) =>
      judge(rules, arn, { scp: { root: { Guard: [statement] } } }, sharing);
    const copy = `copy account ${compute}`;
    const rds = `arn:aws:rds:${region}:${data}:snapshot:orders`;
    const restoring = ['rds:RestoreDBInstanceFromDBSnapshot', 'rds:RestoreDBClusterFromSnapshot'];

    test.each<[string, ResourceRules, string, unknown, EntityUse]>([
      ['EBS, no call left', ebsSnapshotRules, arns.snapshot, everyEc2, 'blocked_by_organization_policy'],
      ['EBS, all of EC2', ebsSnapshotRules, arns.snapshot, 'ec2:*', 'blocked_by_organization_policy'],
      ['EBS, a volume can be made', ebsSnapshotRules, arns.snapshot, 'ec2:CopySnapshot', 'possible'],
      ['EBS, another service', ebsSnapshotRules, arns.snapshot, 'rds:*', 'possible'],
      [
        'RDS, no call left',
        rdsSnapshotRules,
        rds,
        ['rds:CopyDBSnapshot', ...restoring],
        'blocked_by_organization_policy',
      ],
      ['RDS, it can be restored', rdsSnapshotRules, rds, 'rds:CopyDBSnapshot', 'possible'],
      ['RDS, copies of clusters', rdsSnapshotRules, rds, ['rds:CopyDBCluster*', ...restoring], 'possible'],
      [
        'Aurora, no call left',
        rdsClusterSnapshotRules,
        rds,
        ['rds:CopyDBCluster*', ...restoring],
        'blocked_by_organization_policy',
      ],
    ])('%s', (_what, rules, arn, action, expected) => {
      const { uses } = use(rules, arn, denyAction(action));
      // No policy of ours binds the vendor.
      expect(uses).toEqual({ [copy]: expected, [`copy account ${vendor}`]: 'possible' });
    });

    test('the policy and the calls are named', () => {
      const { ids, explanation } = use(ebsSnapshotRules, arns.snapshot, denyAction(everyEc2));
      expect(ids).toEqual(['p-guard']);
      expect(explanation).toContain(
        'because service control policy p-guard (Guard) denies ec2:CopySnapshot, ec2:CreateVolume, ec2:RunInstances by statement 0 (Guard)',
      );
    });

    test.each<[string, Statement, EntityUse]>([
      [
        'in this region: it may be copied from another',
        { Condition: { StringEquals: { 'aws:RequestedRegion': region } } },
        'unknown',
      ],
      [
        'in other regions alone',
        { Condition: { StringNotEquals: { 'aws:RequestedRegion': region } } },
        'possible',
      ],
      ['on snapshots by their ARN', { Resource: 'arn:aws:ec2:*::snapshot/*' }, 'unknown'],
      ['on all of EC2', { Resource: 'arn:aws:ec2:*' }, 'blocked_by_organization_policy'],
      ['on what is none of EC2', { Resource: 'arn:aws:s3:::*' }, 'possible'],
      ['through a service alone', { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }, 'possible'],
      ['from some addresses', { Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }, 'unknown'],
    ])('denied %s', (_what, changes, expected) => {
      const { uses } = use(ebsSnapshotRules, arns.snapshot, denyAction(everyEc2, changes));
      expect(uses[copy]).toBe(expected);
    });
  });
});
