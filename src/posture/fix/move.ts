import type { ResolvedKey } from '../resource-key.ts';
import type { FixStep } from './fix.ts';
import type { Party } from './locked.ts';

/** Steps for some parties that are locked out alike. */
export interface Move {
  readonly parties: readonly Party[];
  readonly steps: readonly FixStep[];
  /** The keys as they are then; null: nothing changes for the parties. */
  readonly keys: readonly ResolvedKey[] | null;
}

/** Nothing can be proposed, or is to be. */
export const standing = (parties: readonly Party[], ...steps: readonly FixStep[]): Move => ({
  parties,
  steps,
  keys: null,
});
