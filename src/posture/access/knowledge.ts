import type { Account, Organization } from '../../organization/model.ts';
import type { OrganizationPolicies } from '../organization-policies/policies.ts';
import { everything, exactly, type ValueSet } from '../policy/value-set.ts';

/** What is known of the organization when policies are judged. */
export interface OrganizationKnowledge {
  /** `o-…`, from DescribeOrganization; null when unknown. */
  readonly organizationId: string | null;
  /** Every member by the whole ListAccounts; null when unknown: then nobody is "external" by guess. */
  readonly memberAccountIds: ReadonlySet<string> | null;
  /** Account id → `o-…/r-…/ou-…/`, as aws:PrincipalOrgPaths has it, for the accounts whose path is known. */
  readonly memberPaths?: Readonly<Record<string, string>>;
  /** Account id → name, for the accounts that the walk saw. */
  readonly memberNames?: Readonly<Record<string, string>>;
  /** Account id → name, for accounts outside the organization that the user knows. */
  readonly knownAccounts: Readonly<Record<string, string>>;
  /** Service and resource control policies; absent: they were not asked for. */
  readonly policies?: OrganizationPolicies;
}

/**
 * What the organization walk found, as far as policies are concerned. `accounts` are those whose organizational
 * units are known; without them aws:PrincipalOrgPaths is judged by its organization only.
 */
export function organizationKnowledge(
  organization: Organization | null,
  knownAccounts: Readonly<Record<string, string>>,
  accounts: readonly (Pick<Account, 'id' | 'organizationalUnits'> & Partial<Pick<Account, 'name'>>)[] = [],
): OrganizationKnowledge {
  const organizationId = organization?.id ?? null;
  const paths = accounts.flatMap(({ id, organizationalUnits: units }) =>
    units === null || organizationId === null
      ? []
      : [[id, `${[organizationId, ...units].join('/')}/`] as const],
  );
  return {
    organizationId,
    memberAccountIds: organization?.memberAccountIds ?? null,
    memberPaths: Object.fromEntries(paths),
    memberNames: Object.fromEntries(accounts.flatMap(({ id, name }) => (name ? [[id, name] as const] : []))),
    knownAccounts,
  };
}

/** The organization as seen from the account that owns a resource. */
export interface Viewpoint extends OrganizationKnowledge {
  readonly ownAccountId: string;
}

/** An owner outside the organization that was listed has an organization that is not known (or none). */
export function viewpointOf(knowledge: OrganizationKnowledge, ownAccountId: string): Viewpoint {
  const outside = knowledge.memberAccountIds !== null && !knowledge.memberAccountIds.has(ownAccountId);
  const ofOwner = outside ? { ...knowledge, organizationId: null, memberAccountIds: null } : knowledge;
  return { ...ofOwner, ownAccountId };
}

/** The organizations that an account may be a member of, by what is known. */
export function organizationsOf(viewpoint: Viewpoint, accountId: string): ValueSet {
  const { organizationId, memberAccountIds, ownAccountId } = viewpoint;
  if (organizationId === null) return everything;
  if (accountId === ownAccountId || memberAccountIds?.has(accountId)) return exactly(organizationId);
  return memberAccountIds === null ? everything : { only: null, except: [organizationId] };
}
