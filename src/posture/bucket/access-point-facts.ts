import type { AwsError } from '../../aws/error.ts';
import type { Fact } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { PublicAccessBlock } from '../../services/s3/facts.ts';

export type AccessPointKind = 'access_point' | 'multi_region_access_point';

/** What was read, or tried, about one access point and one bucket behind it. A known null: there is none. */
export interface AccessPointFacts {
  /** The account that owns the access point, and the region of the bucket. */
  readonly scope: Scope;
  readonly kind: AccessPointKind;
  readonly name: string;
  /** As policies name it: `arn:aws:s3:eu-west-1:111122223333:accesspoint/name`. */
  readonly arn: string;
  readonly alias: string | null;
  /** The bucket's name; null where it is of something else, such as a file system. */
  readonly bucket: string | null;
  /** Null where AWS does not say. */
  readonly bucketAccountId: string | null;
  /** `Internet`, `VPC`, or newer; null of a multi-Region one, which answers everywhere. */
  readonly networkOrigin: string | null;
  readonly vpcId: string | null;
  /** What it is attached to beside a bucket, as AWS calls it; null: nothing. */
  readonly dataSourceType: string | null;
  readonly publicAccessBlock: Fact<PublicAccessBlock | null>;
  readonly policy: Fact<string | null>;
  /** By AWS's own judgement. */
  readonly policyIsPublic: Fact<boolean | null>;
}

/** The access points through which a bucket can be reached, as far as they were read. */
export interface AccessPointsOfBucket {
  readonly points: readonly AccessPointFacts[];
  /** The accounts of which all access points of the bucket are among these. */
  readonly readAccounts: ReadonlySet<string>;
}

export const noAccessPointsRead: AccessPointsOfBucket = { points: [], readAccounts: new Set() };

/** The reads about an access point that failed. */
export const failedAccessPointReads = ({
  publicAccessBlock,
  policy,
  policyIsPublic,
}: AccessPointFacts): readonly AwsError[] =>
  [publicAccessBlock, policy, policyIsPublic].flatMap((read) =>
    read.state === 'unread' ? [read.error] : [],
  );
