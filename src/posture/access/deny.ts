import { type ActionSet, actionsOf } from '../policy/action.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { covers, likePattern, overlaps } from '../policy/pattern.ts';
import type { Statement, UnreadStatement } from '../policy/statement.ts';
import { type Admission, type ResourceContext, withDoubt } from './admission.ts';
import { splitByPrincipals } from './principal-split.ts';
import { propertyOf } from './property.ts';
import { alike } from './request-keys.ts';
import { splitByResource } from './resource-split.ts';
import { asParts, type Parts, splitByCondition } from './split.ts';

/** What is left of an admission after the Deny statements of a policy. */
export interface Remainder {
  readonly admissions: readonly Admission[];
  /** Deny statements that provably took something away, by index. */
  readonly deniedBy: readonly number[];
}

/** Beyond that many parts a Deny is no longer taken apart but counted as one that may cover. */
const partLimit = 64;

/** Takes away what the policy's Deny statements provably cover; marks what they may cover. */
export function afterDeny(
  admissions: readonly Admission[],
  policy: PolicyDocument,
  context: ResourceContext,
): Remainder {
  let left = admissions;
  const deniedBy: number[] = [];
  for (const statement of policy.statements) {
    if (statement.effect !== 'Deny' || left.length === 0) continue;
    const results = left.map((admission) => denied(admission, statement, context));
    if (results.some((result) => result.covered)) deniedBy.push(statement.index);
    const parts = results.flatMap((result) => result.left);
    left = parts.length <= partLimit ? parts : left.map((part) => withDoubt(part, mayCover(statement)));
  }
  const unread = policy.unread.filter((statement) => statement.effect !== 'Allow');
  return {
    admissions: unread.length === 0 ? left : left.map((part) => withDoubt(part, mayCoverUnread(unread))),
    deniedBy,
  };
}

const mayCover = ({ index, sid }: Statement): string =>
  `Deny statement ${index}${sid ? ` (${sid})` : ''} may cover it`;

const mayCoverUnread = (unread: readonly UnreadStatement[]): string =>
  `statement ${unread.map(({ index }) => index).join(', ')} is not understood and may deny it`;

interface Result {
  readonly left: readonly Admission[];
  readonly covered: boolean;
}

function denied(admission: Admission, statement: Statement, context: ResourceContext): Result {
  const parts = alike(admission, statement.conditions, context);
  if (parts.length === 1) return deniedAlike(admission, statement, context);
  const results = parts.map((part) => deniedAlike(part, statement, context));
  if (results.every(({ left }, i) => left.length === 1 && left[0] === parts[i]))
    return { left: [admission], covered: false };
  return {
    left: results.flatMap(({ left }) => left),
    covered: results.some(({ covered }) => covered),
  };
}

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

function deniedAlike(admission: Admission, statement: Statement, context: ResourceContext): Result {
  const untouched: Result = { left: [admission], covered: false };
  const common = commonActions(admission, statement, context);
  if (common === 0n) return untouched;
  // A Deny that the caller can avoid at will (`aws:SecureTransport` false) keeps no principal out.
  const choice = statement.conditions.some(({ id }) => propertyOf(id, admission, context).kind === 'choice');
  if (choice) return untouched;

  const left: Admission[] = [];
  if (common !== admission.actions) left.push({ ...admission, actions: admission.actions & ~common });
  // Each step keeps apart what is surely and what is possibly still under the Deny; what fails a step is left.
  let surely: readonly Admission[] = [
    common === admission.actions ? admission : { ...admission, actions: common },
  ];
  let possibly: readonly Admission[] = [];
  const step = (split: (part: Admission) => Parts): void => {
    const [sure, possible]: [Admission[], Admission[]] = [[], []];
    for (const part of surely) {
      const { holds, may, fails } = split(part);
      sure.push(...holds);
      possible.push(...may);
      left.push(...fails);
    }
    for (const part of possibly) {
      const { holds, may, fails } = split(part);
      possible.push(...holds, ...may);
      left.push(...fails);
    }
    [surely, possibly] = [sure, possible];
  };

  step((part) => splitByResource(part, statement, context));
  step((part) =>
    statement.notPrincipal
      ? splitByNotPrincipal(part, statement, context)
      : splitByPrincipals(part, statement.principals, false, context),
  );
  for (const condition of statement.conditions) {
    if (surely.length + possibly.length === 0) return untouched;
    step((part) => asParts(splitByCondition(part, condition, context)));
  }
  if (surely.length + possibly.length === 0) return untouched;
  return {
    left: [...left, ...possibly.map((part) => withDoubt(part, mayCover(statement)))],
    covered: surely.length > 0,
  };
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
  const listed = principals.filter(
    ({ type, accountId }) =>
      type !== 'account' && (accountId === null || type === 'pseudo_account' || accounts.has(accountId)),
  );
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
