import type { ResourceEncryption } from '../posture/resource/resource-facts.ts';
import { encryptionByTypeAndKey } from './encryption-by-type.ts';

const byAlgorithm = encryptionByTypeAndKey({ AES256: 'aws_owned', 'aws:kms': 'kms' });

/**
 * How table, vector and directory buckets are encrypted. Under KMS each names a customer managed key: there is no
 * AWS managed key that a missing name could stand for, so that nothing is known without one.
 * @param algorithm `AES256`: S3's own key; `aws:kms`
 */
export const s3Encryption = (algorithm: string | null, key: string | null): ResourceEncryption =>
  byAlgorithm(algorithm, key || null);
