import type { ResourceContext } from '../access/admission.ts';
import type { Identity } from '../iam/account-iam.ts';
import { actionsOf } from '../policy/action.ts';
import type { AdmittedEntity } from './external-entities.ts';
import type { Judged, JudgedOperation } from './judged.ts';

/** Users and roles of an account, by what they have. */
export interface Tally {
  readonly sure: Identity[];
  /** Of whom it is not sure. */
  readonly maybe: Identity[];
  /** Whom all policies but the key's let in, surely or maybe. */
  readonly withData: Identity[];
  /** What decides of those who maybe can, a phrase each. */
  readonly dependsOn: Set<string>;
}

/** So many reasons are named. */
const reasonLimit = 3;

/**
 * `3 roles may s3:GetObject, none kms:Decrypt`: why nobody can, or what decides whether somebody can.
 * @param taken what takes away what is missing, as a phrase; null: it was not given
 */
export function missingText(
  { maybe, withData, dependsOn }: Tally,
  { operation, context }: Pick<Judged, 'operation' | 'context'>,
  admitted: AdmittedEntity,
  taken: string | null,
): string {
  const data = dataText(operation, admitted, context);
  if (maybe.length > 0) {
    const reasons = [...dependsOn].sort();
    const on = reasons.length === 0 ? '' : `, depending on ${listed(reasons)}`;
    return `by its IAM ${principalsText(maybe.map(({ arn }) => arn))} may${on}`;
  }
  const why = taken === null ? '' : ` (${taken})`;
  if (withData.length === 0) return `no user or role may ${data}${why}`;
  return `${countText(withData)} may ${data}, none ${operation.keyActions.join(' and ')}${why}`;
}

const listed = (reasons: readonly string[]): string =>
  reasons.length <= reasonLimit
    ? reasons.join(', ')
    : `${reasons.slice(0, reasonLimit).join(', ')} and ${reasons.length - reasonLimit} more`;

/** What IAM must allow of the data: of each group the first action that the resource lets in to. */
function dataText(
  { actions, readerCalls }: JudgedOperation,
  { admissions }: AdmittedEntity,
  { grammar }: ResourceContext,
): string {
  if (actions === null) return readerCalls?.actions.join(' or ') ?? 'use it';
  const catalog = actionsOf(grammar);
  const letIn = admissions.reduce((set, admission) => set | admission.actions, 0n);
  return actions
    .flatMap((group) => group.find((name) => (catalog.named(name) & letIn) !== 0n) ?? group.slice(0, 1))
    .join(' and ');
}

/** `1 user and 2 roles` */
function countText(identities: readonly Identity[]): string {
  const users = identities.filter(({ type }) => type === 'user').length;
  const roles = identities.length - users;
  const counted = (count: number, word: string) =>
    count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
  return [...counted(users, 'user'), ...counted(roles, 'role')].join(' and ');
}

/** `role/analytics and 4 more` @param arns of users and roles, at least one */
export function principalsText(arns: readonly string[]): string {
  const [first = '', ...more] = [...arns].sort();
  const name = first.split(':').slice(5).join(':');
  return more.length === 0 ? name : `${name} and ${more.length} more`;
}
