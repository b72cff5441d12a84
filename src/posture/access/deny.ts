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

/** A policy whose Deny statements count. */
export interface DenyingPolicy {
  readonly document: PolicyDocument;
  /** What it is called where it is not the policy that lets in; null: it is. */
  readonly name: string | null;
}

/** A Deny statement, by its index and the name of its policy. */
export interface DenyingStatement {
  readonly index: number;
  readonly policy: string | null;
}

/** What is left of an admission after the Deny statements of all policies of the resource. */
export interface Remainder {
  readonly admissions: readonly Admission[];
  /** Deny statements that provably took something away. */
  readonly deniedBy: readonly DenyingStatement[];
}

/** Beyond that many parts a Deny is no longer taken apart but counted as one that may cover. */
const partLimit = 64;

/**
 * Takes away what the Deny statements of the policies provably cover; marks what they may cover. A Deny in any of a
 * resource's policies beats an Allow in each of them.
 */
export function afterDeny(
  admissions: readonly Admission[],
  policies: readonly DenyingPolicy[],
  context: ResourceContext,
): Remainder {
  let left = admissions;
  const deniedBy: DenyingStatement[] = [];
  for (const { document, name } of policies) {
    for (const statement of document.statements) {
      if (statement.effect !== 'Deny' || left.length === 0) continue;
      const doubt = mayCover(statement, name);
      const results = left.map((admission) => denied(admission, statement, doubt, context));
      if (results.some((result) => result.covered)) deniedBy.push({ index: statement.index, policy: name });
      const parts = results.flatMap((result) => result.left);
      left = parts.length <= partLimit ? parts : left.map((part) => withDoubt(part, doubt));
    }
    const unread = document.unread.filter((statement) => statement.effect !== 'Allow');
    if (unread.length > 0) left = left.map((part) => withDoubt(part, mayCoverUnread(unread, name)));
  }
  return { admissions: left, deniedBy };
}

const of = (policy: string | null): string => (policy === null ? '' : ` of ${policy}`);

const mayCover = ({ index, sid }: Statement, policy: string | null): string =>
  `Deny statement ${index}${sid ? ` (${sid})` : ''}${of(policy)} may cover it`;

const mayCoverUnread = (unread: readonly UnreadStatement[], policy: string | null): string =>
  `statement ${unread.map(({ index }) => index).join(', ')}${of(policy)} is not understood and may deny it`;

/** `Deny statement 0, 2 of the key policy`. @param own how the policy is called that has no name */
export function denyText(deniedBy: readonly DenyingStatement[], own: string | null = null): string {
  const policies = [...new Set(deniedBy.map(({ policy }) => policy))];
  const texts = policies.map((policy) => {
    const indices = deniedBy.filter((statement) => statement.policy === policy).map(({ index }) => index);
    return `${indices.sort((a, b) => a - b).join(', ')}${of(policy ?? own)}`;
  });
  return `Deny statement ${texts.join(' and ')}`;
}

interface Result {
  readonly left: readonly Admission[];
  readonly covered: boolean;
}

function denied(admission: Admission, statement: Statement, doubt: string, context: ResourceContext): Result {
  const parts = alike(admission, statement.conditions, context);
  if (parts.length === 1) return deniedAlike(admission, statement, doubt, context);
  const results = parts.map((part) => deniedAlike(part, statement, doubt, context));
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

function deniedAlike(
  admission: Admission,
  statement: Statement,
  doubt: string,
  context: ResourceContext,
): Result {
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
    left: [...left, ...possibly.map((part) => withDoubt(part, doubt))],
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
