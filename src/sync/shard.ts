/** One part of a sync that several machines share, as the CLI's `--shard 1/4` says it. */
export interface Shard {
  /** From 1 to `total`. */
  readonly number: number;
  readonly total: number;
}

export const wholeSync: Shard = { number: 1, total: 1 };

/**
 * Whether a scope belongs to the shard: exactly one of the shards has it, whatever else the organization holds,
 * so accounts and regions that come or go move no other scope.
 */
export function ownsScope(shard: Shard, accountId: string, region: string): boolean {
  return lotOf(`${accountId}/${region}`) % shard.total === shard.number - 1;
}

/** What belongs to no scope is read by the first shard. */
export const ownsGlobals = (shard: Shard): boolean => shard.number === 1;

/** A number that a text draws, always the same: FNV-1a, 32 bits, mixed so that low bits depend on all of the text. */
export function lotOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
