import type { RequestKey } from '../policy/grammar.ts';

/** Chosen by whoever writes: a condition on it keeps nobody out, only some ways of writing. */
const chosenBy = (...carriedBy: readonly string[]): RequestKey => ({
  carriedBy: [...carriedBy, 'BypassGovernanceRetention'],
  value: 'choice',
});
const onlyOf = (...carriedBy: readonly string[]): RequestKey => ({ carriedBy, value: null });

const putting = ['PutObject', 'ReplicateObject'];
const acl = chosenBy('PutObject', 'PutObjectAcl', 'PutObjectVersionAcl', 'PutBucketAcl');
const lock = chosenBy('PutObject', 'PutObjectRetention', 'PutObjectLegalHold');
const listing = onlyOf('ListBucket', 'ListBucketVersions', 'ListBucketMultipartUploads');
/** Objects that are there already. */
const existing = onlyOf(
  'DeleteObjectAnnotation',
  'DeleteObjectVersionAnnotation',
  'GetObjectAnnotation',
  'GetObjectVersionAnnotation',
  'ListObjectAnnotations',
  'ListObjectVersionAnnotations',
  'PutObjectAnnotation',
  'PutObjectVersionAnnotation',
  'UpdateObjectEncryption',
  'DeleteObjectTagging',
  'DeleteObjectVersionTagging',
  'GetObject',
  'GetObjectAcl',
  'GetObjectAttributes',
  'GetObjectLegalHold',
  'GetObjectRetention',
  'GetObjectTagging',
  'GetObjectVersion',
  'GetObjectVersionAcl',
  'GetObjectVersionAttributes',
  'GetObjectVersionForReplication',
  'GetObjectVersionTagging',
  'PutObjectAcl',
  'PutObjectTagging',
  'PutObjectVersionAcl',
  'PutObjectVersionTagging',
  'RestoreObject',
);
const ofObjects = [
  'GetObject',
  'GetObjectAnnotation',
  'GetObjectTorrent',
  'GetObjectVersion',
  'GetObjectVersionAnnotation',
  'GetObjectVersionAnnotationForReplication',
  'GetObjectVersionForReplication',
  'GetObjectVersionTorrent',
  'PutObject',
  'PutObjectAnnotation',
  'PutObjectVersionAnnotation',
  'ReplicateObject',
  'ReplicateObjectAnnotation',
];

/**
 * Which requests to S3 carry which condition keys (Service Authorization Reference, "Actions, resources, and
 * condition keys for Amazon S3", read 2026-11-28), and what KMS asks of requests for the objects that it encrypts:
 * TLS and Signature Version 4 (S3 user guide, "Using server-side encryption with AWS KMS keys", read 2026-11-28).
 */
export const s3RequestKeys: Readonly<Record<string, RequestKey>> = {
  's3:authtype': { carriedBy: null, value: 'choice' },
  's3:signatureage': { carriedBy: null, value: 'choice' },
  's3:x-amz-content-sha256': { carriedBy: null, value: 'choice' },

  'aws:securetransport': { carriedBy: ofObjects, value: { always: 'true' }, underKms: true },
  's3:signatureversion': { carriedBy: ofObjects, value: { always: 'AWS4-HMAC-SHA256' }, underKms: true },

  's3:x-amz-acl': acl,
  's3:x-amz-grant-full-control': acl,
  's3:x-amz-grant-read': acl,
  's3:x-amz-grant-read-acp': acl,
  's3:x-amz-grant-write': acl,
  's3:x-amz-grant-write-acp': acl,
  's3:x-amz-server-side-encryption': chosenBy(...putting, 'UpdateObjectEncryption'),
  's3:x-amz-server-side-encryption-aws-kms-key-id': chosenBy(...putting, 'UpdateObjectEncryption'),
  's3:x-amz-server-side-encryption-customer-algorithm': chosenBy(...putting),
  's3:x-amz-storage-class': chosenBy(...putting, 'PutObjectAcl', 'PutObjectVersionAcl'),
  's3:x-amz-website-redirect-location': chosenBy('PutObject'),
  's3:x-amz-copy-source': chosenBy('PutObject'),
  's3:x-amz-metadata-directive': chosenBy('PutObject'),
  's3:if-match': chosenBy('PutObject', 'DeleteObject'),
  's3:if-none-match': chosenBy('PutObject'),
  's3:requestobjecttag/': chosenBy('PutObject', 'PutObjectTagging', 'PutObjectVersionTagging'),
  's3:requestobjecttagkeys': chosenBy('PutObject', 'PutObjectTagging', 'PutObjectVersionTagging'),
  's3:object-lock-mode': lock,
  's3:object-lock-retain-until-date': lock,
  's3:object-lock-remaining-retention-days': lock,
  's3:object-lock-legal-hold': lock,

  's3:prefix': listing,
  's3:delimiter': listing,
  's3:max-keys': listing,
  's3:versionid': onlyOf(
    'DeleteObjectVersionAnnotation',
    'GetObjectVersionAnnotation',
    'ListObjectVersionAnnotations',
    'PutObjectVersionAnnotation',
    'DeleteObjectVersion',
    'DeleteObjectVersionTagging',
    'GetObjectVersion',
    'GetObjectVersionAcl',
    'GetObjectVersionAttributes',
    'GetObjectVersionTagging',
    'GetObjectVersionTorrent',
    'PutObjectVersionAcl',
    'PutObjectVersionTagging',
  ),
  's3:existingobjecttag/': existing,
};
