import type { OrganizationPolicies, OrganizationPolicy, PolicyKnowledge, PolicyLevels } from './policies.ts';

/** How the policies of one type stand to an account: to its principals (SCPs) or to its resources (RCPs). */
export type Standing =
  /** None binds it: the type is not enabled, or it is the management account or of another organization. */
  | { readonly state: 'free' }
  /** `problem` says why, as a phrase. */
  | { readonly state: 'not_read'; readonly problem: string }
  | {
      readonly state: 'bound';
      readonly levels: PolicyLevels;
      /** May be attached to any of the levels. */
      readonly unplaced: readonly OrganizationPolicy[];
    };

const principals = 'service control policies';
const resources = 'resource control policies';

const free: Standing = { state: 'free' };
const notRead = (of: string, problem: string): Standing => ({
  state: 'not_read',
  problem: `${of} not evaluated: ${problem}`,
});

/**
 * The service control policies for the principals of an account, the root user included. Those of an organization that
 * is not ours are not known, and nobody is kept out by what is not known: `free`.
 */
export const overPrincipals = (policies: OrganizationPolicies, accountId: string): Standing =>
  standing(policies.serviceControl, principals, policies, accountId);

/** The resource control policies for the resources of an account, whoever comes. */
export const overResources = (policies: OrganizationPolicies, accountId: string): Standing =>
  standing(policies.resourceControl, resources, policies, accountId);

/**
 * The service control policies for an organization's accounts as a whole: those at the root. They bind all but the
 * management account.
 */
export function overOrganization({ serviceControl: knowledge }: OrganizationPolicies): Standing {
  if (knowledge.state === 'not_enabled') return free;
  if (knowledge.state === 'not_read') return notRead(principals, knowledge.problem);
  if (knowledge.root === null) return notRead(principals, 'those of the root were not read');
  return bound([knowledge.root], []);
}

function standing(
  knowledge: PolicyKnowledge,
  types: string,
  policies: OrganizationPolicies,
  accountId: string,
): Standing {
  const { managementAccountId, memberAccountIds } = policies;
  if (knowledge.state === 'not_enabled' || accountId === managementAccountId) return free;
  if (memberAccountIds !== null && !memberAccountIds.has(accountId)) return free;
  if (knowledge.state === 'not_read') return notRead(types, knowledge.problem);
  const levels = knowledge.levels.get(accountId);
  if (levels === undefined) return notRead(types, `those of account ${accountId} were not read`);
  if (managementAccountId === null)
    return notRead(types, 'which account is the management account is not known');
  return bound(levels, knowledge.unplaced);
}

/** One object for one list of levels: what is worked out of it is kept by it. */
const kept = new WeakMap<PolicyLevels, Extract<Standing, { state: 'bound' }>>();

function bound(levels: PolicyLevels, unplaced: readonly OrganizationPolicy[]): Standing {
  const cached = kept.get(levels);
  if (cached?.unplaced === unplaced) return cached;
  const made = { state: 'bound', levels, unplaced } as const;
  kept.set(levels, made);
  return made;
}

/** Every policy that counts, or may, by some standings, each once. */
export const policiesOf = (standings: Iterable<Standing>): ReadonlySet<OrganizationPolicy> =>
  new Set(
    [...new Set(standings)].flatMap((standing) =>
      standing.state === 'bound' ? [...standing.levels.flat(), ...standing.unplaced] : [],
    ),
  );
