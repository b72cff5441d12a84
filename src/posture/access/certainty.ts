import { everything, intersection, isSame, type ValueSet } from '../policy/value-set.ts';
import type { Admission, ResourceContext } from './admission.ts';
import { organizationsOf, type Viewpoint } from './knowledge.ts';
import { accountsOf, organizationsLimiting } from './trust.ts';

/** By the document alone: let in whatever else the request is, only under conditions, or not at all. */
export type Certainty = 'unconditional' | 'conditional' | 'denied';

/**
 * Unconditional: whoever the row names (its principal within `limited_to_account_ids` and
 * `limited_to_organization_ids`) is let in by the document. `baseline` is what the principal alone stands for.
 */
export function isUnconditional(
  admission: Admission,
  baseline: readonly Admission[],
  context: ResourceContext,
): boolean {
  if (admission.leftover.length > 0 || admission.doubts.length > 0) return false;
  const from = baseline.find(({ caller }) => caller === admission.caller);
  if (from === undefined) return false;
  if (!isSame(admission.arns, from.arns) || !isSame(admission.services, from.services)) return false;
  if (!isSame(admission.delegates, from.delegates)) return false;
  const accounts = accountsOf(admission);
  if (accounts !== null) return accounts.every((id) => isMember(id, admission, context.viewpoint));
  if (!sameExceptions(admission.accounts, from.accounts, context.viewpoint.ownAccountId)) return false;
  return organizationsLimiting(admission) !== null || isSame(admission.organizations, from.organizations);
}

/** Whatever organization the account is in, the admission lets it in. */
export function isMember(account: string, { organizations }: Admission, viewpoint: Viewpoint): boolean {
  if (organizations === everything) return true;
  const possible = organizationsOf(viewpoint, account);
  return isSame(intersection(possible, organizations), possible);
}

/** The owner's account is set apart where other accounts get fewer actions: that is no condition. */
function sameExceptions(set: ValueSet, from: ValueSet, own: string): boolean {
  const less = (values: ValueSet): ValueSet => ({
    ...values,
    except: values.except.filter((id) => id !== own),
  });
  return isSame(less(set), less(from));
}
