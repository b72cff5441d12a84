import type { Fields } from '../../aws/answer.ts';
import { isAccountId } from '../../aws/arn.ts';
import type { ResourceFacts, ResourceSharing } from '../../posture/resource/resource-facts.ts';

/**
 * Whom a snapshot is shared with: "Returns null if no accounts are authorized. Visible only to the snapshot owner"
 * (AccountsWithRestoreAccess). AWS Support is among them by an alias (AccountAlias, both @aws-sdk/client-redshift
 * 3.1169.0, read 2026-11-29).
 */
export function snapshotSharing(
  snapshot: Fields,
): Pick<ResourceFacts, 'othersLetIn'> & { readonly sharing: ResourceSharing } {
  // An automated snapshot has to be copied before the copy can be shared ("Sharing a snapshot").
  if (snapshot.requiredText('SnapshotType') === 'automated') return { sharing: { by: 'nothing' } };
  const list = snapshot.objects('AccountsWithRestoreAccess') ?? [];
  const names = list.map((account) => account.text('AccountId') || account.text('AccountAlias') || 'nobody');
  const others = names.filter((name) => !isAccountId(name));
  return {
    sharing: { by: 'accounts', accountIds: names.filter(isAccountId), everybody: false },
    othersLetIn:
      others.length === 0 ? undefined : `it is shared with ${others.join(' and ')}, which is no account`,
  };
}
