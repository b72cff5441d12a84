import type { Organization } from '../../organization/model.ts';
import type { ResolvedKey } from '../resource-key.ts';
import type { AccessPointFacts } from './access-point-facts.ts';
import { bucketExplanation } from './explanation.ts';
import type { BucketPosture } from './posture.ts';
import type { BucketVerdict } from './verdict.ts';

/** A bucket as it is reached through one access point. */
export interface JudgedAccessPoint {
  readonly posture: BucketPosture;
  readonly verdict: BucketVerdict;
  readonly key: ResolvedKey;
}

/** One sentence: the way, the bucket behind it, and who can and cannot read. @param judged null: the bucket was not read */
export function accessPointExplanation(
  point: AccessPointFacts,
  judged: JudgedAccessPoint | null,
  organization: Organization,
): string {
  const { kind, scope, bucket, bucketAccountId, networkOrigin, vpcId, policy } = point;
  const sort = kind === 'access_point' ? 'access point' : 'multi-Region access point';
  const place = networkOrigin === 'VPC' ? `, which answers in ${vpcId ?? 'its VPC'} only` : '';
  const unread = policy.state === 'known' ? '' : ', whose policy was not read';
  const way = `Through ${sort} ${point.name} of account ${scope.accountId}${place}${unread}`;
  if (bucket === null)
    return `${way}: it is of no bucket (${point.dataSourceType ?? 'of what, AWS does not say'}), and is not judged`;
  if (judged === null)
    return `${way}: its bucket ${bucket}${bucketAccountId === null ? '' : ` of account ${bucketAccountId}`} could not be read, so it is not known who can read`;
  const { posture, verdict, key } = judged;
  const nobody = "it and the bucket's policy together admit no other account to read objects";
  return `${way}: ${bucketExplanation(posture, verdict, key, organization, nobody)}`;
}
