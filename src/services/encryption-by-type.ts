import type { EncryptionState, ResourceEncryption } from '../posture/resource/resource-facts.ts';

/** Reads how a resource is encrypted from a word of AWS's and its key; both are null where AWS answers none. */
type ByType = (type: string | null, key: string | null) => ResourceEncryption;

/**
 * For services that tell by a word how a resource is encrypted.
 * @param states by that word; any other is `unknown`
 */
export function encryptionByType(states: Readonly<Record<string, EncryptionState>>): ByType {
  const stateOf = new Map(Object.entries(states));
  return (type, key) => {
    const state = stateOf.get(type ?? '') ?? 'unknown';
    return { state, key: state === 'kms' || state === 'unknown' ? key : null };
  };
}

/**
 * For those of them that name each key, one that AWS manages included: what is under KMS without a name is `unknown`.
 * @param states as above
 */
export function encryptionByTypeAndKey(states: Readonly<Record<string, EncryptionState>>): ByType {
  const byType = encryptionByType(states);
  return (type, key) => {
    const found = byType(type, key);
    return found.state === 'kms' && key === null ? { state: 'unknown', key } : found;
  };
}
