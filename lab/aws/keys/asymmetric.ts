import type { SimKey } from '../model.ts';
import { type KeyOptions, newKey } from './key.ts';
import type { Place } from './material.ts';

/** RSA, ECC (NIST, secp256k1, Ed25519), ML-DSA, ML-KEM or SM2 with AWS material. Usage: the spec's usual one. */
export function asymmetricKey(
  place: Place,
  name: string,
  spec: string,
  options: KeyOptions & { readonly usage?: string } = {},
): SimKey {
  return newKey(
    place,
    name,
    { spec, origin: 'AWS_KMS', ...(options.usage === undefined ? {} : { usage: options.usage }) },
    options,
  );
}

/** `bits`: 224, 256, 384 or 512. */
export function hmacKey(place: Place, name: string, bits: number, options: KeyOptions = {}): SimKey {
  return newKey(place, name, { spec: `HMAC_${bits}`, origin: 'AWS_KMS' }, options);
}

/** ECDH: an ECC pair that derives shared secrets. */
export function keyAgreementKey(place: Place, name: string, spec: string, options: KeyOptions = {}): SimKey {
  return newKey(place, name, { spec, usage: 'KEY_AGREEMENT', origin: 'AWS_KMS' }, options);
}

/** Origin and spec that AWS has not announced: what a reader must survive tomorrow. */
export function futureKey(place: Place, name: string, options: KeyOptions = {}): SimKey {
  return newKey(
    place,
    name,
    { spec: 'LATTICE_2048', usage: 'ENCAPSULATE', origin: 'AWS_ORBITAL_HSM', state: 'Hibernating' },
    options,
  );
}
