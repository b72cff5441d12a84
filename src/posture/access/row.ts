import { isAccountId } from '../../aws/arn.ts';
import { actionsOf } from '../policy/action.ts';
import type { Access } from '../policy/grammar.ts';
import { ABSENT, written } from '../policy/pattern.ts';
import type { Principal, PrincipalType } from '../policy/principal.ts';
import type { Effect } from '../policy/statement.ts';
import type { Admission, ResourceContext } from './admission.ts';
import { type Certainty, isUnconditional } from './certainty.ts';
import { effective } from './effective.ts';
import { withoutFragments, withoutSourceFragments } from './fragments.ts';
import {
  accountsOf,
  isOutsideAccount,
  isUnlimited,
  organizationsLimiting,
  type Trust,
  trustOf,
  trustOfAccount,
  widest,
} from './trust.ts';

/** Whom one statement or grant lets in, or keeps out, for one of its principals. */
export interface AccessRow {
  readonly source: 'key_policy' | 'ram' | 'grant' | 'bucket_policy' | 'resource_policy';
  /** Statement index from 0, or grant id. */
  readonly sourceId: string;
  readonly sid: string | null;
  readonly effect: Effect;
  /** `unknown`: a grantee in a form that this version does not know. */
  readonly principalType: PrincipalType | 'unknown';
  /** As written. `*` for NotPrincipal, which stands for anyone but `exceptPrincipals`. */
  readonly principal: string;
  /** The principals that a NotPrincipal element leaves out; null without one. */
  readonly exceptPrincipals: readonly string[] | null;
  readonly principalAccountId: string | null;
  readonly knownAccountName: string | null;
  /** Of grants; null for statements. */
  readonly role: 'grantee' | 'retiring' | null;
  /**
   * The widest that it lets in; null when that cannot be told (a deleted principal, a statement for nobody, somebody
   * by an id that tells no account).
   */
  readonly trust: Trust | null;
  readonly access: readonly Access[];
  /** `kms:Decrypt`, …, wildcards expanded; beyond the own account only what the service honours there. */
  readonly actions: readonly string[];
  /** The Condition element, or the grant's constraints, as AWS has them; null without any. */
  readonly conditions: unknown;
  /** What the row is limited to, taken together with the organizations; null when it is not. */
  readonly limitedToAccountIds: readonly string[] | null;
  readonly limitedToOrganizationIds: readonly string[] | null;
  /** The services through which, or as which, the request must come; null when not limited. */
  readonly limitedToServices: readonly string[] | null;
  /** `denied` also for rows of Deny statements and for rows that let nobody in. */
  readonly certainty: Certainty;
  readonly reason: string;
}

/** A row and the structured form of whom it lets in, for judging it together with another policy. */
export interface AccessFinding {
  readonly row: AccessRow;
  /** What is let in after every Deny; empty for a Deny and for a grant's retiring principal. */
  readonly admissions: readonly Admission[];
  /** The same before the Deny statements: what the statement or grant itself names. */
  readonly named: readonly Admission[];
  /** Those whom a NotPrincipal lists and AWS may let in all the same, after every Deny: nothing is shared with them. */
  readonly perhaps: readonly Admission[];
}

/** False where a grant lets in somebody whom nobody can tell; who may retire a grant gets no use by it. */
export const isWhoKnown = ({ row }: AccessFinding): boolean =>
  row.principalType !== 'unknown' || row.role === 'retiring';

/** What a row says of whom is let in, from the admissions before and after Deny. */
export interface Extent {
  readonly columns: Pick<
    AccessRow,
    | 'trust'
    | 'access'
    | 'actions'
    | 'limitedToAccountIds'
    | 'limitedToOrganizationIds'
    | 'limitedToServices'
    | 'certainty'
  >;
  /** What counts: after Deny and as the service honours it. */
  readonly admissions: readonly Admission[];
  /** The same before Deny. */
  readonly named: readonly Admission[];
}

