import { mayAllowAnything, type PolicyDocument } from '../policy/document.ts';
import { covers, likePattern } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';
import { once } from './once.ts';

/** The actions that give a session of a role (IAM user guide, "Methods to assume a role", read 2026-11-29). */
const assuming = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

/**
 * Whether anybody at all can assume a role by its trust policy. `no`: no Allow names anybody that exists (AWS puts the
 * unique id of a deleted user or role in place of its ARN), or a Deny without conditions takes it from everybody.
 * `unknown`: the trust policy is not understood. `yes` says nothing of conditions, nor whether those that it names exist
 * in other accounts.
 */
export function assumable({ understood, statements }: PolicyDocument): 'yes' | 'no' | 'unknown' {
  if (!understood) return 'unknown';
  const isDenied = statements.some(deniesEverybody);
  return !isDenied && statements.some(letsSomebodyIn) ? 'yes' : 'no';
}

const letsSomebodyIn = (statement: Statement): boolean =>
  statement.effect === 'Allow' &&
  (statement.notPrincipal || statement.principals.some(({ type }) => type !== 'deleted')) &&
  assuming.some((action) => names(statement, action));

const deniesEverybody = (statement: Statement): boolean =>
  statement.effect === 'Deny' &&
  !statement.notPrincipal &&
  statement.principals.some(({ type }) => type === 'anyone') &&
  statement.conditions.length === 0 &&
  assuming.every((action) => names(statement, action));

/**
 * Whether sessions of a role may have tags of their own, which add to the role's or take their place: its trust policy
 * must allow `sts:TagSession`, also for tags that an earlier session passes on (IAM user guide, "Pass session tags in AWS
 * STS", read 2026-11-29). A trust policy that is not understood may.
 */
export const takesSessionTags = once(
  (trust: PolicyDocument): boolean =>
    mayAllowAnything(trust) ||
    trust.statements.some((statement) => statement.effect === 'Allow' && names(statement, 'sts:tagsession')),
);

function names({ actions, notAction }: Statement, action: string): boolean {
  const isListed = actions.some((pattern) => covers(likePattern(pattern.toLowerCase()), action));
  return isListed !== notAction;
}
