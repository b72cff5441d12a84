import { named } from '../policy/condition.ts';
import { written } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';
import { isSame } from '../policy/value-set.ts';
import type { Admission, ResourceContext } from './admission.ts';
import type { Named } from './allow.ts';
import { voidConditions } from './allow.ts';
import { type DenyingStatement, denyText } from './deny.ts';
import { isByUniqueId } from './identity.ts';
import { inOtherPartition } from './principal-admissions.ts';
import type { Extent } from './row.ts';
import { isUnlimited, type Trust } from './trust.ts';

/** One sentence on a statement's row: who is let in and why, what limits it, what does not, what denies it. */
export function reasonOf(
  statement: Statement,
  { principal, baseline, admissions, contradiction }: Named,
  extent: Extent,
  deniedBy: readonly DenyingStatement[],
  context: ResourceContext,
): string {
  const others = statement.notPrincipal
    ? `anyone but ${statement.principals.map((p) => p.text).join(', ')}`
    : null;
  if (statement.effect === 'Deny')
    return `takes access away from ${others ?? principal.text}${statement.conditions.length > 0 ? ' where its conditions hold' : ''}`;
  if (baseline.length === 0)
    return inOtherPartition(principal, context)
      ? `admits nobody: the principal is in another partition than ${context.partition}`
      : 'admits nobody: the principal was deleted';
  if (contradiction !== null)
    return `admits nobody: ${named(contradiction)} excludes everyone that the principal names`;
  if (admissions.every(({ actions }) => actions === 0n))
    return baseline.every(({ actions }) => actions === 0n)
      ? `admits to nothing: it names no ${context.grammar.service} action that a policy of this resource can allow`
      : 'admits nobody: the statement is about another resource';
  if (extent.admissions.length === 0 && deniedBy.length === 0)
    return 'admits to nothing: the service honours none of its actions for other accounts';
  if (extent.admissions.length === 0) return `denied: ${denyText(deniedBy)} covers all of it`;

  const ownOnly =
    extent.columns.trust === 'same_account' &&
    admissions.some(isUnlimited) &&
    !extent.named.some(isUnlimited);
  const who =
    extent.admissions.some(isByUniqueId) && extent.columns.trust === null
      ? 'somebody by an id that tells no account: of the own account or of any other'
      : whoText(extent.columns.trust, principal.type, principal.accountId);
  const parts = [
    others ?? (ownOnly ? `${who} only: none of its actions is honoured for other accounts` : who),
    ...limitTexts(extent.columns),
  ];
  const wide = extent.admissions.filter(isUnlimited);
  if (wide.length > 0)
    parts.push(
      ...voidConditions(statement, baseline, isUnlimited, context).map(
        (text) => `${text}, so it limits no account`,
      ),
    );
  parts.push(
    ...conditionTexts(extent.admissions, baseline, statement),
    ...contentTexts(extent.admissions, context),
  );
  if (deniedBy.length > 0) parts.push(`${denyText(deniedBy)} takes a part away`);
  return parts.join('; ');
}

/** Who is let in, in words. */
export function whoText(trust: Trust | null, type: string, accountId: string | null): string {
  const account = accountId === null ? 'accounts' : `account ${accountId}`;
  switch (trust) {
    case 'same_account':
      return type === 'account' ? 'own account: delegates to its IAM policies' : 'own account';
    case 'organization':
      return accountId === null ? 'accounts of this organization' : `${account} of this organization`;
    case 'other_account':
      if (type === 'canonical') return 'a canonical user, whose account is not known';
      return `${accountId === null ? 'other accounts' : `other ${account}`}, not known to be of this organization or not`;
    case 'external':
      return `${account} outside this organization`;
    case 'service':
      if (type === 'service') return 'AWS service';
      return accountId === null ? 'AWS services only' : `AWS's own account ${accountId}`;
    case 'anyone':
      return type === 'federated' ? 'anyone with a web identity of that provider' : 'anyone, in any account';
    case null:
      return 'nobody that can be named';
  }
}

function limitTexts(columns: Extent['columns']): readonly string[] {
  const limits: readonly (readonly [string, readonly string[] | null])[] = [
    ['account', columns.limitedToAccountIds],
    ['organization', columns.limitedToOrganizationIds],
    ['service', columns.limitedToServices],
  ];
  const texts = limits.flatMap(([word, list]) =>
    list === null ? [] : [`${word}${list.length > 1 ? 's' : ''} ${list.join(', ')}`],
  );
  return texts.length === 0 ? [] : [`limited to ${texts.join(', ')}`];
}

/** The conditions that still have to hold, by key, and the other doubts. */
function conditionTexts(
  admissions: readonly Admission[],
  baseline: readonly Admission[],
  statement: Statement,
): readonly string[] {
  const plain = ({ leftover, doubts }: Admission): boolean => leftover.length + doubts.length === 0;
  if (statement.conditions.length === 0 && admissions.every(plain)) return [];
  const keys = new Set(admissions.flatMap(({ leftover }) => leftover.map(({ key }) => key)));
  const narrowed = admissions.some(({ caller, arns, services, delegates }) => {
    const from = baseline.find((admission) => admission.caller === caller);
    return (
      from !== undefined &&
      (!isSame(arns, from.arns) || !isSame(services, from.services) || !isSame(delegates, from.delegates))
    );
  });
  if (narrowed)
    for (const { key, id } of statement.conditions)
      if (/arn$|viaservice$|servicename|dataaccesspoint/.test(id)) keys.add(key);
  const doubts = new Set(admissions.flatMap((admission) => admission.doubts));
  return [...(keys.size > 0 ? [`depends on ${[...keys].sort().join(', ')}`] : []), ...[...doubts].sort()];
}

/** The objects that are reached, when not all of a bucket's. */
function contentTexts(admissions: readonly Admission[], { arn }: ResourceContext): readonly string[] {
  const paths = new Set(admissions.flatMap(({ contents }) => contents.only ?? []).map(written));
  if (paths.size === 0 || paths.has(`${arn}/*`)) return [];
  return [`only ${[...paths].sort().join(', ')}`];
}
