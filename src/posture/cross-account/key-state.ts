import { valueOrNull } from '../../aws/fact.ts';
import type { KeyFacts } from '../key-facts.ts';

/** KMS developer guide, "Key states of KMS keys", read 2026-11-24: no cryptographic operation works in these. */
const unusable = new Set([
  'Creating',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'PendingReplicaDeletion',
  'Unavailable',
]);
/** A key whose primary is being moved to another region can be used meanwhile. */
const usable = new Set(['Enabled', 'Updating']);

/** What the key's state alone says of its use; null: it does not stand in the way. */
export function keyStateUse(facts: KeyFacts): 'blocked_by_key_state' | 'unknown' | null {
  const state = valueOrNull(facts.metadata)?.keyState ?? null;
  if (state !== null && unusable.has(state)) return 'blocked_by_key_state';
  return state !== null && usable.has(state) ? null : 'unknown';
}
