import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { addEveryKind } from '../../lab/aws/organizations/every-kind.ts';
import { addQueue, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { type Harness, type Seen, startHarness } from './harness.ts';
import { compute, data, externalId, management, org } from './organization.ts';
import { leaks } from './secrets.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

/** Every kind of key in `data`, and a bucket and a queue under one of them, open to `compute`. */
function organization(partition: string, regions: readonly [string, string]) {
  const made = newOrganization({ partition, regions: regions.map((name) => ({ name, optIn: false })) });
  const roles = () =>
    new Map([['posture', { name: 'posture', trust: { principals: [management], externalId } }]]);
  const lake = addAccount(made, { id: data, name: 'data', roles: roles() });
  addAccount(made, { id: compute, name: 'compute', roles: roles() });
  const [region, other] = regions;
  const { keys } = addEveryKind(lake, { partition, accountId: data, region }, other);
  const kmsMasterKeyId = keys.get('symmetric')?.metadata.Arn ?? '';
  const reader = { AWS: `arn:${partition}:iam::${compute}:root` };
  const statement = (action: string, resource: string) => ({
    Effect: 'Allow',
    Principal: reader,
    Action: action,
    Resource: resource,
  });
  addBucket(lake, {
    name: 'lake',
    region,
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId },
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: statement('s3:GetObject', `arn:${partition}:s3:::lake/*`),
    }),
  });
  const queueArn = `arn:${partition}:sqs:${region}:${data}:jobs`;
  addQueue(lake, region, {
    name: 'jobs',
    kmsMasterKeyId,
    policy: messagingPolicy(queueArn, reader, 'sqs:ReceiveMessage'),
  });
  return made;
}

describe.each([
  { partition: 'aws-cn', regions: ['cn-north-1', 'cn-northwest-1'] as const, home: 'cn-northwest-1' },
  { partition: 'aws-us-gov', regions: ['us-gov-east-1', 'us-gov-west-1'] as const, home: 'us-gov-west-1' },
])('$partition', ({ partition, regions, home }) => {
  const made = organization(partition, regions);
  let aws: Simulator;
  let seen: Seen;
  beforeAll(async () => {
    aws = await startSimulator(made, { keepRequests: true, verifySignatures: true });
    // What tells the partition before AWS is asked: there the emulator's, here the regions of the spec.
    seen = await harness.sync(aws, { org, regions });
  });
  afterAll(() => aws.close());
  const keys = () => (seen.rows.keys ?? []).filter(({ enumerated_by }) => enumerated_by === 'kms');

  test('everything is read', () => {
    expect(seen).toMatchObject({ status: 'OK', errors: [] });
    expect((seen.rows.coverage ?? []).filter(({ status }) => status !== 'complete')).toEqual([]);
    const held = [...made.accounts.values()].flatMap((account) =>
      [...account.regions.values()].map((content) => content.keys.size),
    );
    expect(keys()).toHaveLength(held.reduce((sum, size) => sum + size));
  });

  test('every row and every ARN is of the partition', () => {
    const { key_types: _, ...rows } = seen.rows;
    for (const row of Object.values(rows).flat()) expect(row.partition).toBe(partition);
    const arns = JSON.stringify(rows).match(/arn:[\w-]+:/g) ?? [];
    expect(arns.length).toBeGreaterThan(100);
    expect(new Set(arns)).toEqual(new Set([`arn:${partition}:`]));
  });

  test('no price is said: none of the partition is sourced', () => {
    expect(new Set(keys().map(({ monthly_fee_usd }) => monthly_fee_usd))).toEqual(new Set([null]));
    expect(new Set(keys().map(({ request_price_class }) => request_price_class))).toEqual(new Set([null]));
  });

  test('member roles are assumed by ARNs of the partition', () => {
    const roles = aws.requests.kept.filter(({ operation }) => operation === 'sts:AssumeRole');
    expect(new Set(roles.map(({ resource }) => resource))).toEqual(
      new Set([data, compute].map((account) => `arn:${partition}:iam::${account}:role/posture`)),
    );
  });

  test.each(['organizations:ListAccounts', 'account:ListRegions', 's3:ListBuckets', 'sts:AssumeRole'])(
    '%s is asked in the home region',
    (operation) => {
      const asked = aws.requests.kept.filter((request) => request.operation === operation);
      expect(new Set(asked.map(({ region }) => region))).toEqual(new Set([home]));
    },
  );

  test('who is locked out by the key is said as anywhere', () => {
    expect(seen.rows.s3_buckets).toMatchObject([
      { name: 'lake', cross_account_read: 'blocked_by_key_policy', blocked_account_ids: [compute] },
    ]);
    expect(seen.rows.resources?.filter(({ service }) => service === 'sqs')).toMatchObject([
      { resource_type: 'queue', cross_account_use: 'blocked_by_key_policy', blocked_account_ids: [compute] },
    ]);
  });

  test('no secret is told', () => expect(leaks(seen, aws)).toEqual([]));
});
