import { valueOrNull } from '../aws/fact.ts';
import type { BucketFacts } from '../posture/bucket/bucket-facts.ts';
import { type ReplicaKey, replicaKeyNamed } from '../posture/bucket/replication.ts';
import { readKeyReference } from '../posture/key-reference.ts';
import type { KeyResolver } from './key-resolver.ts';

/** The keys that a bucket's replication names, as its owner wrote them → as far as they are known. */
export type ReplicaKeys = ReadonlyMap<string, ReplicaKey>;

/** Only aliases are looked up: an ARN of a key tells all that is asked. */
export async function replicaKeysOf(
  { scope, replication }: BucketFacts,
  resolver: KeyResolver,
): Promise<ReplicaKeys> {
  const written = (valueOrNull(replication) ?? []).flatMap(({ replicaKmsKeyId }) => replicaKmsKeyId ?? []);
  const keys = [...new Set(written)].map(async (name): Promise<[string, ReplicaKey]> => {
    const key = replicaKeyNamed(name);
    return [name, key ?? (await resolver.resolve(readKeyReference(name, null), scope, 'identity'))];
  });
  return new Map(await Promise.all(keys));
}
