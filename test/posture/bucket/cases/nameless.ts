import { unread } from '../../../../src/aws/fact.ts';
import { withoutKey } from '../../../../src/posture/resource-key.ts';
import {
  awsManagedKey,
  compute,
  data,
  decrypt,
  denied,
  keyWith,
  ours,
  region,
  vendor,
} from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import { admitting, type BucketCase, readable, reader, readers, sseS3, unknown } from './case.ts';

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
  ...[
    ['a member of the organization', compute, 's3:DataAccessPointAccount', compute],
    ['an account outside', vendor, 's3:DataAccessPointAccount', vendor],
    [
      'a member, by the ARNs of its access points',
      compute,
      's3:DataAccessPointArn',
      `arn:aws:s3:${region}:${compute}:accesspoint/*`,
    ],
  ].map(
    ([what, account, key, value]): BucketCase => [
      `access points of ${what}: the account is named, their policies decide`,
      [read('*', { Condition: { StringLike: { [key as string]: value } } })],
      keyWith(decrypt('*')),
      {
        read: 'unknown',
        readableAccounts: [],
        blockedAccounts: [],
        unknownAccounts: [account as string],
        blockedAnyone: null,
      },
    ],
  ),
  [
    'access points of a member, SSE-S3',
    [read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': compute } } })],
    withoutKey('aws_owned'),
    { read: 'unknown', ...unknown },
    sseS3,
  ],
  [
    'access points of a member, aws/s3: whoever they let in is locked out',
    [read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': compute } } })],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key', blockedAccounts: [compute], unknownAccounts: [] },
  ],
  [
    'access points of a member and of the own account',
    [read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': [compute, data] } } })],
    admitting,
    { read: 'unknown', unknownAccounts: [compute], blockedAnyone: null },
  ],
  [
    'the organization through access points of a member: the organization is named',
    [
      read('*', {
        Condition: { StringEquals: { 's3:DataAccessPointAccount': compute, 'aws:PrincipalOrgID': ours } },
      }),
    ],
    keyWith(decrypt('*')),
    { read: 'unknown', unknownAccounts: [], blockedOrganizations: [] },
  ],
  [
    'an account that is let in by itself, too, is judged by that',
    [...readers, read('*', { Condition: { StringEquals: { 's3:DataAccessPointAccount': compute } } })],
    admitting,
    { read: 'unknown', ...readable },
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
