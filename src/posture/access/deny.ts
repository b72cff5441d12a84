import type { PolicyDocument } from '../policy/document.ts';
import type { Statement, UnreadStatement } from '../policy/statement.ts';
import { type Admission, type ResourceContext, withDoubt } from './admission.ts';
import { partLimit, splitByStatement } from './statement-split.ts';

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
  const { holds, may, fails } = splitByStatement(admission, statement, context);
  return {
    left: may.length === 0 ? fails : [...fails, ...may.map((part) => withDoubt(part, doubt))],
    covered: holds.length > 0,
  };
}
