import { actionsOf } from '../policy/action.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import { ABSENT } from '../policy/pattern.ts';
import { everything, intersection, isEmpty, meet, type ValueSet } from '../policy/value-set.ts';
import { type Admission, narrowed, settle } from './admission.ts';
import { isMember } from './certainty.ts';
import type { Viewpoint } from './knowledge.ts';
import { redecided } from './redecide.ts';
import { accountsOf } from './trust.ts';

/** Is there a principal that both let in? `unknown`: conditions or doubts leave it open. */
export type Decision = 'yes' | 'no' | 'unknown';

export interface Intersection {
  readonly decision: Decision;
  /** Whom both let in, with the actions and contents of the first; null for `no`. */
  readonly common: Admission | null;
}

const none: Intersection = { decision: 'no', common: null };

/**
 * Whom two policies (or a policy and a grant) both let in, such as a bucket policy for s3:GetObject and a key
 * policy for kms:Decrypt. The second must have been judged for the request that the first leads to (`request`
 * of `accessToKey`), so that only who calls is left to compare. Conditions left over make it `unknown`.
 */
export function intersectAdmissions(first: Admission, second: Admission, viewpoint: Viewpoint): Intersection {
  if (first.caller !== second.caller) return none;
  const sessions = [first.session?.name, second.session?.name].filter((name) => name !== undefined);
  if (sessions.length === 2 && sessions[0] !== sessions[1]) return none;

  const accounts = intersection(first.accounts, second.accounts);
  const organizations = intersection(first.organizations, second.organizations);
  const arns = intersection(first.arns, second.arns);
  // Through which service an identity comes differs between the two requests; a service principal stays itself.
  const services =
    first.caller === 'service' ? intersection(first.services, second.services) : first.services;
  const contents = intersection(first.contents, second.contents);
  if ([accounts, organizations, arns, services, contents].some(isEmpty)) return none;

  const settled = settle(
    {
      ...first,
      accounts,
      organizations,
      arns,
      services,
      contents,
      session: first.session ?? second.session,
      leftover: [...first.leftover, ...second.leftover],
      doubts: [...new Set([...first.doubts, ...second.doubts])].sort(),
    },
    viewpoint,
  );
  const common = settled && redecided(settled, viewpoint);
  if (common === null) return none;
  return { decision: isCertain(common, viewpoint) ? 'yes' : 'unknown', common };
}

/** No condition, doubt or access point's policy decides on top of it. */
export function isCertain(common: Admission, viewpoint: Viewpoint): boolean {
  if (common.leftover.length > 0 || common.doubts.length > 0) return false;
  // Through access points only: their own policies decide.
  if (common.delegates !== everything && isEmpty(meet(common.delegates, [ABSENT]))) return false;
  return accountsOf(common)?.some((account) => isMember(account, common, viewpoint)) ?? true;
}

/** Combinations that are followed at most: beyond, whether they share a principal stays open. */
const combinationLimit = 512;

/** Whether somebody is let in by all, and with `yes` to which parts of what is inside the resource. */
export interface CommonReach {
  readonly decision: Decision;
  readonly contents: readonly ValueSet[];
}

/**
 * Whether one principal is let in by an admission and by at least one of each list: an operation that needs several
 * actions of a key, allowed in statements of their own. `complete` says whether the lists hold all that is let in:
 * without it a `no` is not proven.
 */
export function commonOfAll(
  first: Admission,
  lists: readonly (readonly Admission[])[],
  viewpoint: Viewpoint,
  complete: boolean,
): CommonReach {
  let shared: readonly Intersection[] = [{ decision: 'yes', common: first }];
  for (const list of lists) {
    shared = shared.flatMap(({ common }) =>
      common === null
        ? []
        : list
            .map((admission) => intersectAdmissions(common, admission, viewpoint))
            .filter(({ decision }) => decision !== 'no'),
    );
    if (shared.length > combinationLimit) return { decision: 'unknown', contents: [] };
  }
  const sure = shared.filter(({ decision }) => decision === 'yes');
  if (sure.length > 0)
    return { decision: 'yes', contents: sure.flatMap(({ common }) => common?.contents ?? []) };
  return { decision: shared.length > 0 || !complete ? 'unknown' : 'no', contents: [] };
}

/** The part of admissions for principals of one account. */
export const withinAccount = (
  admissions: readonly Admission[],
  accountId: string,
  viewpoint: Viewpoint,
): readonly Admission[] =>
  admissions.flatMap((admission) => {
    const part = narrowed(admission, 'accounts', meet(admission.accounts, [accountId]), viewpoint);
    return (part && redecided(part, viewpoint)) ?? [];
  });

/** The part of admissions for principals of one organization. */
export const withinOrganization = (
  admissions: readonly Admission[],
  organizationId: string,
  viewpoint: Viewpoint,
): readonly Admission[] =>
  admissions.flatMap((admission) => {
    const set = meet(admission.organizations, [organizationId]);
    return narrowed(admission, 'organizations', set, viewpoint) ?? [];
  });

/** The part of admissions for some services by their principals, `sns.amazonaws.com`. */
export const withinServices = (
  admissions: readonly Admission[],
  services: readonly string[],
  viewpoint: Viewpoint,
): readonly Admission[] =>
  admissions.flatMap((admission) => {
    const set = meet(admission.services, services);
    return narrowed(admission, 'services', set, viewpoint) ?? [];
  });

/** The admissions that let in to an action, `s3:GetObject`. */
export function forAction(
  admissions: readonly Admission[],
  action: string,
  grammar: ServiceGrammar,
): readonly Admission[] {
  const bit = actionsOf(grammar).named(action);
  return admissions.filter(({ actions }) => (actions & bit) !== 0n);
}
