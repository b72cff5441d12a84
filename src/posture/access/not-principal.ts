import type { Principal } from '../policy/principal.ts';
import type { Statement } from '../policy/statement.ts';
import { type Admission, type ResourceContext, withDoubt } from './admission.ts';
import { splitByPrincipals } from './principal-split.ts';
import type { AccessFinding } from './row.ts';
import { isOutsideAccount, trustOf } from './trust.ts';

/** Whom a NotPrincipal element means. */
export interface Others {
  /** Anyone but those it lists. */
  readonly surely: readonly Admission[];
  /** Of those it lists, whom an Allow may let in all the same. */
  readonly perhaps: readonly Admission[];
}

const doubt = 'AWS does not say whom of a listed account a NotPrincipal with Allow leaves out';

/** @param baseline whom `*` stands for in the statement */
export function othersThan(
  { effect, principals, unreadExceptions }: Statement,
  baseline: readonly Admission[],
  context: ResourceContext,
): Others {
  const parts = baseline.map((admission) => splitByPrincipals(admission, principals, true, context));
  const left = parts.flatMap(({ holds, may }) => [...holds, ...may]);
  const spared = effect === 'Allow' ? principals.filter((one) => isSurelyLeftOut(one, principals)) : [];
  const perhaps = effect === 'Allow' ? parts.flatMap(({ fails }) => fails) : [];
  return {
    surely:
      unreadExceptions === null
        ? left
        : left.map((part) => withDoubt(part, `it leaves out others: ${unreadExceptions}`)),
    perhaps: perhaps.flatMap((part) => {
      const { holds, may } = splitByPrincipals(part, spared, true, context);
      return [...holds, ...may].map((one) => withDoubt(one, doubt));
    }),
  };
}

/**
 * "AWS might validate the account first, then the role, and then the assumed-role user", so that somebody is surely left
 * out only where every level is listed (IAM user guide, "NotPrincipal", which does not support it with Allow at all, read
 * 2026-11-30): of an account alone its root user at most, and of a role none of its sessions. A session's own ARN leaves
 * the others of its role.
 */
function isSurelyLeftOut({ type, accountId }: Principal, listed: readonly Principal[]): boolean {
  if (type === 'account' || type === 'role' || type === 'assumed_role') return false;
  return type !== 'user' || listed.some((other) => other.type === 'account' && other.accountId === accountId);
}

/** Whether somebody may be let in whom nothing else that lets in tells: those a NotPrincipal lists. */
export function mayLetInListed(
  findings: readonly Pick<AccessFinding, 'admissions' | 'perhaps'>[],
  context: ResourceContext,
): boolean {
  const listed = findings.flatMap(({ perhaps }) => perhaps);
  if (listed.length === 0) return false;
  const byAnyone = findings
    .flatMap(({ admissions }) => admissions)
    .filter((admission) => admission.unknownAction === null && trustOf(admission, context) === 'anyone')
    .reduce((actions, admission) => actions | admission.actions, 0n);
  return listed.some((one) => isOutsideAccount(trustOf(one, context)) && (one.actions & ~byAnyone) !== 0n);
}
