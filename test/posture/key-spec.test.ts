import { expect, test } from 'vitest';
import { keySpecFamily } from '../../src/posture/key-spec.ts';

/** KMS API reference, CreateKey KeySpec (read 2026-11-28). */
test.each([
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
  ['', null],
  ['RSA_8192', null],
  [null, null],
])('%s: %s', (spec, family) => {
  expect(keySpecFamily(spec)).toBe(family);
});
