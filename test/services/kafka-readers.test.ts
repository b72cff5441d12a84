import { expect, test } from 'vitest';
import { known } from '../../src/aws/fact.ts';
import type { Identity } from '../../src/posture/iam/account-iam.ts';
import { resourcePosture, resourceVerdict } from '../../src/posture/resource/verdict.ts';
import { mskRules } from '../../src/services/msk/rules.ts';
import {
  compute,
  customerKey,
  data,
  organization,
  policyOf,
  region,
  root,
} from '../posture/cross-account/cast.ts';
import { analytics, iamBy, told } from '../posture/cross-account/iam-case.ts';
import { allow } from '../posture/iam/iam.ts';
import { allow as lets } from '../posture/resource/judge.ts';
import { oneKey } from '../posture/resource/one-key.ts';

const cluster = `arn:aws:kafka:${region}:${data}:cluster/orders/1a-1`;
const topics = `arn:aws:kafka:${region}:${data}:topic/orders`;

/** Who of the account `compute` reads topics of a cluster that lets it in to all of it. */
function readers(...iam: readonly Identity[]) {
  const policy = policyOf(
    lets(cluster, 'kafka-cluster:*', root(compute)),
    lets(`${topics}/*`, 'kafka-cluster:*', root(compute)),
  );
  const posture = resourcePosture(
    {
      scope: { accountId: data, accountName: 'data', region, partition: 'aws' },
      resourceType: 'cluster',
      arn: cluster,
      encryption: known({ state: 'kms', key: null }),
      sharing: known({ by: 'policy', policy }),
    },
    mskRules,
    organization,
  );
  const { operations } = resourceVerdict(posture, oneKey(customerKey()), iamBy(iam));
  const reading = operations.find(({ operation }) => operation.name === 'read topics');
  return reading?.entities.map(told).map(({ use, who }) => [use, ...(who ?? [])]);
}

const connect = allow('kafka-cluster:Connect', { Resource: cluster });
const read = (Resource: string) => allow('kafka-cluster:ReadData', { Resource });

test.each([
  ['all of one topic', [connect, read(`${topics}/1a-1/paid`)], ['possible', 'role/analytics']],
  ['all topics, by a pattern', [connect, read(`${topics}/*`)], ['possible', 'role/analytics']],
  ['everything', [allow('kafka-cluster:*')], ['possible', 'role/analytics']],
  ['topics of another cluster', [connect, read(`${topics}2/*`)], ['blocked_by_iam']],
  ['the cluster alone', [connect, read(cluster)], ['blocked_by_iam']],
  ['topics without connecting', [read(`${topics}/*`)], ['blocked_by_iam']],
  ['the other prefix', [allow('kafka:*')], ['blocked_by_iam']],
] as const)('a role that may use %s', (_, statements, expected) => {
  expect(readers(analytics(...statements))).toEqual([expected]);
});
