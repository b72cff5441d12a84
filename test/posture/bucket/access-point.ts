import { known } from '../../../src/aws/fact.ts';
import type { AccessPointFacts } from '../../../src/posture/bucket/access-point-facts.ts';
import { data, policyOf, region, type Statement } from '../cross-account/cast.ts';
import { block } from './bucket.ts';

export const pointArn = (account = data, name = 'reports'): string =>
  `arn:aws:s3:${region}:${account}:accesspoint/${name}`;

/** Lets a principal read through an access point all objects, or those below a prefix. */
export const through = (principal: unknown, account = data, changes: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: typeof principal === 'string' ? { AWS: principal } : principal,
  Action: 's3:GetObject',
  Resource: `${pointArn(account)}/object/*`,
  ...changes,
});

/** An access point of the bucket `lake`, of `data` unless told, that answers the internet and blocks nothing. */
export function accessPoint(
  statements: readonly Statement[] = [],
  changes: Partial<AccessPointFacts> = {},
  account = data,
): AccessPointFacts {
  return {
    scope: { accountId: account, accountName: null, region, partition: 'aws' },
    kind: 'access_point',
    name: 'reports',
    arn: pointArn(account),
    alias: null,
    bucket: 'lake',
    bucketAccountId: data,
    networkOrigin: 'Internet',
    vpcId: null,
    dataSourceType: null,
    publicAccessBlock: known(block()),
    policy: known(statements.length === 0 ? null : policyOf(...statements)),
    policyIsPublic: known(statements.length === 0 ? null : false),
    ...changes,
  };
}
