import type { Fields } from '../../aws/answer.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { encryptionByKey } from '../encryption-by-key.ts';

const keyIn = (item: Fields): string | null => item.text('KmsKeyId') || null;

const onlyByKey = encryptionByKey('unknown');
const ownedByDefault = encryptionByKey('aws_owned');

/**
 * Of a replication group or serverless cache: "The value is none if at-rest encryption is not enabled, sse-elasticache if
 * an ElastiCache service-managed key is used, or sse-kms if a customer-managed KMS key is used". The older
 * AtRestEncryptionEnabled alone does not tell what is off: "In some cases, encryption at-rest may be enabled even when
 * this value is false" (both @aws-sdk/client-elasticache 3.1127.0, read 2026-11-29).
 */
export function cacheEncryption(cache: Fields): ResourceEncryption {
  const key = keyIn(cache);
  switch (cache.text('StorageEncryptionType') || null) {
    case 'none':
      return { state: 'none', key: null };
    case 'sse-elasticache':
      return { state: 'aws_owned', key: null };
    case 'sse-kms':
    case null:
      return onlyByKey(key);
    default:
      return { state: 'unknown', key };
  }
}

/**
 * Of a cluster that stands alone: at rest only replication groups and serverless caches are encrypted (ElastiCache user
 * guide, "At-Rest Encryption in ElastiCache", read 2026-11-29), so one that says so is not understood.
 */
export const standaloneEncryption = (cluster: Fields): ResourceEncryption => ({
  state: cluster.boolean('AtRestEncryptionEnabled') === false ? 'none' : 'unknown',
  key: null,
});

/** A snapshot names a key; without one it may be under a key of the service's own, or not encrypted. */
export const snapshotEncryption = (snapshot: Fields): ResourceEncryption => onlyByKey(keyIn(snapshot));

/** What is serverless is always encrypted, "by default" with "an AWS-owned KMS key" ("At-Rest Encryption in ElastiCache"). */
export const serverlessSnapshotEncryption = (snapshot: Fields): ResourceEncryption =>
  ownedByDefault(keyIn(snapshot));
