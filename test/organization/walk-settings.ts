import type { WalkSettings } from '../../src/organization/settings.ts';
import type { OrganizationSettings } from '../../src/spec/settings.ts';

/** A walk of the whole organization, with the role that CreateAccount leaves in each account. */
export function walkSettings(
  org: Partial<OrganizationSettings> = {},
  more: Partial<WalkSettings> = {},
): WalkSettings {
  return {
    regions: ['*'],
    accounts: [],
    needsOrganizationalUnits: false,
    needsPolicyTypes: true,
    needsDelegatedAdministrators: true,
    org: {
      adminAccount: null,
      memberTrustedPrincipal: null,
      memberRoleName: 'OrganizationAccountAccessRole',
      memberRoleSessionName: null,
      memberExternalId: null,
      memberRegions: [],
      organizationUnits: [],
      skipOrganizationUnits: [],
      skipMemberAccounts: [],
      ...org,
    },
    ...more,
  };
}
