import type { PolicyDocument } from '../policy/document.ts';
import type { Statement } from '../policy/statement.ts';
import type { ResourceContext } from './admission.ts';
import { type Named, namedBy } from './allow.ts';
import { afterDeny } from './deny.ts';
import { reasonOf } from './reason.ts';
import { type AccessFinding, type AccessRow, extentOf, principalColumns } from './row.ts';

/** One finding for each understood statement and each of its principals. */
export function findingsOfPolicy(
  policy: PolicyDocument,
  source: AccessRow['source'],
  context: ResourceContext,
): readonly AccessFinding[] {
  return policy.statements.flatMap((statement) =>
    namedBy(statement, context).map((named) => finding(statement, named, policy, source, context)),
  );
}

function finding(
  statement: Statement,
  named: Named,
  policy: PolicyDocument,
  source: AccessRow['source'],
  context: ResourceContext,
): AccessFinding {
  const { principal, baseline, admissions } = named;
  const allows = statement.effect === 'Allow';
  const { admissions: left, deniedBy } = allows
    ? afterDeny(admissions, policy, context)
    : { admissions, deniedBy: [] };
  const extent = extentOf(principal, baseline, admissions, left, context);
  return {
    row: {
      source,
      sourceId: String(statement.index),
      sid: statement.sid,
      effect: statement.effect,
      ...principalColumns(principal, context),
      exceptPrincipals: statement.notPrincipal ? statement.principals.map(({ text }) => text) : null,
      role: null,
      ...extent.columns,
      conditions: statement.conditionBlock,
      certainty: allows ? extent.columns.certainty : 'denied',
      reason: reasonOf(statement, named, extent, deniedBy, context),
    },
    admissions: allows ? extent.admissions : [],
    named: allows ? extent.named : [],
  };
}
