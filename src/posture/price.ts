import { type Fact, valueOrNull } from '../aws/fact.ts';
import type { KeyMetadata, Rotation } from '../services/kms/facts.ts';
import { keySpecFamily } from './key-spec.ts';
import type { KeyTypeName } from './key-types.ts';
import { completedRotations } from './rotation.ts';

/** What is known of a key. `metadata` is null for AWS owned keys and when DescribeKey was not answered. */
export interface PriceFacts {
  readonly keyType: KeyTypeName | null;
  readonly metadata: KeyMetadata | null;
  readonly partition: string;
  readonly rotations: Fact<readonly Rotation[]>;
}

/** Rotations that add to a key's monthly fee; later ones do not (since May 2024). */
const billedRotations = 2;

/**
 * The list price of keeping a key for a month, in whole US dollars: 1, and 1 more for each of its first two
 * rotations; 0 for AWS managed and AWS owned keys and for keys pending deletion (charged after all if the
 * deletion is cancelled).
 * Null where it is not provable: another partition than `aws`, a type or state not known, rotations unread, a
 * primary in `PendingReplicaDeletion`, of which no source says whether it is charged, or an ML-KEM key, for which
 * no price was found (2026-11-28).
 * Each primary and each replica is charged as a key of its own (API reference, ReplicateKey); key stores' own
 * cost comes on top. Sources: aws.amazon.com/kms/pricing; KMS developer guide, "Rotate AWS KMS keys", read 2026-11-23.
 */
export function monthlyFeeUsd({ keyType, metadata, partition, rotations }: PriceFacts): number | null {
  if (partition !== 'aws' || keyType === null) return null;
  if (keyType === 'aws_managed' || keyType === 'aws_owned') return 0;
  if (metadata === null || metadata.keyState === null) return null;
  if (metadata.keyState === 'PendingDeletion') return 0;
  if (metadata.keyState === 'PendingReplicaDeletion' || metadata.keySpec?.startsWith('ML_KEM_')) return null;
  if (!hasRotations(keyType, metadata)) return 1;
  const entries = valueOrNull(rotations);
  return entries === null ? null : 1 + Math.min(billedRotations, completedRotations(entries).length);
}

function hasRotations(keyType: KeyTypeName, metadata: KeyMetadata): boolean {
  const inKeyStore = keyType === 'customer_managed_cloudhsm' || keyType === 'customer_managed_xks';
  return !inKeyStore && keySpecFamily(metadata.keySpec) === 'symmetric';
}

/**
 * The class of AWS's price list that a cryptographic request on the key falls into:
 * - `symmetric`: usage type `KMS-Requests`;
 * - `asymmetric_rsa_2048`: `KMS-Requests-Asymmetric-RSA_2048`;
 * - `asymmetric`: `KMS-Requests-Asymmetric`.
 * Generating data key pairs has classes of its own, whatever the key.
 */
export type RequestPriceClass = 'symmetric' | 'asymmetric_rsa_2048' | 'asymmetric';

// AWS price list, service awskms, read second-hand 2026-11-23: it names no class for HMAC, ML-DSA and SM2; ML-KEM came later.
const classes: ReadonlyMap<string | null, RequestPriceClass> = new Map([
  ['SYMMETRIC_DEFAULT', 'symmetric'],
  ['RSA_2048', 'asymmetric_rsa_2048'],
  ['RSA_3072', 'asymmetric'],
  ['RSA_4096', 'asymmetric'],
  ['ECC_NIST_P256', 'asymmetric'],
  ['ECC_NIST_P384', 'asymmetric'],
  ['ECC_NIST_P521', 'asymmetric'],
  ['ECC_SECG_P256K1', 'asymmetric'],
  ['ECC_NIST_EDWARDS25519', 'asymmetric'],
]);

/**
 * What a request on the key is priced as. Null where no source says so: HMAC, ML-DSA, ML-KEM and SM2 keys, other
 * partitions than `aws`, AWS owned keys (no fee) and keys whose spec is unread.
 */
export function requestPriceClass({
  keyType,
  metadata,
  partition,
}: Omit<PriceFacts, 'rotations'>): RequestPriceClass | null {
  if (partition !== 'aws' || keyType === null || metadata === null) return null;
  return classes.get(metadata.keySpec) ?? null;
}
