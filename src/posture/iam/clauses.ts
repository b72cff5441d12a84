import type { Admission, Dimension, ResourceContext } from '../access/admission.ts';
import type { Parts } from '../access/parts.ts';
import { splitByCondition } from '../access/split.ts';
import { splitByStatement } from '../access/statement-split.ts';
import type { ActionSet } from '../policy/action.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { Effect, Statement } from '../policy/statement.ts';
import { isSame } from '../policy/value-set.ts';
import { either, open, type Span } from './span.ts';

/** What decides on a request. */
export interface Source {
  readonly kind: 'key_policy' | 'ram' | 'resource_policy' | 'grant' | 'identity' | 'boundary' | 'scp' | 'rcp';
  /** ARN or id; the name of one that has neither. */
  readonly id: string;
}

/** A policy among what decides on a request. */
export interface SourcedPolicy extends Source {
  readonly document: PolicyDocument;
}

/** What one statement of a policy says to the requests of one principal. */
export interface Clause extends Span {
  /** With the document, where it is a policy that was read or tried. */
  readonly source: Source & Partial<Pick<SourcedPolicy, 'document'>>;
  /** Of the statement; null for grants, and where a whole policy was not read. */
  readonly index: number | null;
  /** What decides on actions that are not sure, a phrase each: condition keys first. */
  readonly dependsOn: readonly string[];
}

/** What several statements say together. */
export interface Side extends Span {
  readonly clauses: readonly Clause[];
}

export const sideOf = (clauses: readonly Clause[]): Side => ({ ...either(clauses), clauses });

/** What statements of an effect say, those that nobody understands included. @param requests of one principal */
export function saidBy(
  policies: readonly SourcedPolicy[],
  effect: Effect,
  requests: Admission,
  context: ResourceContext,
): Side {
  return sideOf(
    policies.flatMap((policy) => [
      ...policy.document.statements.flatMap((statement) =>
        statement.effect === effect ? clausesOf(statement, policy, requests, context) : [],
      ),
      ...unreadClauses(policy, effect, requests.actions),
    ]),
  );
}

/** One clause, or none where the statement is not about the principal or the actions. */
export function clausesOf(
  statement: Statement,
  policy: SourcedPolicy,
  requests: Admission,
  context: ResourceContext,
): readonly Clause[] {
  const parts = splitByStatement(requests, statement, context);
  const span = spanOf(parts, requests);
  if (span.most === 0n) return [];
  const dependsOn = open(span) === 0n ? none : reasons(statement, parts, requests, context);
  return [{ source: policy, index: statement.index, ...span, dependsOn }];
}

/** Of which actions a test holds for all requests of the principal, and of which for some or maybe. */
export function spanOf({ holds, may, fails }: Parts, requests: Admission): Span {
  const whole = holds.filter((part) => isWhole(part, requests));
  return {
    sure: actionsOf(whole) & ~actionsOf(may) & ~actionsOf(fails),
    most: actionsOf(holds) | actionsOf(may),
  };
}

const none: readonly never[] = [];

/** It may do what it names to whatever there is. */
export function unreadClauses(policy: SourcedPolicy, effect: Effect, actions: ActionSet): readonly Clause[] {
  return policy.document.unread
    .filter((statement) => statement.effect === effect || statement.effect === null)
    .map(({ index, problem }) => ({
      source: policy,
      index,
      sure: 0n,
      most: actions,
      dependsOn: [`statement ${index} of ${policy.id} is not understood (${problem})`],
    }));
}

const actionsOf = (parts: readonly Admission[]): ActionSet =>
  parts.reduce((set, { actions }) => set | actions, 0n);

const dimensions: readonly Dimension[] = [
  'accounts',
  'organizations',
  'arns',
  'services',
  'delegates',
  'contents',
];

/** Whether a part stands for every request of the principal, its actions aside. */
const isWhole = (part: Admission, requests: Admission): boolean =>
  part.doubts.length === requests.doubts.length &&
  part.leftover.length === requests.leftover.length &&
  dimensions.every((dimension) => isSame(part[dimension], requests[dimension]));

function reasons(
  { conditions, resources }: Statement,
  { holds }: Parts,
  requests: Admission,
  context: ResourceContext,
): readonly string[] {
  const keys = conditions
    .filter((condition) => {
      const { holds, may, fails } = splitByCondition(requests, condition, context);
      return may !== null || (holds !== null && fails !== null);
    })
    .map(({ key }) => key);
  if (keys.length > 0) return [...new Set(keys)].sort();
  const isOpenResource = resources?.some((text) => text.includes('${')) === true;
  if (isOpenResource) return ['policy variables in its Resource'];
  const isNarrowed = holds.some(({ contents }) => !isSame(contents, requests.contents));
  return [isNarrowed ? 'which part of the resource is meant' : 'which session of the principal calls'];
}

/** What decides on the actions of a set that a side leaves open. */
export const dependencies = ({ clauses }: Side, actions: ActionSet): readonly string[] =>
  clauses.flatMap((clause) => ((open(clause) & actions) === 0n ? none : clause.dependsOn));
