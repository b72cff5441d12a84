import { parseArn } from '../../aws/arn.ts';
import type { ReplicationRule } from '../../services/s3/facts.ts';
import type { Viewpoint } from '../access/knowledge.ts';
import { type Trust, trustOfAccount } from '../access/trust.ts';
import { readKeyReference } from '../key-reference.ts';
import type { ResolvedKey } from '../resource-key.ts';

/** One way in which a bucket's objects are replicated. */
export interface ReplicationWay extends ReplicationRule {
  /** Where the account is that the rule names; null where it names none. */
  readonly trust: Trust | null;
  /** Its name in `known_accounts`; null otherwise. */
  readonly knownAccountName: string | null;
  /** Null: AWS says something that this version does not know. */
  readonly replicatesKmsObjects: boolean | null;
  /** Null: the rule does not say. */
  readonly usesSourceMultiRegionKey: boolean | null;
}

/** Each different way once, in the order of the rules: these differ by what they select as well. */
export function replicationWays(
  rules: readonly ReplicationRule[],
  viewpoint: Viewpoint,
): readonly ReplicationWay[] {
  const ways = new Map<string, ReplicationWay>();
  for (const rule of rules) {
    const { status, bucketArn, accountId, replicaKmsKeyId, kmsObjects, sourceMultiRegionKey } = rule;
    const name = JSON.stringify([
      status,
      bucketArn,
      accountId,
      replicaKmsKeyId,
      kmsObjects,
      sourceMultiRegionKey,
    ]);
    if (ways.has(name)) continue;
    ways.set(name, {
      ...rule,
      trust: accountId === null ? null : trustOfAccount(accountId, viewpoint),
      knownAccountName: accountId === null ? null : (viewpoint.knownAccounts[accountId] ?? null),
      // "By default, Amazon S3 doesn't replicate objects that are encrypted with SSE-KMS or DSSE-KMS" (S3 user guide,
      // "Replicating encrypted objects", read 2026-11-29).
      replicatesKmsObjects: kmsObjects === null ? false : isEnabled(kmsObjects),
      // New in 2026-11: what holds without it AWS does not say.
      usesSourceMultiRegionKey: isEnabled(sourceMultiRegionKey),
    });
  }
  return [...ways.values()];
}

function isEnabled(status: string | null): boolean | null {
  if (status === 'Enabled') return true;
  return status === 'Disabled' ? false : null;
}

/** The key of replicas, as far as it is known. */
export type ReplicaKey = Pick<ResolvedKey, 'arn' | 'accountId' | 'errors'>;

/**
 * The key that an ARN of a key names; null for an alias, which has to be looked up. A bare id or alias leads to no key:
 * AWS takes ARNs here, and does not say where it would look for another form.
 */
export function replicaKeyNamed(written: string): ReplicaKey | null {
  const { form } = readKeyReference(written, null);
  if (form === 'alias_arn') return null;
  if (form !== 'arn') return { arn: null, accountId: null, errors: [] };
  return { arn: written, accountId: parseArn(written)?.accountId ?? null, errors: [] };
}
