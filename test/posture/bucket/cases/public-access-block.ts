import { known, unread } from '../../../../src/aws/fact.ts';
import { withoutKey } from '../../../../src/posture/resource-key.ts';
import { awsManagedKey, compute, denied } from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import {
  admitting,
  type BucketCase,
  blocked,
  readable,
  readers,
  restricted,
  sseS3,
  unknown,
} from './case.ts';

/** Block public access. */
export const publicAccessBlock: readonly BucketCase[] = [
  [
    'public statement, restricted: named accounts too',
    [read('*'), ...readers],
    admitting,
    { read: 'blocked_by_public_access_block', blockedAccounts: [compute], blockedAnyone: true },
    { ...restricted, policyIsPublic: known(true) },
  ],
  [
    'public statement, restricted, SSE-S3',
    [read('*'), ...readers],
    withoutKey('aws_owned'),
    { read: 'blocked_by_public_access_block', ...blocked },
    { ...sseS3, ...restricted, policyIsPublic: known(true) },
  ],
  [
    'it comes before the AWS managed key',
    [read('*'), ...readers],
    awsManagedKey(),
    { read: 'blocked_by_public_access_block', ...blocked },
    { ...restricted, policyIsPublic: known(true) },
  ],
  [
    'public statement, not restricted',
    [read('*'), ...readers],
    admitting,
    { read: 'partly_blocked', readableAccounts: [compute], blockedAnyone: true },
    { policyIsPublic: known(true) },
  ],
  ['no public statement, restricted', readers, admitting, { read: 'possible', ...readable }, restricted],
  [
    'policy status denied, restricted',
    readers,
    admitting,
    { read: 'unknown', ...unknown },
    { ...restricted, policyIsPublic: unread(denied('s3:GetBucketPolicyStatus')) },
  ],
  [
    'policy status denied, restricted, SSE-S3',
    readers,
    withoutKey('aws_owned'),
    { read: 'unknown', ...unknown },
    { ...sseS3, ...restricted, policyIsPublic: unread(denied('s3:GetBucketPolicyStatus')) },
  ],
  [
    'block denied, policy public: what the key blocks stays blocked',
    [read('*'), ...readers],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key', ...blocked },
    { policyIsPublic: known(true), publicAccessBlock: unread(denied('s3:GetPublicAccessBlock')) },
  ],
];
