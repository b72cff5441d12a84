import type { BucketPosture } from '../posture/bucket/posture.ts';
import { type ReplicaKey, replicationWays } from '../posture/bucket/replication.ts';

/** The cell of `replication`; null when not read. @param keys of replicas, by how the rules name them */
export function replicationCell(
  { facts: { replication }, access }: BucketPosture,
  keys: ReadonlyMap<string, ReplicaKey>,
): readonly Readonly<Record<string, string | boolean | null>>[] | null {
  if (replication.state !== 'known') return null;
  return replicationWays(replication.value ?? [], access.context.viewpoint).map((way) => {
    const key = way.replicaKmsKeyId === null ? undefined : keys.get(way.replicaKmsKeyId);
    return {
      status: way.status,
      bucket_arn: way.bucketArn,
      account_id: way.accountId,
      trust: way.trust,
      known_account_name: way.knownAccountName,
      kms_key: way.replicaKmsKeyId,
      kms_key_arn: key?.arn ?? null,
      key_account_id: key?.accountId ?? null,
      kms_objects: way.replicatesKmsObjects,
      source_multi_region_key: way.usesSourceMultiRegionKey,
    };
  });
}
