import { unread } from '../../../../src/aws/fact.ts';
import { withoutKey } from '../../../../src/posture/resource-key.ts';
import { awsManagedKey, data, decrypt, denied, keyWith } from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import { admitting, type BucketCase, readable, reader, sseS3, unknown } from './case.ts';

const unsigned = { Condition: { Null: { 'aws:PrincipalArn': 'true' } } };

/** Who cannot be named. */
export const nameless: readonly BucketCase[] = [
  [
    'access points of the own account: their policies decide',
    [read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': data } } })],
    admitting,
    { read: 'unknown', readableAccounts: [], blockedAnyone: null },
  ],
  [
    'access points of the own account, aws/s3',
    [read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': data } } })],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key' },
  ],
  ['a canonical user', [read({ CanonicalUser: 'somebodyelse' })], admitting, { read: 'unknown' }],
  [
    'a canonical user, aws/s3',
    [read({ CanonicalUser: 'somebodyelse' })],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key' },
  ],
  [
    "the owner's canonical user",
    [read({ CanonicalUser: 'ownercanonicalid' })],
    awsManagedKey(),
    { read: 'not_shared' },
  ],
  [
    'bucket policy denied',
    [],
    admitting,
    { read: 'unknown', readableAccounts: null, blockedAccounts: null },
    { policy: unread(denied('s3:GetBucketPolicy')) },
  ],
  [
    'a statement of the bucket policy not understood',
    [read(reader), { Effect: 'Allow', Nonsense: 1 }],
    admitting,
    { read: 'unknown', ...readable },
  ],
  [
    'a Deny of the bucket policy not understood',
    [read(reader), { Effect: 'Deny', Nonsense: 1 }],
    admitting,
    { read: 'unknown', ...unknown },
  ],
  [
    'nobody that signs, SSE-S3',
    [read('*', unsigned)],
    withoutKey('aws_owned'),
    { read: 'no_kms_barrier', blockedAnyone: false },
    sseS3,
  ],
  [
    'nobody that signs, a key for anyone: KMS answers no request that is not signed',
    [read('*', unsigned)],
    keyWith(decrypt('*')),
    { read: 'blocked_by_key_policy', blockedAnyone: true },
  ],
];
