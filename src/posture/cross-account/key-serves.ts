import { type Fact, valueOrNull } from '../../aws/fact.ts';
import type { KeyMetadata } from '../../services/kms/facts.ts';
import { keySpecFamily } from '../key-spec.ts';
import type { ResourceKey } from '../resource-key.ts';
import type { Terms } from './judged.ts';
import { type EntityUse, first, isBlocked } from './use.ts';

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

/** KMS API reference, KeyUsage (botocore 1.44.8), read 2026-11-28: what a key may be for beside encryption. */
const otherUsages = new Set([
  'SIGN_VERIFY',
  'GENERATE_VERIFY_MAC',
  'KEY_AGREEMENT',
  'ENCAPSULATE_DECAPSULATE',
]);

/** Why a key does not serve, or is not known to. */
export interface NoService {
  readonly use: 'blocked_by_key_state' | 'unknown';
  /** A phrase: `the key is in state Disabled`. */
  readonly problem: string;
}

/**
 * What the key itself, whoever it lets in, puts in the way of a service that encrypts with it; null: nothing. Services
 * that are integrated with KMS use symmetric encryption keys only (KMS developer guide, "Asymmetric keys in KMS";
 * S3 user guide, "Using server-side encryption with KMS keys": "Amazon S3 only supports symmetric encryption KMS
 * keys"; both read 2026-11-28). A spec, usage or state that is unread, or that AWS adds later, is not known to serve.
 */
export function noService(facts: { readonly metadata: Fact<KeyUse> }): NoService | null {
  const metadata = valueOrNull(facts.metadata);
  const all = metadata === null ? [unknown("the key's state is not known")] : obstacles(metadata);
  return all.find(({ use }) => use === 'blocked_by_key_state') ?? all[0] ?? null;
}

/** What of a key tells whether it serves. */
type KeyUse = Pick<KeyMetadata, 'keySpec' | 'keyUsage' | 'keyState'>;

function obstacles({ keySpec, keyUsage, keyState }: KeyUse): readonly NoService[] {
  const found: NoService[] = [];
  const family = keySpecFamily(keySpec);
  if (family !== 'symmetric') {
    const problem = `the key is of spec ${keySpec}, and only symmetric encryption keys serve`;
    found.push(family === null ? unknown(notKnown('spec', keySpec)) : blocked(problem));
  }
  if (keyUsage !== 'ENCRYPT_DECRYPT') {
    const isOther = keyUsage !== null && otherUsages.has(keyUsage);
    const problem = `the key is for ${keyUsage}, and only symmetric encryption keys serve`;
    found.push(isOther ? blocked(problem) : unknown(notKnown('usage', keyUsage)));
  }
  if (keyState === null || !usable.has(keyState)) {
    const isUnusable = keyState !== null && unusable.has(keyState);
    found.push(
      isUnusable ? blocked(`the key is in state ${keyState}`) : unknown(notKnown('state', keyState)),
    );
  }
  return found;
}

const blocked = (problem: string): NoService => ({ use: 'blocked_by_key_state', problem });
const unknown = (problem: string): NoService => ({ use: 'unknown', problem });

const notKnown = (what: string, value: string | null): string =>
  value === null ? `the key's ${what} is not known` : `this version does not know the key's ${what} ${value}`;

/** What a key says to everybody alike. `decides`: whom its policy lets in is not asked. */
export interface KeyAnswer {
  readonly use: EntityUse;
  readonly decides: boolean;
}

/**
 * What the key says before anybody asks whom it lets in; null: nothing. `decides`: nobody asks that at all.
 * An `unknown` that does not decide leaves a "no" of the key's policy as it is.
 */
export function ofTheKey(key: ResourceKey, checkedAgainst: Terms['checkedAgainst']): KeyAnswer | null {
  if (key.state === 'none' || checkedAgainst === 'none') return { use: 'no_kms_barrier', decides: true };
  if (key.state === 'gone') return { use: 'blocked_by_key_state', decides: true };
  if (key.state === 'unknown') return { use: 'unknown', decides: true };
  if (key.state === 'aws_managed' && checkedAgainst === 'caller')
    return { use: 'blocked_by_aws_managed_key', decides: true };
  const obstacle = key.facts === null ? null : noService(key.facts);
  if (checkedAgainst === 'service') return { use: obstacle?.use ?? 'possible', decides: true };
  return obstacle === null ? null : { use: obstacle.use, decides: false };
}

/** The same of keys that are all needed: one that locks out is enough, and what one leaves open stays open. */
export function ofTheKeys(
  keys: readonly ResourceKey[],
  checkedAgainst: Terms['checkedAgainst'],
): KeyAnswer | null {
  const answers = keys.map((key) => ofTheKey(key, checkedAgainst));
  const given = answers.flatMap((answer) => answer ?? []);
  const locking = given.filter(({ use }) => isBlocked(use));
  if (locking.length > 0) return { use: first(locking.map(({ use }) => use)), decides: true };
  if (given.length === answers.length && given.every(({ decides }) => decides))
    return { use: first(given.map(({ use }) => use)), decides: true };
  return given.some(({ use }) => use === 'unknown') ? { use: 'unknown', decides: false } : null;
}
