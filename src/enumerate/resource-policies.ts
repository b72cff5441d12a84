import type { AttachedPolicy } from '../posture/resource/attached-policy.ts';
import { resourcePolicies, resourcePolicyRow } from '../tables/resource-policies.ts';
import type { Sink } from './enumerator.ts';

/** The row of a policy as it was read, where the table is selected; a resource without one has none. */
export async function writePolicy(sink: Sink, policy: AttachedPolicy | null): Promise<void> {
  if (policy === null || !sink.selected(resourcePolicies)) return;
  const row = resourcePolicyRow(policy);
  if (row !== null) await sink.write(resourcePolicies, row);
  if (policy.document.state === 'unread') sink.valueMissing([resourcePolicies], policy.document.error);
}
