import { valueOrNull } from '../../aws/fact.ts';
import type { Account } from '../../organization/model.ts';
import type { PolicyFacts } from '../../services/organizations/facts.ts';
import {
  type OrganizationPolicy,
  organizationPolicy,
  type PolicyKnowledge,
  type PolicyLevel,
} from './policies.ts';

/** A policy as it was read, and as rules take it. */
export interface ReadPolicy {
  readonly facts: PolicyFacts;
  readonly policy: OrganizationPolicy;
}

export function readPolicyFacts(facts: PolicyFacts): ReadPolicy {
  const { id, type, name } = facts;
  return { facts, policy: organizationPolicy({ id, type, name: name ?? id }, valueOrNull(facts.content)) };
}

/** Where an account is: ids from the root (`r-…`) down to the parent; null when not known. */
export type PlacedAccount = Pick<Account, 'id' | 'organizationalUnits'>;

/**
 * What policies of one type say at the levels of each account. Left out are policies whose targets nobody asked for,
 * `RCPFullAWSAccess`: it denies nothing. Accounts with the same policies share one list.
 */
export function attachedPolicies(
  policies: readonly ReadPolicy[],
  accounts: readonly PlacedAccount[],
): PolicyKnowledge {
  const unplaced: OrganizationPolicy[] = [];
  const root: OrganizationPolicy[] = [];
  const below = new Map<string, OrganizationPolicy[]>();
  for (const { facts, policy } of policies) {
    if (facts.targets.state === 'unread') unplaced.push(policy);
    for (const { id, kind } of valueOrNull(facts.targets) ?? []) {
      if (kind === 'root') root.push(policy);
      else if (below.has(id)) below.get(id)?.push(policy);
      else below.set(id, [policy]);
    }
  }
  const shared = new SharedLists();
  const levelAt = (id: string): PolicyLevel => shared.level(below.get(id) ?? []);
  const ofRoot = shared.level(root);
  const levels = accounts.flatMap(({ id, organizationalUnits: units }) => {
    if (units === null) return [];
    // The first of them is the root, of which an organization has one.
    const list = [ofRoot, ...units.slice(1).map(levelAt), levelAt(id)];
    return [[id, shared.levels(list)] as const];
  });
  return { state: 'read', root: ofRoot, levels: new Map(levels), unplaced };
}

/** One list for all that are equal: what rules work out of a list is kept by it. */
class SharedLists {
  readonly #levels = new Map<string, PolicyLevel>();
  readonly #lists = new Map<string, readonly PolicyLevel[]>();

  level(policies: PolicyLevel): PolicyLevel {
    return one(this.#levels, nameOf(policies), policies);
  }

  levels(list: readonly PolicyLevel[]): readonly PolicyLevel[] {
    return one(this.#lists, list.map(nameOf).join('/'), list);
  }
}

const nameOf = (policies: PolicyLevel): string => policies.map(({ id }) => id).join();

function one<T>(known: Map<string, T>, name: string, made: T): T {
  const first = known.get(name);
  if (first === undefined) known.set(name, made);
  return first ?? made;
}
