import type { Admission, Lane } from '../aws/admission.ts';
import type { Turns } from '../enumerate/enumerator.ts';
import { KeysAhead } from '../enumerate/keys-ahead.ts';

/**
 * What may be under way at the same time. What has begun comes before what has not, so that few scopes are open, and
 * all that is open moves; the numbers only bound memory where quotas hold everything up. Resources wait for the
 * reading of keys and listings of keys may wait for resources (see `ReadAhead`), so neither takes the other's place.
 */
export interface Slots extends Turns {
  /** Scopes whose keys and other things are listed. */
  readonly listings: Lane;
  /** Scopes whose resources are listed. */
  readonly resources: Lane;
  /** Accounts that are read. */
  readonly accounts: Lane;
}

export const newSlots = (admission: Admission): Slots => ({
  keys: admission.lane(2_048),
  ahead: new KeysAhead(4_096),
  things: admission.lane(2_048),
  listings: admission.lane(1_024),
  resources: admission.lane(1_024),
  accounts: admission.lane(256),
});
