import type { SimKey } from '../model.ts';
import { at } from '../wire-shapes.ts';

/** The same key, disabled: its rotation setting stays. */
export function disabled(key: SimKey): SimKey {
  return withState(key, 'Disabled');
}

/** The same key, waiting to be deleted. `deletion`: ISO date. */
export function pendingDeletion(key: SimKey, deletion = '2027-01-15T00:00:00Z'): SimKey {
  withState(key, 'PendingDeletion').metadata.DeletionDate = at(deletion);
  return key;
}

/** A multi-Region primary that waits for its replicas to go before its own waiting period starts. */
export function pendingReplicaDeletion(key: SimKey, windowInDays = 30): SimKey {
  withState(key, 'PendingReplicaDeletion').metadata.PendingDeletionWindowInDays = windowInDays;
  return key;
}

/** Any other state: Creating, Updating, Unavailable. */
export function withState(key: SimKey, state: string): SimKey {
  key.metadata.KeyState = state;
  key.metadata.Enabled = state === 'Enabled';
  return key;
}