export function extentOf(
  principal: Principal,
  baseline: readonly Admission[],
  before: readonly Admission[],
  after: readonly Admission[],
  context: ResourceContext,
): Extent {
  const admissions = effective(after, context);
  const named = before === after ? admissions : effective(before, context);
  const meant = withoutSourceFragments(admissions.length > 0 ? admissions : named);
  const judged = withoutPlainServices(
    meant.map((admission) => ({ admission, trust: trustOf(admission, context) })),
  );
  const trust = widest(judged.map((item) => item.trust)) ?? trustOfText(principal, context);
  // What the own account, or a service for it, may do besides is not what a row about others is read for.
  const beyond = judged.filter((item) => isOutsideAccount(item.trust));
  const counted = beyond.length > 0 ? beyond : judged;
  const actions = counted.reduce((set, { admission }) => set | admission.actions, 0n);
  const wide = judged.filter((item) => item.trust === trust).map((item) => item.admission);
  const unconditional = wide.every((admission) => isUnconditional(admission, baseline, context));
  const catalog = actionsOf(context.grammar);
  return {
    columns: {
      trust,
      access: catalog.access(actions),
      actions: actionNames(
        counted.map((item) => item.admission),
        context,
      ),
      ...limitsOf(baseline, admissions.length > 0 ? after : before),
      certainty: admissions.length === 0 ? 'denied' : unconditional ? 'unconditional' : 'conditional',
    },
    admissions,
    named,
  };
}

/** Actions as AWS spells them, and those that nobody knows as the policy does. */
function actionNames(admissions: readonly Admission[], { grammar }: ResourceContext): readonly string[] {
  const unknown = admissions.flatMap(({ unknownAction }) => unknownAction ?? []);
  const ofKnownActions = admissions.filter((admission) => admission.unknownAction === null);
  const list = actionsOf(grammar).list(
    ofKnownActions.reduce((set, admission) => set | admission.actions, 0n),
  );
  return unknown.length === 0 ? list : [...new Set([...list, ...unknown])].sort();
}

interface Judged {
  readonly admission: Admission;
  readonly trust: Trust | null;
}

/** `*` stands for AWS services, too; a row is read for the accounts that it lets in, where there are any. */
function withoutPlainServices(judged: readonly Judged[]): readonly Judged[] {
  if (judged.length < 2 || judged.every(({ admission }) => admission.caller === 'service')) return judged;
  return judged.filter(({ admission, trust }) => admission.caller !== 'service' || trust !== 'service');
}

/** The trust of a principal that is let in to nothing. */
function trustOfText(principal: Principal, { viewpoint }: ResourceContext): Trust | null {
  if (principal.type === 'service') return 'service';
  return principal.accountId === null ? null : trustOfAccount(principal.accountId, viewpoint);
}

type Limits = Pick<AccessRow, 'limitedToAccountIds' | 'limitedToOrganizationIds' | 'limitedToServices'>;

function limitsOf(baseline: readonly Admission[], admissions: readonly Admission[]): Limits {
  // `*` also stands for AWS services; the limits of a row are those of identities, where it has any.
  const identities = admissions.filter(({ caller }) => caller !== 'service');
  const asked = withoutFragments(identities.length > 0 ? identities : admissions);
  const limited = asked.length > 0 && !asked.some(isUnlimited);
  const fixed = baseline.every((admission) => accountsOf(admission) !== null);
  return {
    limitedToAccountIds: limited && !fixed ? union(asked.map(accountsOf)) : null,
    limitedToOrganizationIds: limited ? union(asked.map(organizationsLimiting)) : null,
    limitedToServices: servicesOf(asked.filter(({ principal }) => principal.type !== 'service')),
  };
}

function servicesOf(admissions: readonly Admission[]): readonly string[] | null {
  const lists = admissions.map(({ services }) => services.only);
  if (lists.length === 0 || lists.some((list) => list === null || list.includes(ABSENT))) return null;
  return union(lists)?.map(written) ?? null;
}

/** Null when there is nothing in the lists. */
function union(lists: readonly (readonly string[] | null)[]): readonly string[] | null {
  const all = lists.flatMap((list) => list ?? []);
  return all.length < 2 ? (all.length === 0 ? null : all) : [...new Set(all)].sort();
}

/** What the principal's text says, whoever is let in. */
export function principalColumns(
  principal: Principal,
  { viewpoint }: ResourceContext,
): Pick<AccessRow, 'principalType' | 'principal' | 'principalAccountId' | 'knownAccountName'> {
  const id = principal.accountId;
  const accountId = id !== null && isAccountId(id) ? id : null;
  return {
    principalType: principal.type,
    principal: principal.text,
    principalAccountId: accountId,
    knownAccountName: accountId === null ? null : (viewpoint.knownAccounts[accountId] ?? null),
  };
}
