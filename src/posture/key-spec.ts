/** What a key can do at all: only symmetric encryption keys have key material that rotates. */
export type KeySpecFamily = 'symmetric' | 'asymmetric' | 'hmac';

/**
 * KMS API reference, KeySpec (botocore 1.44.8), read 2026-11-28. ECC keys for key agreement (2024-06-13),
 * Ed25519 (2025-11-07), ML-DSA (2025-06-13), ML-KEM (2026-11) and SM2 (China regions) are asymmetric.
 */
const families: ReadonlyMap<string, KeySpecFamily> = new Map([
  ['SYMMETRIC_DEFAULT', 'symmetric'],
  ['RSA_2048', 'asymmetric'],
  ['RSA_3072', 'asymmetric'],
  ['RSA_4096', 'asymmetric'],
  ['ECC_NIST_P256', 'asymmetric'],
  ['ECC_NIST_P384', 'asymmetric'],
  ['ECC_NIST_P521', 'asymmetric'],
  ['ECC_SECG_P256K1', 'asymmetric'],
  ['ECC_NIST_EDWARDS25519', 'asymmetric'],
  ['ML_DSA_44', 'asymmetric'],
  ['ML_DSA_65', 'asymmetric'],
  ['ML_DSA_87', 'asymmetric'],
  ['ML_KEM_512', 'asymmetric'],
  ['ML_KEM_768', 'asymmetric'],
  ['ML_KEM_1024', 'asymmetric'],
  ['SM2', 'asymmetric'],
  ['HMAC_224', 'hmac'],
  ['HMAC_256', 'hmac'],
  ['HMAC_384', 'hmac'],
  ['HMAC_512', 'hmac'],
]);

/** The family of a key spec; null when AWS did not answer one, or one that is not known here. */
export function keySpecFamily(keySpec: string | null): KeySpecFamily | null {
  return keySpec === null ? null : (families.get(keySpec) ?? null);
}
