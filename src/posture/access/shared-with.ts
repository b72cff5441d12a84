import { intersection, isEmpty } from '../policy/value-set.ts';
import type { Admission, ResourceContext } from './admission.ts';
import { organizationsOf } from './knowledge.ts';
import { accountsOf, isOutsideAccount, isUnlimited, organizationsLimiting, trustOfAccount } from './trust.ts';

/** The other accounts and organizations that are let in, ascending. */
export interface SharedWith {
  readonly sharedAccountIds: readonly string[];
  readonly sharedOrganizationIds: readonly string[];
}

/**
 * Whom the admissions that share name. Deny statements break what is let in into parts, so that accounts come up
 * which are only a part of an organization or of anyone: they count when they were `named` before Deny, or when
 * nothing wider that is let in holds them.
 */
export function sharedWith(
  shared: readonly Admission[],
  named: readonly Admission[],
  context: ResourceContext,
): SharedWith {
  if (shared.length === 0) return { sharedAccountIds: [], sharedOrganizationIds: [] };
  const open = shared.some(isUnlimited);
  const wide = shared.filter((admission) => accountsOf(admission) === null);
  const namedAccounts = new Set(named.flatMap((admission) => accountsOf(admission) ?? []));
  const namedOrganizations = new Set(named.flatMap((admission) => organizationsIn(admission, context)));
  const isPart = (id: string, admission: Admission): boolean =>
    open || wide.some((other) => mayHold(other, id, admission, context));
  return {
    sharedAccountIds: unique(
      shared.flatMap((admission) =>
        accountsIn(admission, context).filter((id) => namedAccounts.has(id) || !isPart(id, admission)),
      ),
    ),
    sharedOrganizationIds: unique(
      shared.flatMap((admission) =>
        organizationsIn(admission, context).filter((id) => namedOrganizations.has(id) || !open),
      ),
    ),
  };
}

function mayHold(wide: Admission, id: string, part: Admission, { viewpoint }: ResourceContext): boolean {
  const possible = intersection(organizationsOf(viewpoint, id), part.organizations);
  return !isEmpty(intersection(possible, wide.organizations));
}

const accountsIn = (admission: Admission, { viewpoint }: ResourceContext): readonly string[] =>
  (accountsOf(admission) ?? []).filter((id) => isOutsideAccount(trustOfAccount(id, viewpoint)));

/** A service that acts for the own organization is a service, no sharing. */
function organizationsIn(admission: Admission, { viewpoint }: ResourceContext): readonly string[] {
  if (accountsOf(admission) !== null) return [];
  const isService = admission.caller === 'service';
  return (organizationsLimiting(admission) ?? []).filter(
    (id) => !isService || id !== viewpoint.organizationId,
  );
}

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();
