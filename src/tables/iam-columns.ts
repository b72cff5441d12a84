import type { EntityVerdict } from '../posture/cross-account/judge.ts';
import { boolean, integer, text, textList } from './column.ts';

/** So many users and roles are listed. */
const listed = 20;

/** What IAM of the accounts that a resource lets in makes of it. */
export const iamColumns = {
  iam_evaluated: boolean(
    'Whether IAM of every account that is let in was read and counts in the verdicts: identity policies and permissions boundaries of its users and roles. False when it was not, or `include_iam` is off; null when no account is let in, or it is not known who is. Organizations and anyone who are let in are not split by it.',
  ),
  reader_principal_arns: textList(
    `Users and roles of those accounts that can read by all policies that were read: their own, their boundary, service and resource control policies, the resource's and the key's or a grant. The first ${listed}, ascending; who only can under conditions that are not decided, or by what was not read, is not among them: where the verdict is \`unknown\`, there may be more. Null when \`iam_evaluated\` is not true, and where there is nothing to read.`,
  ),
  reader_principals_count: integer('How many they are in all; null when they are not listed.'),
  root_user_can: text(
    "Whether the root user of one of those accounts can read: `yes`, `no`, `unknown`. It needs no IAM policy, so that it can where the resource and the key let in the account's root; that changes no verdict. Null when `reader_principal_arns` is.",
  ),
} as const;

/**
 * @param verdicts all that were reached on the resource
 * @param reading those on reading it; null: there is nothing to read
 */
export function iamCells(
  verdicts: readonly Pick<EntityVerdict, 'entity' | 'readers'>[],
  reading: readonly Pick<EntityVerdict, 'readers'>[] | null,
) {
  const accounts = verdicts.filter(({ entity }) => entity.kind === 'account');
  const isEvaluated = accounts.length === 0 ? null : accounts.every(({ readers }) => readers !== null);
  if (isEvaluated !== true || reading === null)
    return {
      iam_evaluated: isEvaluated,
      reader_principal_arns: null,
      reader_principals_count: null,
      root_user_can: null,
    };
  const all = reading.flatMap(({ readers }) => readers ?? []);
  const arns = [...new Set(all.flatMap((readers) => readers.arns))].sort();
  const can = (['yes', 'unknown'] as const).find((decision) => all.some(({ root }) => root === decision));
  return {
    iam_evaluated: true,
    reader_principal_arns: arns.slice(0, listed),
    reader_principals_count: arns.length,
    root_user_can: can ?? 'no',
  };
}
