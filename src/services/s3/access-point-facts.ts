import type { PublicAccessBlock } from './facts.ts';

/** ListAccessPoints entry, in plain types of our own (S3 Control API reference, read 2026-11-29). */
export interface AccessPointEntry {
  readonly name: string;
  readonly arn: string | null;
  readonly alias: string | null;
  /** The bucket's name; null where the access point is of something else, such as a file system. */
  readonly bucket: string | null;
  /** Null where AWS does not say: an answer of old. */
  readonly bucketAccountId: string | null;
  /** `Internet`, `VPC`, or what AWS adds later. */
  readonly networkOrigin: string;
  readonly vpcId: string | null;
  /** What it is attached to beside a bucket; null: nothing that AWS names. */
  readonly dataSourceId: string | null;
  readonly dataSourceType: string | null;
}

/** ListMultiRegionAccessPoints entry. */
export interface MultiRegionEntry {
  readonly name: string;
  /** `….mrap`, the name in its ARN. */
  readonly alias: string | null;
  /** `READY`, `CREATING`, … */
  readonly status: string | null;
  readonly publicAccessBlock: PublicAccessBlock | null;
  readonly buckets: readonly MultiRegionBucket[];
}

/** One bucket behind a multi-Region access point. */
export interface MultiRegionBucket {
  readonly bucket: string;
  readonly region: string | null;
  readonly bucketAccountId: string | null;
}

/** What S3 Control tells of an account's access points, named by their names. Reject with AwsError only. */
export interface AccessPointReads {
  list(): AsyncIterable<readonly AccessPointEntry[]>;
  publicAccessBlock(name: string): Promise<PublicAccessBlock>;
  /** The policy's JSON text; null: it has none. */
  policy(name: string): Promise<string | null>;
  /** Whether AWS calls the policy public; null without a policy. */
  policyIsPublic(name: string): Promise<boolean | null>;
  /** The rest answers in `multiRegionHome` only. */
  listMultiRegion(): AsyncIterable<readonly MultiRegionEntry[]>;
  /** The policy that is in force in all regions; null: there is none yet. */
  multiRegionPolicy(name: string): Promise<string | null>;
  multiRegionPolicyIsPublic(name: string): Promise<boolean>;
}
