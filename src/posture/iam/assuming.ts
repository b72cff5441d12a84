import { partitionOfArn } from '../../aws/arn.ts';
import type { ResourceContext } from '../access/admission.ts';
import { type OrganizationKnowledge, viewpointOf } from '../access/knowledge.ts';
import { sts } from '../access/sts.ts';
import { mayAllowAnything } from '../policy/document.ts';
import type { Principal } from '../policy/principal.ts';
import type { AccountIam, Identity } from './account-iam.ts';
import { once } from './once.ts';
import type { ResourcePolicies } from './resource-policies.ts';
import type { Rights } from './rights.ts';

/** Who can become which role by sts:AssumeRole, in one step. One for a whole sync. */
export class Assuming {
  readonly #rights: Rights;
  readonly #assumers = new WeakMap<Identity, readonly Identity[]>();
  readonly #ways = new WeakMap<readonly Identity[], WaysIn>();

  constructor(rights: Rights) {
    this.#rights = rights;
  }

  /**
   * By which of some roles others get where these are, be it under conditions.
   * @param iamOf the IAM of an account that one of them trusts; null: not read
   */
  waysThrough(
    roles: readonly Identity[],
    organization: OrganizationKnowledge,
    iamOf: (accountId: string) => AccountIam | null,
    readAccountIds: readonly string[],
  ): WaysIn {
    const cached = this.#ways.get(roles);
    if (cached !== undefined) return cached;
    const ways = new Map<Identity, Identity[]>();
    // In order, so that whoever shows them has little to sort.
    for (const role of roles.toSorted((a, b) => (a.arn < b.arn ? -1 : 1))) {
      for (const assumer of this.#assumersOf(role, organization, iamOf, readAccountIds)) {
        const list = ways.get(assumer);
        if (list) list.push(role);
        else ways.set(assumer, [role]);
      }
    }
    this.#ways.set(roles, ways);
    return ways;
  }

  #assumersOf(
    role: Identity,
    organization: OrganizationKnowledge,
    iamOf: (accountId: string) => AccountIam | null,
    readAccountIds: readonly string[],
  ): readonly Identity[] {
    const cached = this.#assumers.get(role);
    if (cached !== undefined) return cached;
    const trust = trustOf(role, organization);
    const accounts = trust === null ? [] : (accountsTrustedBy(role) ?? readAccountIds);
    const assumers = accounts.flatMap((accountId) => {
      const iam = iamOf(accountId);
      if (iam === null || trust === null) return [];
      return this.#rights
        .of(accountId, iam, trust, false)
        .flatMap(({ principals }) => (principals === 'root' ? [] : principals));
    });
    const others = assumers.filter((assumer) => assumer !== role);
    this.#assumers.set(role, others);
    return others;
  }
}

/** Users and roles, with the roles that they can become. */
export type WaysIn = ReadonlyMap<Identity, readonly Identity[]>;

/**
 * The accounts whose users and roles a role's trust policy names; null: those of any account, also where
 * nobody understands whom it names. Services and federated users are no users or roles of IAM.
 */
export function accountsTrustedBy({ trust }: Identity): readonly string[] | null {
  if (trust !== null && mayAllowAnything(trust)) return null;
  const allowing = (trust?.statements ?? []).filter(({ effect }) => effect === 'Allow');
  const isOpen = allowing.some(
    ({ principals, notPrincipal }) =>
      notPrincipal ||
      principals.some(({ type, accountId }) => type === 'anyone' || (isOfIam(type) && accountId === null)),
  );
  if (isOpen) return null;
  const named = allowing.flatMap(({ principals }) =>
    principals.flatMap(({ type, accountId }) => (isOfIam(type) ? (accountId ?? []) : [])),
  );
  return [...new Set(named)];
}

/** The accounts that some roles trust, once for each list of roles; null: one of them may trust any. */
export const accountsTrustedByAll = once((roles: readonly Identity[]): readonly string[] | null => {
  const trusted = new Set<string>();
  for (const role of roles) {
    const accounts = accountsTrustedBy(role);
    if (accounts === null) return null;
    for (const id of accounts) trusted.add(id);
  }
  return [...trusted];
});

const isOfIam = (type: Principal['type']): boolean =>
  type === 'account' || type === 'role' || type === 'user' || type === 'assumed_role';

/** The role as a resource that its trust policy lets others use; null: it has none. */
function trustOf(
  { trust, arn, accountId, tags }: Identity,
  organization: OrganizationKnowledge,
): ResourcePolicies | null {
  if (trust === null) return null;
  const context: ResourceContext = {
    grammar: sts,
    arn,
    partition: partitionOfArn(arn) ?? 'aws',
    viewpoint: viewpointOf(organization, accountId),
    ownCanonicalId: null,
    request: null,
    tags,
  };
  return {
    policies: [{ kind: 'resource_policy', id: 'the trust policy', document: trust }],
    unread: [],
    grants: new Map(),
    context,
    underResourceControl: true,
    needsNoPolicy: false,
  };
}
