import {
  customerKey,
  decrypt,
  grantTo,
  keyWith,
  region,
  role,
  root,
  vendor,
} from '../../cross-account/cast.ts';
import { arn, read } from '../bucket.ts';
import { type BucketCase, blocked, bucketKey, readable, reader } from './case.ts';

const below = (...prefixes: readonly string[]) => ({
  Resource: prefixes.map((prefix) => `${arn}/${prefix}/*`),
});
const forObjects = (...paths: readonly string[]) =>
  decrypt(reader, {
    StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
    StringLike: { 'kms:EncryptionContext:aws:s3:arn': paths.map((path) => `${arn}/${path}`) },
  });
const twoPrefixes = [read(reader, below('exports', 'reports'))];

/** Prefix by prefix: KMS sees which object is meant. */
export const prefixes: readonly BucketCase[] = [
  [
    'two in the bucket policy, one in the key',
    twoPrefixes,
    keyWith(forObjects('exports/*')),
    { read: 'possible', ...readable },
  ],
  [
    'two in the bucket policy, both in the key',
    twoPrefixes,
    keyWith(forObjects('exports/*', 'reports/*')),
    { read: 'possible', ...readable },
  ],
  [
    'two in the bucket policy, another in the key',
    twoPrefixes,
    keyWith(forObjects('secrets/*')),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'two in the bucket policy, all objects in the key',
    twoPrefixes,
    keyWith(forObjects('*')),
    { read: 'possible', ...readable },
  ],
  [
    'two in the bucket policy, one object in a grant',
    [read(reader, { Resource: [`${arn}/exports/a`, `${arn}/exports/b`] })],
    customerKey({
      grants: [
        grantTo(reader, { constraints: { EncryptionContextSubset: { 'aws:s3:arn': `${arn}/exports/b` } } }),
      ],
    }),
    { read: 'possible', ...readable },
  ],
  [
    'a prefix each for two accounts, one of them in the key',
    [read(reader, below('exports')), read(root(vendor), below('reports'))],
    keyWith(decrypt('*', { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/exports/*` } })),
    { read: 'partly_blocked', blockedAccounts: [vendor], ...{ readableAccounts: readable.readableAccounts } },
  ],
  [
    'a role for each prefix: the key must admit the one whose prefix it is',
    [read(reader, below('exports')), read(role(vendor), below('reports'))],
    keyWith(
      decrypt(role(vendor), { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/exports/*` } }),
      decrypt(reader, { StringLike: { 'kms:EncryptionContext:aws:s3:arn': `${arn}/reports/*` } }),
    ),
    { read: 'blocked_by_key_policy' },
  ],
  [
    'with a bucket key KMS sees the bucket only',
    twoPrefixes,
    keyWith(forObjects('exports/*')),
    { read: 'blocked_by_key_policy', ...blocked },
    bucketKey,
  ],
  [
    'DSSE-KMS knows no bucket key',
    twoPrefixes,
    keyWith(forObjects('exports/*')),
    { read: 'possible', ...readable },
    {
      encryption: {
        state: 'known',
        value: {
          sseAlgorithm: 'aws:kms:dsse',
          kmsMasterKeyId: null,
          bucketKeyEnabled: true,
          blockedEncryptionTypes: null,
        },
      },
    },
  ],
];
