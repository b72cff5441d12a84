import { noIam } from '../../src/enumerate/iam-readings.ts';
import { s3BucketsOfAccount } from '../../src/enumerate/s3-buckets.ts';
import { s3BucketAccess } from '../../src/tables/s3-bucket-access.ts';
import { s3Buckets } from '../../src/tables/s3-buckets.ts';
import type { Simulated } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { scopesOf, turns } from '../enumerate/scopes.ts';
import { noPolicies } from '../posture/cross-account/cast.ts';
import { organization, owner } from './key-sharing.ts';

/** The rows of an account's buckets, with what the sync says is missing. */
export async function bucketRows(simulated: Simulated): Promise<{
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly said: readonly string[];
}> {
  const sink = new RecordingSink(s3Buckets, s3BucketAccess);
  await s3BucketsOfAccount.visit({
    scope: { accountId: owner, accountName: null, region: 'global', partition: 'aws' },
    scopes: await scopesOf(simulated),
    organization: {
      ...noPolicies,
      id: organization.organizationId,
      memberAccountIds: organization.memberAccountIds,
    },
    knowledge: organization,
    knowledgeWithPolicies: Promise.resolve(organization),
    iam: noIam,
    options: { includeGrants: true, includeKeyLastUsage: false, includeKeyMetrics: false, includeIam: false },
    sink,
    selected: sink.tables,
    turns,
    now: new Date(),
    signal: new AbortController().signal,
  });
  return { rows: sink.rows(s3Buckets), said: [...sink.said] };
}

/** A bucket policy that lets principals do something with the objects, under a condition if one is given. */
export const objectPolicy = (
  bucket: string,
  action: string,
  principal: unknown,
  condition?: object,
): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: action,
        Resource: `arn:aws:s3:::${bucket}/*`,
        ...(condition && { Condition: condition }),
      },
    ],
  });

export const root = (account: string): string => `arn:aws:iam::${account}:root`;
