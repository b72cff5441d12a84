/** What a run of the bench asks otherwise than usual. */
export interface BenchOptions {
  /** The simulated AWS of `wide` and `large` takes this many times as long for an answer. */
  readonly slower: number;
  /** How many keys the syncs of `organization-policies` read. */
  readonly keys: number;
  /** The numbers of accounts that `accounts` measures; null: all that the documentation tells of. */
  readonly accounts: readonly number[] | null;
}
