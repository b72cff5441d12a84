import type { SimAccount, SimBucket } from '../model.ts';
import { at } from '../wire-shapes.ts';

export type BucketOptions = Partial<SimBucket> & Pick<SimBucket, 'name' | 'region'>;

/** A bucket as CreateBucket leaves it today: SSE-S3, owner enforced, all public access blocked, no policy. */
export function addBucket(account: SimAccount, options: BucketOptions): SimBucket {
  const bucket: SimBucket = {
    created: at('2024-05-20T07:00:00Z'),
    encryption: { algorithm: 'AES256', bucketKeyEnabled: false, blockedEncryptionTypes: ['SSE-C'] },
    policy: null,
    policyIsPublic: false,
    ownership: 'BucketOwnerEnforced',
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    aclGrants: [],
    replication: [],
    loggingTarget: null,
    ...options,
  };
  account.buckets.set(bucket.name, bucket);
  return bucket;
}

/** Lets principals list the bucket and read its objects. */
export function bucketPolicy(name: string, ...readers: string[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Readers',
        Effect: 'Allow',
        Principal: { AWS: readers.length === 1 ? readers[0] : readers },
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
      },
    ],
  });
}
