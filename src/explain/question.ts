import { type JudgedPrincipal, requestsOf } from '../posture/iam/caller-requests.ts';
import type { Clause, Source } from '../posture/iam/clauses.ts';
import { grantSides } from '../posture/iam/grant-side.ts';
import type { ResourcePolicies } from '../posture/iam/resource-policies.ts';
import { resourceSides } from '../posture/iam/resource-side.ts';
import type { Way } from '../posture/iam/ways.ts';
import { type PrincipalPolicies, type Weighed, weigh } from '../posture/iam/weigh.ts';
import { type ActionSet, actionsOf } from '../posture/policy/action.ts';
import type { PolicyDocument } from '../posture/policy/document.ts';
import type { Link, LinkName, LinkVerdict } from './link.ts';

/** Somebody with the policies of its own. */
export interface Asker {
  readonly judged: JudgedPrincipal;
  readonly own: PrincipalPolicies;
  /** Set where there is no such user or role, by a whole listing: one sentence. */
  readonly missing: string | null;
}

/** How readers find a policy. */
export interface Named {
  readonly policy: string | null;
  readonly attachedTo: string | null;
}

/** How policies are called and where they stand. */
export interface Names {
  /** What a policy is called, and to what it is attached; null: its name says it, or it is not known. */
  of(source: Clause['source'], question: Pick<Question, 'asker' | 'resource'>): Named;
  /** The levels that SCPs and RCPs stand at for an account, from the root down; empty: not known. */
  levels(accountId: string): readonly string[];
}

/** One action of one principal on one resource, and what every policy says to it. */
export interface Question {
  readonly asker: Asker;
  readonly resource: ResourcePolicies;
  readonly names: Names;
  readonly weighed: Weighed;
  /** `kms:Decrypt` */
  readonly action: string;
  readonly bit: ActionSet;
  /** The principal is of the account that owns the resource. */
  readonly isOwn: boolean;
  /** By which it may be allowed, boundary counted: first those that surely do. */
  readonly ways: readonly Way[];
  /** What Allow statements of the resource's policies say to the principal, and grants. */
  readonly letIn: readonly Clause[];
}

/** What is asked for each of some actions; empty for an ARN that is of no principal. */
export function questions(
  asker: Asker,
  resource: ResourcePolicies,
  actions: readonly string[],
  names: Names,
): readonly Question[] {
  const { judged, own } = asker;
  const weighed = weigh(judged, own, resource, 'all');
  const caller = requestsOf(judged, resource.context);
  if (weighed === null || caller === null) return [];
  const { requests, context } = caller;
  const sides = Object.values(resourceSides(resource.policies, requests, context));
  const grants = grantSides(resource.grants, judged.accountId, judged.identity, requests, context);
  const letIn = [...sides, grants.itself, grants.account].flatMap(({ clauses }) => clauses);
  const isOwn = judged.accountId === context.viewpoint.ownAccountId;
  return actions.map((action) => {
    const bit = actionsOf(context.grammar).named(action);
    const open = weighed.ways.filter(({ after }) => (after.most & bit) !== 0n);
    const ways = [...open].sort((a, b) => rank(a, bit) - rank(b, bit));
    return { asker, resource, names, weighed, action, bit, isOwn, ways, letIn };
  });
}

const rank = ({ after }: Way, bit: ActionSet): number => ((after.sure & bit) === 0n ? 1 : 0);

/** What some statements say to the action, with the one to show. */
export type Said = { readonly how: 'not' } | Says;
export interface Says {
  readonly how: 'surely' | 'perhaps';
  readonly clause: Clause;
}

export function said(clauses: readonly Clause[], { bit }: Pick<Question, 'bit'>): Said {
  const sure = clauses.find((clause) => (clause.sure & bit) !== 0n);
  if (sure !== undefined) return { how: 'surely', clause: sure };
  const open = clauses.find((clause) => (clause.most & bit) !== 0n);
  return open === undefined ? { how: 'not' } : { how: 'perhaps', clause: open };
}

/** What Deny statements of policies of a kind say. */
export const deniedBy = (question: Question, kind: Source['kind']): Said =>
  said(
    question.weighed.denied.clauses.filter(({ source }) => source.kind === kind),
    question,
  );

/** A link that an Allow decides. @param why it is allowed, where the statement says so in every request */
export function byAllow(question: Question, link: LinkName, { how, clause }: Says, why = 'allows it'): Link {
  return how === 'surely'
    ? byClause(question, link, 'allowed', clause, why)
    : byClause(question, link, 'not_known', clause, dependsOn(clause));
}

/** A link that a Deny decides. */
export function byDeny(question: Question, link: LinkName, { how, clause }: Says): Link {
  if (how === 'surely') return byClause(question, link, 'denied', clause, 'denies it');
  const { document } = clause.source;
  const isTried = document !== undefined && isUnread(document);
  const why = isTried ? dependsOn(clause) : `may deny it; ${dependsOn(clause)}`;
  return byClause(question, link, 'not_known', clause, why);
}

function byClause(
  question: Question,
  link: LinkName,
  verdict: LinkVerdict,
  clause: Clause,
  why: string,
): Link {
  const { policy, attachedTo } = question.names.of(clause.source, question);
  return { link, action: question.action, verdict, policy, attachedTo, statement: statementOf(clause), why };
}

function statementOf({ index, source }: Clause): Link['statement'] {
  if (index === null) return null;
  const { document } = source;
  if (document !== undefined && isUnread(document)) return null;
  const all = [...(document?.statements ?? []), ...(document?.unread ?? [])];
  return { index, sid: all.find((statement) => statement.index === index)?.sid ?? null };
}

/** A link that no statement decides. */
export const byNothing = (
  { action }: Pick<Link, 'action'>,
  link: LinkName,
  verdict: LinkVerdict,
  why: string,
): Link => ({ link, action, verdict, policy: null, attachedTo: null, statement: null, why });

function dependsOn({ dependsOn: phrases, source: { document } }: Clause): string {
  if (document !== undefined && isUnread(document)) return document.problem ?? 'it was not read';
  return phrases.length === 0 ? 'it is about a part of the requests' : `it depends on ${phrases.join(', ')}`;
}

/** Nothing of it is there, so no statement of it can be named. */
const isUnread = ({ value, statements }: PolicyDocument): boolean =>
  value === null && statements.length === 0;
