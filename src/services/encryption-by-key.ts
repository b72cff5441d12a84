import type { EncryptionState, ResourceEncryption } from '../posture/resource/resource-facts.ts';

/** Reads how a resource is encrypted from its key alone; null: it names none. */
type ByKey = (key: string | null) => ResourceEncryption;

/**
 * For services that tell nothing of how a resource is encrypted but its key.
 * @param without what holds where none is named, by AWS's documentation of the service
 */
export const encryptionByKey =
  (without: EncryptionState): ByKey =>
  (key) => ({ state: key === null ? without : 'kms', key });
