import type { Admission, ResourceContext } from '../access/admission.ts';
import { actionsOf } from '../policy/action.ts';
import { allowedAt } from './allowances.ts';
import { rulingsOn } from './compiled.ts';
import { afterDenials } from './denials.ts';
import { isServiceLinked } from './service-linked.ts';
import type { Standing } from './standing.ts';
import type { Remaining } from './taking.ts';

/**
 * What resource control policies leave of admissions to a resource: only their Deny statements count, of every level.
 * They hold for whoever comes, AWS's services included, but not for service-linked roles and not for kms:RetireGrant
 * (Organizations user guide, "Resource control policies", read 2026-11-28).
 */
export function underResourceControl(
  admissions: readonly Admission[],
  standing: Standing,
  context: ResourceContext,
): Remaining {
  if (standing.state !== 'bound') return { admissions, takings: [] };
  const { free, bound } = apart(admissions, (admission) => !isServiceLinked(admission));
  const { spared, meant } = withoutRetiring(bound, context);
  const { admissions: left, takings } = afterDenials(meant, rulingsOn(context.grammar, standing), context);
  return { admissions: [...free, ...spared, ...left], takings };
}

/**
 * What service control policies leave to the principals of an account: an action must be allowed at every level, and
 * denied at none. They hold for users, roles and the root user, not for AWS's services and service-linked roles
 * (Organizations user guide, "SCP evaluation", read 2026-11-28).
 * @param admissions for principals that all are under the policies of `standing`
 */
export function underServiceControl(
  admissions: readonly Admission[],
  standing: Standing,
  context: ResourceContext,
): Remaining {
  if (standing.state !== 'bound') return { admissions, takings: [] };
  const { free, bound } = apart(
    admissions,
    (admission) => admission.caller === 'identity' && !isServiceLinked(admission),
  );
  const rulings = rulingsOn(context.grammar, standing);
  let left = afterDenials(bound, rulings, context);
  for (const level of rulings.allows) {
    const { admissions: allowed, takings } = allowedAt(level, left.admissions, rulings, context);
    left = { admissions: allowed, takings: [...left.takings, ...takings] };
  }
  return { admissions: [...free, ...left.admissions], takings: left.takings };
}

function apart(admissions: readonly Admission[], isBound: (admission: Admission) => boolean) {
  return {
    free: admissions.filter((admission) => !isBound(admission)),
    bound: admissions.filter(isBound),
  };
}

function withoutRetiring(admissions: readonly Admission[], { grammar }: ResourceContext) {
  const retiring = grammar.service === 'kms' ? actionsOf(grammar).named('RetireGrant') : 0n;
  const part = (actions: bigint, admission: Admission): readonly Admission[] =>
    actions === 0n ? [] : [actions === admission.actions ? admission : { ...admission, actions }];
  return {
    spared: admissions.flatMap((admission) => part(admission.actions & retiring, admission)),
    meant: admissions.flatMap((admission) => part(admission.actions & ~retiring, admission)),
  };
}
