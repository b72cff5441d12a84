import { type ActionSet, actionsOf } from '../policy/action.ts';
import type { Condition } from '../policy/condition.ts';
import { covers, likePattern, overlaps } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';
import type { Admission, ResourceContext } from './admission.ts';
import { asParts, type Parts } from './parts.ts';
import { splitByPrincipals } from './principal-split.ts';
import { propertyOf } from './property.ts';
import { alike } from './request-keys.ts';
import { splitByResource } from './resource-split.ts';
import { splitByCondition } from './split.ts';

/** Beyond that many parts a statement is no longer taken apart but counted as one that may be about all of them. */
export const partLimit = 64;

/**
 * Takes an admission apart by a whole statement: what it is surely about, what it may be about, and the rest. An
 * admission that it does not touch comes back as it is.
 */
export function splitByStatement(
  admission: Admission,
  statement: Statement,
  context: ResourceContext,
): Parts {
  const parts = alike(admission, statement.conditions, context);
  if (parts.length === 1) return splitAlike(admission, statement, context);
  const results = parts.map((part) => splitAlike(part, statement, context));
  if (results.every(({ fails }, i) => fails.length === 1 && fails[0] === parts[i]))
    return untouched(admission);
  return {
    holds: results.flatMap(({ holds }) => holds),
    may: results.flatMap(({ may }) => may),
    fails: results.flatMap(({ fails }) => fails),
  };
}

const untouched = (admission: Admission): Parts => ({ holds: [], may: [], fails: [admission] });

/** The actions of an admission that a statement names. */
function commonActions(
  { actions, unknownAction }: Admission,
  statement: Statement,
  context: ResourceContext,
): ActionSet {
  if (unknownAction === null)
    return actions & actionsOf(context.grammar).matching(statement.actions, statement.notAction);
  const name = likePattern(unknownAction.toLowerCase());
  const patterns = statement.actions.map((pattern) => likePattern(pattern.toLowerCase()));
  const isMeant = statement.notAction
    ? !patterns.some((pattern) => overlaps(pattern, name))
    : patterns.some((pattern) => covers(pattern, name));
  return isMeant ? actions : 0n;
}

function splitAlike(admission: Admission, statement: Statement, context: ResourceContext): Parts {
  const common = commonActions(admission, statement, context);
  if (common === 0n) return untouched(admission);
  // What the caller can choose at will (`aws:SecureTransport` false) keeps no principal out: a Deny can be avoided, and
  // an Allow be had.
  const isChoice = ({ id }: Condition): boolean => propertyOf(id, admission, context).kind === 'choice';
  if (statement.effect === 'Deny' && statement.conditions.some(isChoice)) return untouched(admission);
  const conditions = statement.conditions.filter((condition) => !isChoice(condition));

  const fails: Admission[] = [];
  if (common !== admission.actions) fails.push({ ...admission, actions: admission.actions & ~common });
  // Each step keeps apart what surely and what is possibly still meant; what fails a step is not.
  let surely: readonly Admission[] = [
    common === admission.actions ? admission : { ...admission, actions: common },
  ];
  let possibly: readonly Admission[] = [];
  const step = (split: (part: Admission) => Parts): void => {
    const [sure, possible]: [Admission[], Admission[]] = [[], []];
    for (const part of surely) {
      const parts = split(part);
      sure.push(...parts.holds);
      possible.push(...parts.may);
      fails.push(...parts.fails);
    }
    for (const part of possibly) {
      const parts = split(part);
      possible.push(...parts.holds, ...parts.may);
      fails.push(...parts.fails);
    }
    [surely, possibly] = [sure, possible];
  };

  step((part) => splitByResource(part, statement, context));
  step((part) =>
    statement.notPrincipal
      ? splitByNotPrincipal(part, statement, context)
      : splitByPrincipals(part, statement.principals, false, context),
  );
  for (const condition of conditions) {
    if (surely.length + possibly.length === 0) return untouched(admission);
    step((part) => asParts(splitByCondition(part, condition, context)));
  }
  if (surely.length + possibly.length === 0) return untouched(admission);
  return { holds: surely, may: possibly, fails };
}

/**
 * AWS may check the account, the role and its session one after the other against the NotPrincipal of a Deny, so
 * that a role or user is surely spared only when its account is listed beside it; whether a listed account spares
 * more than its root user, AWS leaves open (IAM user guide, "NotPrincipal", read 2026-11-24).
 */
function splitByNotPrincipal(
  admission: Admission,
  { principals, unreadExceptions }: Statement,
  context: ResourceContext,
): Parts {
  const accounts = new Set(
    principals.flatMap(({ type, accountId }) => (type === 'account' ? accountId : [])),
  );
  // A listed account is its root user, whoever else it may be.
  const isRootUser = context.caller?.identity?.type === 'root';
  const listed = principals.filter(({ type, accountId }) => {
    if (type === 'account') return isRootUser;
    return accountId === null || type === 'pseudo_account' || accounts.has(accountId);
  });
  const spared = splitByPrincipals(admission, listed, false, context);
  const rest = [...spared.may, ...spared.fails].map((part) =>
    splitByPrincipals(part, principals, false, context),
  );
  const meant = rest.flatMap(({ fails }) => fails);
  const perhaps = rest.flatMap(({ holds, may }) => [...holds, ...may]);
  // Somebody is spared besides whom nobody can tell.
  return unreadExceptions === null
    ? { holds: meant, may: perhaps, fails: spared.holds }
    : { holds: [], may: [...meant, ...perhaps], fails: spared.holds };
}
