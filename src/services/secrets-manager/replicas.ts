import type { Fields } from '../../aws/answer.ts';
import { parseArn } from '../../aws/arn.ts';
import type { Replicas } from '../../posture/resource/resource-facts.ts';

/**
 * `InSync`: "the replica holds the same secret value"; `InProgress`: it is being copied (Secrets Manager user guide,
 * "Monitor cross-account replication", read 2026-11-29). With `Failed`, or when the replica's owner stopped it
 * (`Detached`), a replica may hold a value of before.
 */
const hasTheValue = new Set(['InSync', 'InProgress']);

/**
 * Replicas of a secret in other accounts: DescribeSecret leaves out `CrossAccountReplicas` "if the secret has no
 * cross-account replicas", and `CrossAccountPrimary` "if the secret is not a cross-account replica" (botocore 1.44.8,
 * read 2026-11-29). Replicas in other regions of the own account are listed there, as secrets with rows of their own.
 *
 * A secret that is itself a replica has a policy beside its own, `cross-account-replication`, by which the primary's
 * account writes it (Secrets Manager user guide, "Permissions for cross-account replication"); GetResourcePolicy without
 * a name answers the other, `default` (botocore 1.44.8, both read 2026-11-29).
 */
export function replicasOf(secret: Fields): Replicas {
  secret.requiredText('ARN');
  const accountIds: string[] = [];
  const others: string[] = [];
  for (const replica of secret.objects('CrossAccountReplicas') ?? []) {
    const arn = replica.requiredText('ReplicaSecretARN');
    const status = replica.text('ReplicationStatus');
    const accountId = parseArn(arn)?.accountId;
    if (accountId && status !== null && hasTheValue.has(status)) accountIds.push(accountId);
    else others.push(`its replica ${arn} is ${status ?? 'without a status'}, and may have a value of it`);
  }
  const primary = secret.object('CrossAccountPrimary');
  if (primary !== null)
    others.push(
      `it is a replica of ${primary.requiredText('PrimarySecretARN')}, whose account writes it by a policy that is not read`,
    );
  return { accountIds: [...new Set(accountIds)], others: others.length === 0 ? null : others.join(', and ') };
}
