import type { Fact } from '../../aws/fact.ts';
import type { BucketEncryption } from '../../services/s3/facts.ts';
import { type KeyReference, noKey, readKeyReference } from '../key-reference.ts';

/**
 * By what S3 encrypts new objects of a bucket:
 * - `s3`: SSE-S3, a key that AWS owns;
 * - `kms`: SSE-KMS or DSSE-KMS;
 * - `unspecified`: the bucket has no default rule, or one that only blocks encryption types;
 * - `other`: an algorithm that this version does not know;
 * - `unread`.
 */
export type SseClass = 's3' | 'kms' | 'unspecified' | 'other' | 'unread';

export interface EncryptionPosture {
  readonly sseClass: SseClass;
  readonly reference: KeyReference;
  /** A bare alias or key id is resolved in the account of whoever writes an object; null when not read. */
  readonly keyDependsOnWriter: boolean | null;
}

const classes: Readonly<Record<string, SseClass>> = { AES256: 's3', 'aws:kms': 'kms', 'aws:kms:dsse': 'kms' };

/** What a bucket's default encryption says (S3 API reference, ServerSideEncryptionByDefault, read 2026-11-23). */
export function encryptionPosture(encryption: Fact<BucketEncryption | null>): EncryptionPosture {
  if (encryption.state !== 'known') return { sseClass: 'unread', reference: noKey, keyDependsOnWriter: null };
  const algorithm = encryption.value?.sseAlgorithm ?? null;
  const sseClass = algorithm === null ? 'unspecified' : (classes[algorithm] ?? 'other');
  if (sseClass !== 'kms') return { sseClass, reference: noKey, keyDependsOnWriter: false };
  const reference = readKeyReference(encryption.value?.kmsMasterKeyId ?? null, 'alias/aws/s3');
  return {
    sseClass,
    reference,
    keyDependsOnWriter: reference.form === 'alias' || reference.form === 'key_id',
  };
}
