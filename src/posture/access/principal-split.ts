import type { Principal } from '../policy/principal.ts';
import { isSame, meet, without } from '../policy/value-set.ts';
import { type Admission, type Dimension, narrowed, type ResourceContext } from './admission.ts';
import { inOtherPartition, principalAdmissions } from './principal-admissions.ts';
import { always, maybe, never, type Parts, type Split } from './split.ts';

/** Takes an admission apart by a Principal element (one of the principals must match) or NotPrincipal. */
export function splitByPrincipals(
  admission: Admission,
  principals: readonly Principal[],
  notPrincipal: boolean,
  context: ResourceContext,
): Parts {
  const holds: Admission[] = [];
  const may: Admission[] = [];
  let rest: readonly Admission[] = [admission];
  for (const principal of byBreadth(principals)) {
    const splits = rest.map((part) => splitByPrincipal(part, principal, context));
    holds.push(...splits.flatMap((split) => split.holds ?? []));
    may.push(...splits.flatMap((split) => split.may ?? []));
    rest = splits.flatMap((split) => split.fails ?? []);
    if (rest.length === 0) break;
  }
  return notPrincipal ? { holds: rest, may, fails: holds } : { holds, may, fails: rest };
}

/** Accounts before their roles: a part that is whole stays whole, in whatever order they are listed. */
function byBreadth(principals: readonly Principal[]): readonly Principal[] {
  if (principals.length < 2) return principals;
  const isPart = ({ type }: Principal): number =>
    type === 'anyone' || type === 'account' || type === 'service' ? 0 : 1;
  return principals.toSorted((a, b) => isPart(a) - isPart(b) || (a.text < b.text ? -1 : 1));
}

function splitByPrincipal(
  admission: Admission,
  principal: Principal,
  context: ResourceContext,
): Split<Admission> {
  if (principal.type === 'anyone' && principal.arn === null) return always(admission);
  if (principal.type === 'deleted' || inOtherPartition(principal, context)) return never(admission);
  if (principal.type === 'service') {
    if (admission.caller !== 'service') return never(admission);
    return principal.text === 'Service:*'
      ? always(admission)
      : by(admission, 'services', [principal.text], context);
  }
  if (admission.caller !== 'identity') return never(admission);
  if (principal.text === admission.principal.text || isRoleOfSession(principal, admission))
    return always(admission);
  const [whole] = principalAdmissions(principal, admission.actions, context);
  if (whole === undefined) return never(admission);
  const dimension: Dimension = whole.arns.only === null ? 'accounts' : 'arns';
  const split = by(admission, dimension, whole[dimension].only ?? [], context);
  // Sessions, federated and canonical users are parts of an account that its ARNs do not tell apart.
  const apart = principal.session === null && principal.type !== 'canonical';
  if (apart && (principal.type !== 'federated' || principal.arn !== null)) return split;
  if (whole.accounts.only === null) return maybe(admission);
  return { holds: null, may: split.holds, fails: split.fails };
}

/** Role names are unique in an account, whatever their path. */
const isRoleOfSession = (principal: Principal, { session, principal: of }: Admission): boolean =>
  session !== null &&
  principal.type === 'role' &&
  principal.accountId === of.accountId &&
  principal.arn?.split('/').at(-1) === session.role;

function by(
  admission: Admission,
  dimension: Dimension,
  values: readonly string[],
  { viewpoint }: ResourceContext,
): Split<Admission> {
  const inside = meet(admission[dimension], values);
  const outside = without(admission[dimension], values);
  if (isSame(outside, admission[dimension])) return never(admission);
  return {
    holds: narrowed(admission, dimension, inside, viewpoint),
    may: null,
    fails: narrowed(admission, dimension, outside, viewpoint),
  };
}
