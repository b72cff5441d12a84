import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';

/** How a cluster, a namespace or a snapshot of one is encrypted. */
export interface WarehouseEncryption {
  /** Null where AWS does not answer it. */
  readonly encrypted: boolean | null;
  /** Whether a hardware security module of the customer's holds the key: KMS has no part in it. */
  readonly byHsm: boolean;
  /** The ARN of a key, or `AWS_OWNED_KMS_KEY`; null: none is named. */
  readonly kmsKeyId: string | null;
}

/**
 * Where no key is named, AWS's pages differ about whose it is: "an automatically generated AWS-owned key" (Redshift
 * management guide, "Amazon Redshift database encryption"), "the AWS managed key for Amazon Redshift under your account"
 * (KMS developer guide, "How Amazon Redshift uses AWS KMS"; both read 2026-11-29).
 */
export function warehouseEncryption({ encrypted, byHsm, kmsKeyId }: WarehouseEncryption): ResourceEncryption {
  if (encrypted === false) return { state: 'none', key: null };
  if (encrypted === null || byHsm) return { state: 'unknown', key: kmsKeyId };
  if (kmsKeyId === 'AWS_OWNED_KMS_KEY') return { state: 'aws_owned', key: null };
  return { state: kmsKeyId === null ? 'aws_owned_or_managed' : 'kms', key: kmsKeyId };
}
