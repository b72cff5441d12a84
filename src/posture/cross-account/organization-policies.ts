import type { Organization } from '../../organization/model.ts';
import type { OrganizationPolicies } from '../organization-policies/policies.ts';
import type { EntityVerdict } from './judge.ts';

type PolicySwitches = Pick<Organization, 'resourceControlPoliciesEnabled' | 'serviceControlPoliciesEnabled'>;

/**
 * The reminder that policies of the organization were left out, where they are, or may be, in use.
 * @param policies what is known of them; absent: they were not asked for
 */
export function organizationPolicies(
  organization: PolicySwitches,
  policies: OrganizationPolicies | undefined,
  verdicts: readonly Pick<EntityVerdict, 'policies'>[],
): readonly string[] {
  if (policies !== undefined)
    return [...new Set(verdicts.flatMap((verdict) => verdict.policies?.notRead ?? []))].sort();
  const { resourceControlPoliciesEnabled: rcp, serviceControlPoliciesEnabled: scp } = organization;
  return rcp === false && scp === false ? [] : ['organization policies not evaluated'];
}
