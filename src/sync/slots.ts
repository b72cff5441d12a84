import pLimit, { type LimitFunction } from 'p-limit';

/**
 * How much is under way at the same time, beside the limit on requests. Resources wait for the reading of keys and
 * listings of keys may wait for resources (see `ReadAhead`), so neither takes the other's place.
 */
export interface Slots {
  /** Accounts that are read. */
  readonly accounts: LimitFunction;
  /** Scopes whose resources are read. */
  readonly resources: LimitFunction;
  /** Scopes whose keys and other things are listed. */
  readonly listings: LimitFunction;
}

export const newSlots = (): Slots => ({
  accounts: pLimit(32),
  resources: pLimit(24),
  listings: pLimit(24),
});
