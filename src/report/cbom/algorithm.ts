/** Keys of one kind, by the view `quantum_readiness`. */
export interface Kind {
  /** `RSA`, `AES-256`, …; null for a key spec that was not read or is not known. */
  readonly algorithm: string | null;
  /** As KMS has it; null when not read, as the usage is. */
  readonly key_spec: string | null;
  readonly key_usage: string | null;
}

/** What CycloneDX says of an algorithm (`algorithmProperties`). Bits and levels that no source gives are left out. */
export interface AlgorithmProperties {
  readonly primitive: string;
  readonly parameterSetIdentifier?: string;
  readonly curve?: string;
  readonly executionEnvironment: 'hardware' | 'unknown';
  readonly mode?: string;
  readonly padding?: string;
  readonly cryptoFunctions?: readonly string[];
  readonly classicalSecurityLevel?: number;
  readonly nistQuantumSecurityLevel?: number;
}

interface Curve {
  readonly name: string;
  readonly bits: number;
  /** Security strength (NIST SP 800-57 part 1 rev. 5, table 2). */
  readonly strength: number;
}

/** KMS developer guide, "Key spec reference", read 2026-11-30. */
const curves: Readonly<Record<string, Curve>> = {
  ECC_NIST_P256: { name: 'P-256', bits: 256, strength: 128 },
  ECC_NIST_P384: { name: 'P-384', bits: 384, strength: 192 },
  ECC_NIST_P521: { name: 'P-521', bits: 521, strength: 256 },
  ECC_NIST_EDWARDS25519: { name: 'Ed25519', bits: 256, strength: 128 },
  ECC_SECG_P256K1: { name: 'secp256k1', bits: 256, strength: 128 },
  SM2: { name: 'sm2p256v1', bits: 256, strength: 128 },
};

/** NIST SP 800-57 part 1 rev. 5, table 2, which has no line for 4,096 bits. */
const strengthOfRsa: Readonly<Record<string, number>> = { 2048: 112, 3072: 128 };

/** The categories of FIPS 203 and 204. */
const categories: Readonly<Record<string, number>> = {
  ML_DSA_44: 2,
  ML_DSA_65: 3,
  ML_DSA_87: 5,
  ML_KEM_512: 1,
  ML_KEM_768: 3,
  ML_KEM_1024: 5,
};

const signing = { primitive: 'signature', cryptoFunctions: ['sign', 'verify'] };
const kem = { primitive: 'kem', cryptoFunctions: ['encapsulate', 'decapsulate'] };
/** What a key is used for, where the algorithm leaves more than one use. */
const uses: Readonly<Record<string, Pick<AlgorithmProperties, 'primitive' | 'cryptoFunctions'>>> = {
  ENCRYPT_DECRYPT: { primitive: 'pke', cryptoFunctions: ['encrypt', 'decrypt'] },
  SIGN_VERIFY: signing,
  KEY_AGREEMENT: { primitive: 'key-agree', cryptoFunctions: ['keyderive'] },
};
const unknownUse = { primitive: 'unknown' };

const numberIn = (spec: string): string => /\d+$/.exec(spec)?.[0] ?? '';
const strength = (bits: number | undefined) => (bits === undefined ? {} : { classicalSecurityLevel: bits });
/** KMS works with keys in hardware security modules; of a key store outside of AWS nobody knows. */
const environment = { executionEnvironment: 'hardware' } as const;

/** A key spec in the words of CycloneDX 1.6. What a quantum computer breaks has the level 0. */
export function algorithmProperties({ algorithm, key_spec, key_usage }: Kind): AlgorithmProperties {
  const spec = key_spec ?? '';
  const use = uses[key_usage ?? ''] ?? unknownUse;
  switch (algorithm) {
    case 'AES-256':
      return {
        ...{ ...environment, primitive: 'ae', parameterSetIdentifier: '256', mode: 'gcm' },
        ...{
          cryptoFunctions: ['encrypt', 'decrypt'],
          classicalSecurityLevel: 256,
          nistQuantumSecurityLevel: 5,
        },
      };
    case 'SM4':
      return {
        ...{ ...environment, primitive: 'block-cipher', parameterSetIdentifier: '128' },
        ...{ cryptoFunctions: ['encrypt', 'decrypt'], classicalSecurityLevel: 128 },
      };
    case 'HMAC':
      return {
        ...{ ...environment, primitive: 'mac', parameterSetIdentifier: numberIn(spec) },
        cryptoFunctions: ['tag', 'verify'],
      };
    case 'RSA':
      return {
        ...{ ...environment, ...use, parameterSetIdentifier: numberIn(spec) },
        ...(use.primitive === 'pke' && { padding: 'oaep' }),
        ...strength(strengthOfRsa[numberIn(spec)]),
        nistQuantumSecurityLevel: 0,
      };
    case 'elliptic curve':
    case 'SM2': {
      const curve = curves[spec];
      return {
        ...{ ...environment, ...use, ...(curve !== undefined && { curve: curve.name }) },
        ...strength(curve?.strength),
        nistQuantumSecurityLevel: 0,
      };
    }
    case 'ML-DSA':
    case 'ML-KEM': {
      const level = categories[spec];
      return {
        ...{ ...environment, ...(algorithm === 'ML-KEM' ? kem : signing) },
        parameterSetIdentifier: numberIn(spec),
        ...(level !== undefined && { nistQuantumSecurityLevel: level }),
      };
    }
    default:
      return { ...environment, ...use };
  }
}

/** Bits of the key itself; null where that is not one number, or not known. */
export function keyBits({ algorithm, key_spec }: Kind): number | null {
  const spec = key_spec ?? '';
  if (algorithm === 'AES-256') return 256;
  if (algorithm === 'SM4') return 128;
  if (algorithm === 'RSA' || algorithm === 'HMAC') return Number(numberIn(spec)) || null;
  return curves[spec]?.bits ?? null;
}
