import type { Organization } from '../../organization/model.ts';

type PolicySwitches = Pick<Organization, 'resourceControlPoliciesEnabled' | 'serviceControlPoliciesEnabled'>;

/** The reminder that policies of the organization were left out, where they are, or may be, in use. */
export function organizationPolicies(organization: PolicySwitches): readonly string[] {
  const { resourceControlPoliciesEnabled: rcp, serviceControlPoliciesEnabled: scp } = organization;
  return rcp === false && scp === false ? [] : ['organization policies not evaluated'];
}
