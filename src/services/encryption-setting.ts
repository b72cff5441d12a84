import type { EncryptionState, ResourceEncryption } from '../posture/resource/resource-facts.ts';
import { encryptionByTypeAndKey } from './encryption-by-type.ts';

/** The `resource_type` of what an account sets for all data of a service in a region. */
export const encryptionSetting = {
  encryption_setting: 'of all data of a service: one in each region, by an ARN of its own',
} as const;

/**
 * By AWS's word and the key; both are null where AWS answers none.
 * @param isDone false: another setting may be in use still; absent: AWS tells nothing of that
 */
type BySetting = (type: string | null, key: string | null, isDone?: boolean) => ResourceEncryption;

/**
 * For settings that tell by a word how data is encrypted, and name the key where it is not one that AWS owns.
 * @param states by that word; any other is `unknown`
 */
export function encryptionBySetting(states: Readonly<Record<string, EncryptionState>>): BySetting {
  const byType = encryptionByTypeAndKey(states);
  return (type, key, isDone = true) => (isDone ? byType(type, key) : { state: 'unknown', key });
}
