import { isLiteral } from '../policy/pattern.ts';
import { meet, members, type ValueSet, without } from '../policy/value-set.ts';
import type { Admission, ResourceContext } from './admission.ts';
import { isAwsAccount } from './aws-accounts.ts';
import { isByUniqueId } from './identity.ts';
import type { Viewpoint } from './knowledge.ts';

/** Where those let in are, seen from the account that owns the resource; from narrow to wide. */
export const trusts = [
  'same_account',
  'service',
  'organization',
  'other_account',
  'external',
  'anyone',
] as const;
export type Trust = (typeof trusts)[number];

/** Outside the zone of trust that is the owner's account, AWS's services aside: that is sharing. */
export type OutsideAccount = Exclude<Trust, 'same_account' | 'service'>;
export const isOutsideAccount = (trust: Trust | null): trust is OutsideAccount =>
  trust !== null && trust !== 'same_account' && trust !== 'service';

/** The widest of the given ones; null for none. */
export function widest(list: readonly (Trust | null)[]): Trust | null {
  return list.reduce((wide, trust) => (rank(trust) > rank(wide) ? trust : wide), null);
}

const rank = (trust: Trust | null): number => (trust === null ? -1 : trusts.indexOf(trust));

/** `other_account` when it is another account and membership is not known. */
export function trustOfAccount(account: string, { ownAccountId, memberAccountIds }: Viewpoint): Trust {
  if (account === ownAccountId) return 'same_account';
  if (isAwsAccount(account)) return 'service';
  if (memberAccountIds === null) return 'other_account';
  return memberAccountIds.has(account) ? 'organization' : 'external';
}

function trustOfOrganization(organization: string, { organizationId }: Viewpoint): Trust {
  if (organizationId === null) return 'other_account';
  return organization === organizationId ? 'organization' : 'external';
}

/** The accounts that an admission is limited to; null when no list of accounts limits it. */
export const accountsOf = (admission: Admission): readonly string[] | null =>
  admission.caller === 'anonymous' ? null : members(admission.accounts);

/** The organizations that an admission is limited to; null when no list of organizations limits it. */
export const organizationsLimiting = (admission: Admission): readonly string[] | null =>
  admission.caller === 'anonymous' ? null : members(admission.organizations);

/**
 * The widest of those that an admission lets in; null when it lets in somebody by an id that tells no account
 * (`aws:userid`): of the own account or of any other.
 */
export function trustOf(admission: Admission, context: ResourceContext): Trust | null {
  const { viewpoint } = context;
  const isService = admission.caller === 'service';
  const accounts = accountsOf(admission);
  const organizations = organizationsLimiting(admission);
  if (accounts !== null) {
    const ownOrganizationOnly = organizations?.every((id) => id === viewpoint.organizationId) ?? false;
    const each = accounts.map((account): Trust => {
      const trust = trustOfAccount(account, viewpoint);
      if (trust === 'same_account') return isService ? 'service' : trust;
      return ownOrganizationOnly && trust !== 'service' ? 'organization' : trust;
    });
    return widest(each) ?? 'same_account';
  }
  if (organizations !== null) {
    const each = organizations.map((id): Trust => {
      const trust = trustOfOrganization(id, viewpoint);
      return isService && trust === 'organization' ? 'service' : trust;
    });
    return widest(each) ?? 'same_account';
  }
  if (admission.caller === 'service') return 'service';
  const delegates = members(admission.delegates);
  if (delegates !== null)
    return widest(delegates.map((account) => trustOfAccount(account, viewpoint))) ?? 'anyone';
  if (isByUniqueId(admission)) return null;
  if (admission.principal.type !== 'canonical') return 'anyone';
  return admission.principal.text === context.ownCanonicalId ? 'same_account' : 'other_account';
}

/** Neither a list of accounts nor of organizations limits it. */
export const isUnlimited = (admission: Admission): boolean =>
  accountsOf(admission) === null && organizationsLimiting(admission) === null;

/** The part of an admission for the owner's account, and the part for everybody else. */
export function byOwnership(
  admission: Admission,
  { viewpoint: { ownAccountId } }: ResourceContext,
): { readonly own: ValueSet; readonly others: ValueSet } {
  const { accounts } = admission;
  if (accounts.only?.every(isLiteral)) {
    const isOwn = accounts.only.includes(ownAccountId);
    if (!isOwn) return { own: { only: [], except: [] }, others: accounts };
    if (accounts.only.length === 1) return { own: accounts, others: { only: [], except: [] } };
  }
  return { own: meet(accounts, [ownAccountId]), others: without(accounts, [ownAccountId]) };
}
