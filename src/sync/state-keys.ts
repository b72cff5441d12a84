import { ownsScope, type Shard } from './shard.ts';
import type { UnitPlace } from './units.ts';

const prefix = 'aws-encryption/';

/** Where the state keeps a scope. */
export interface StateKey extends UnitPlace {
  /** `2-of-4`, for what a shard says of an account that belongs to another one; null for the scope itself. */
  readonly byShard: string | null;
}

/**
 * The key of a scope for a shard. Only the shard that owns a scope writes its state. What another one has to say of
 * an account (it could not enter it) it keeps under a key of its own.
 */
export function stateKey(shard: Shard, { accountId, region }: UnitPlace): string {
  // An account whose credentials failed goes by the label that the spec gives it: any text.
  const key = `${prefix}${encodeURIComponent(accountId)}/${region}`;
  return ownsScope(shard, accountId, region) ? key : `${key}/${shard.number}-of-${shard.total}`;
}

/** Null for a key of another plugin. */
export function parseStateKey(key: string): StateKey | null {
  if (!key.startsWith(prefix)) return null;
  const [account, region, byShard = null] = key.slice(prefix.length).split('/');
  return account && region ? { accountId: decodeURIComponent(account), region, byShard } : null;
}

/** Whether it is the shard's affair: its scopes, its words, and words of shards of another division. */
export function ownsKey(shard: Shard, { accountId, region, byShard }: StateKey): boolean {
  if (byShard?.endsWith(`-of-${shard.total}`)) return byShard === `${shard.number}-of-${shard.total}`;
  return ownsScope(shard, accountId, region);
}
