import { withoutKey } from '../../../../src/posture/resource-key.ts';
import { decrypt, keyWith, region } from '../../cross-account/cast.ts';
import { arn, read } from '../bucket.ts';
import {
  admitting,
  type BucketCase,
  blocked,
  bucketKey,
  readable,
  reader,
  readers,
  sseS3,
  unknown,
} from './case.ts';

const signed = (version: string) => ({ Condition: { StringEquals: { 's3:signatureversion': version } } });

/** Through s3, with the encryption context that s3 sends. */
export const throughS3: readonly BucketCase[] = [
  [
    'signed by version 4: S3 gives what KMS encrypts to nobody else',
    [read(reader, signed('AWS4-HMAC-SHA256'))],
    admitting,
    { read: 'possible', ...readable },
  ],
  [
    'signed by the version before: nobody who could decrypt',
    [read(reader, signed('AWS'))],
    admitting,
    { read: 'not_shared', readableAccounts: [] },
  ],
  [
    'signed by the version before, no KMS: S3 still gives that',
    [read(reader, signed('AWS'))],
    withoutKey('aws_owned'),
    { read: 'no_kms_barrier', ...readable },
    sseS3,
  ],
  [
    'kms:ViaService of S3 here',
    readers,
    keyWith(decrypt(reader, { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } })),
    { read: 'possible', ...readable },
  ],
  [
    'kms:ViaService of another service',
    readers,
    keyWith(decrypt(reader, { StringEquals: { 'kms:ViaService': `ec2.${region}.amazonaws.com` } })),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'kms:ViaService of S3 in another region',
    readers,
    keyWith(decrypt(reader, { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } })),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    "context: this bucket's objects",
    readers,
    keyWith(decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/*` } })),
    { read: 'possible', ...readable },
  ],
  [
    "context: another bucket's objects",
    readers,
    keyWith(decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::other/*' } })),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'context: the bucket, without a bucket key',
    readers,
    keyWith(decrypt(reader, { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': arn } })),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'context: the bucket, with a bucket key',
    readers,
    keyWith(decrypt(reader, { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': arn } })),
    { read: 'possible', ...readable },
    bucketKey,
  ],
  [
    'context: the objects, with a bucket key',
    readers,
    keyWith(decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/*` } })),
    { read: 'blocked_by_key_policy', ...blocked },
    bucketKey,
  ],
  [
    'context: the prefix that the bucket shares',
    [read(reader, { Resource: `${arn}/exports/*` })],
    keyWith(decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/exports/*` } })),
    { read: 'possible', ...readable },
  ],
  [
    'context: another prefix than the bucket shares',
    [read(reader, { Resource: `${arn}/exports/*` })],
    keyWith(decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/raw/*` } })),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'context: a part of what the bucket shares',
    readers,
    keyWith(decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/exports/*` } })),
    { read: 'possible', ...readable },
  ],
  [
    'context: a part that the bucket does not share',
    [{ ...readers[0], Resource: `${arn}/raw/*` }],
    keyWith(decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/exports/*` } })),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'context: a wildcard where StringEquals takes it as a character',
    readers,
    keyWith(decrypt(reader, { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/*` } })),
    { read: 'unknown', ...unknown },
  ],
];
