import { text } from '../protocol/input.ts';
import { s3Wire } from '../protocol/s3-xml.ts';
import type { Service } from '../service.ts';
import { getBucketLogging, getBucketReplication } from './s3/copies.ts';
import { bucketTarget } from './s3/find-bucket.ts';
import { listBuckets } from './s3/list-buckets.ts';
import * as settings from './s3/settings.ts';
import { isS3Control } from './s3-control.ts';

/** Amazon S3, path style: what is known of buckets, never their objects. */
export const s3: Service = {
  name: 's3',
  takes: (request) => !isS3Control(request),
  wire: s3Wire,
  operations: {
    ListBuckets: {
      action: 'ListAllMyBuckets',
      paging: { size: 'max-buckets', token: 'continuation-token', next: 'ContinuationToken' },
      run: listBuckets,
    },
    HeadBucket: { action: 'ListBucket', run: settings.headBucket },
    GetBucketLocation: { run: settings.getBucketLocation },
    GetBucketEncryption: { action: 'GetEncryptionConfiguration', run: settings.getBucketEncryption },
    GetBucketOwnershipControls: { run: settings.getBucketOwnershipControls },
    GetPublicAccessBlock: { action: 'GetBucketPublicAccessBlock', run: settings.getPublicAccessBlock },
    GetBucketPolicy: { run: settings.getBucketPolicy },
    GetBucketPolicyStatus: { run: settings.getBucketPolicyStatus },
    GetBucketAcl: { run: settings.getBucketAcl },
    GetBucketReplication: { action: 'GetReplicationConfiguration', run: getBucketReplication },
    GetBucketLogging: { run: getBucketLogging },
  },
  resourceOf: (input) => text(input, 'Bucket'),
  target: bucketTarget,
};
