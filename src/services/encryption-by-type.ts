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
