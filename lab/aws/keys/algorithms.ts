import type { WireKeyMetadata } from '../wire-shapes.ts';

type Algorithms = Pick<
  WireKeyMetadata,
  | 'EncryptionAlgorithms'
  | 'SigningAlgorithms'
  | 'MacAlgorithms'
  | 'KeyAgreementAlgorithms'
  | 'EncapsulationAlgorithms'
>;

const rsaSigning = [
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
];

const signing: Readonly<Record<string, readonly string[]>> = {
  RSA_2048: rsaSigning,
  RSA_3072: rsaSigning,
  RSA_4096: rsaSigning,
  ECC_NIST_P256: ['ECDSA_SHA_256'],
  ECC_NIST_P384: ['ECDSA_SHA_384'],
  ECC_NIST_P521: ['ECDSA_SHA_512'],
  ECC_SECG_P256K1: ['ECDSA_SHA_256'],
  ECC_NIST_EDWARDS25519: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
  SM2: ['SM2DSA'],
  ML_DSA_44: ['ML_DSA_SHAKE_256'],
  ML_DSA_65: ['ML_DSA_SHAKE_256'],
  ML_DSA_87: ['ML_DSA_SHAKE_256'],
};

const rsaEncryption = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];

const encryption: Readonly<Record<string, readonly string[]>> = {
  SYMMETRIC_DEFAULT: ['SYMMETRIC_DEFAULT'],
  RSA_2048: rsaEncryption,
  RSA_3072: rsaEncryption,
  RSA_4096: rsaEncryption,
  SM2: ['SM2PKE'],
};

/** The algorithms that DescribeKey answers for a spec and usage; none for a spec that nobody knows yet. */
export function algorithmsOf(spec: string, usage: string): Algorithms {
  switch (usage) {
    case 'ENCRYPT_DECRYPT': {
      const algorithms = encryption[spec];
      return algorithms === undefined ? {} : { EncryptionAlgorithms: algorithms };
    }
    case 'SIGN_VERIFY': {
      const algorithms = signing[spec];
      return algorithms === undefined ? {} : { SigningAlgorithms: algorithms };
    }
    case 'GENERATE_VERIFY_MAC':
      return { MacAlgorithms: [`HMAC_SHA_${spec.replace('HMAC_', '')}`] };
    case 'KEY_AGREEMENT':
      return { KeyAgreementAlgorithms: ['ECDH'] };
    case 'ENCAPSULATE_DECAPSULATE':
      return { EncapsulationAlgorithms: ['ML_KEM'] };
    default:
      return {};
  }
}

/** The usage that a spec has unless its creator chose another. */
export function usualUsage(spec: string): string {
  if (spec === 'SYMMETRIC_DEFAULT') return 'ENCRYPT_DECRYPT';
  if (spec.startsWith('ML_KEM_')) return 'ENCAPSULATE_DECAPSULATE';
  return spec.startsWith('HMAC_') ? 'GENERATE_VERIFY_MAC' : 'SIGN_VERIFY';
}

/** CustomerMasterKeySpec is frozen: AWS answers it only for the specs that it knew. */
export function hasOldSpecName(spec: string): boolean {
  return (
    !spec.startsWith('ML_DSA_') && spec !== 'ECC_NIST_EDWARDS25519' && /^(SYM|RSA|ECC|HMAC|SM2)/.test(spec)
  );
}
