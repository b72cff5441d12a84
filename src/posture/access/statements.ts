import type { PolicyDocument } from '../policy/document.ts';
import type { Statement } from '../policy/statement.ts';
import { type Admission, type ResourceContext, withDoubt } from './admission.ts';
import { type Named, namedBy } from './allow.ts';
import { afterDeny, type DenyingPolicy } from './deny.ts';
import { effective } from './effective.ts';
import { reasonOf } from './reason.ts';
import { type AccessFinding, type AccessRow, extentOf, principalColumns } from './row.ts';

/**
 * One finding for each understood statement and each of its principals.
 * @param others what else decides, where the resource has more than this policy
 */
export function findingsOfPolicy(
  policy: PolicyDocument,
  source: AccessRow['source'],
  context: ResourceContext,
  others: OtherPolicies = noOthers,
): readonly AccessFinding[] {
  return policy.statements.flatMap((statement) =>
    namedBy(statement, context).map((named) => finding(statement, named, policy, source, context, others)),
  );
}

/** The other policies of a resource, whose Deny statements count as well. */
export interface OtherPolicies {
  readonly policies: readonly DenyingPolicy[];
  /** Why there may be more Deny statements, a phrase each: policies that are not known. */
  readonly doubts: readonly string[];
}

const noOthers: OtherPolicies = { policies: [], doubts: [] };

function finding(
  statement: Statement,
  named: Named,
  policy: PolicyDocument,
  source: AccessRow['source'],
  context: ResourceContext,
  others: OtherPolicies,
): AccessFinding {
  const { principal, baseline, admissions, perhaps } = named;
  const allows = statement.effect === 'Allow';
  const policies = [{ document: policy, name: null }, ...others.policies];
  const remaining = (some: readonly Admission[]) =>
    allows ? afterDeny(doubted(some, others.doubts), policies, context) : { admissions: some, deniedBy: [] };
  const { admissions: left, deniedBy } = remaining(admissions);
  const extent = extentOf(principal, baseline, admissions, left, context);
  const listed = effective(remaining(perhaps).admissions, context);
  // Where nobody else is left, the row is about those whom it may leave out.
  const isOfListed = extent.admissions.length === 0 && listed.length > 0;
  const shown = isOfListed ? extentOf(principal, baseline, listed, listed, context) : extent;
  const told = isOfListed ? { ...named, admissions: listed, contradiction: null } : named;
  return {
    row: {
      source,
      sourceId: String(statement.index),
      sid: statement.sid,
      effect: statement.effect,
      ...principalColumns(principal, context),
      exceptPrincipals: statement.notPrincipal ? statement.principals.map(({ text }) => text) : null,
      role: null,
      ...shown.columns,
      conditions: statement.conditionBlock,
      certainty: allows ? shown.columns.certainty : 'denied',
      reason: reasonOf(statement, told, shown, deniedBy, context),
    },
    admissions: allows ? extent.admissions : [],
    named: allows ? extent.named : [],
    perhaps: listed,
  };
}

/** With every doubt added. */
export const doubted = (admissions: readonly Admission[], doubts: readonly string[]): readonly Admission[] =>
  doubts.length === 0 ? admissions : admissions.map((admission) => doubts.reduce(withDoubt, admission));
