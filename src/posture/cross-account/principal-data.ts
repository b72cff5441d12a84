import { type Admission, byContents, type ResourceContext, withDoubt } from '../access/admission.ts';
import { afterDeny } from '../access/deny.ts';
import { partLimit, splitByStatement } from '../access/statement-split.ts';
import { type JudgedPrincipal, requestsOf } from '../iam/caller-requests.ts';
import type { SourcedPolicy } from '../iam/clauses.ts';
import { boundaryOf, identityPolicies, type PrincipalPolicies, sparingNobody } from '../iam/weigh.ts';
import { actionsOf } from '../policy/action.ts';
import { likePattern } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';
import { namesAccessPoints } from './access-point-arns.ts';
import type { Judged } from './judged.ts';
import { PolicyBounds } from './policy-bounds.ts';
import { forGroup, together } from './together.ts';

/** A user, role or root user, and what it brings along. */
export interface Reader extends PrincipalPolicies {
  readonly judged: JudgedPrincipal;
}

/**
 * What of a resource somebody of another account is let in to, the key aside: by the resource's policy, the own
 * policies, a permissions boundary, service and resource control policies. Part by part; none: nothing.
 */
export function dataSide(reader: Reader, judged: Judged): readonly Admission[] {
  for (const call of callsFor(judged)) {
    const left = admitted(reader, judged, call);
    if (left.length > 0) return left.flatMap(byContents);
  }
  return [];
}

/** A request for data: where it is made, and groups of actions, of each of which one is needed. */
interface Call {
  readonly context: ResourceContext;
  readonly groups: readonly (readonly string[])[];
  /** Null: no policy of the resource is asked. */
  readonly policy: SourcedPolicy | null;
}

/** Of several, one is enough. */
function callsFor({ context, region, operation, policy: document }: Judged): readonly Call[] {
  const { actions, readerCalls } = operation;
  const here: ResourceContext = { ...context, region };
  if (actions !== null) {
    const policy: SourcedPolicy | null = document && {
      kind: 'resource_policy',
      id: "the resource's policy",
      document,
    };
    return [{ context: here, groups: actions, policy }];
  }
  if (readerCalls === undefined) return [];
  // Whoever is on a list calls in the own account, in this region or another: see `PolicyBounds`.
  const { grammar } = readerCalls;
  const arn = likePattern(`arn:${context.partition}:${grammar.service}:*`);
  const groups = [readerCalls.actions];
  return [here, context].map((place) => ({ context: { ...place, grammar, arn }, groups, policy: null }));
}

function admitted(
  reader: Reader,
  judged: Judged,
  { context: data, groups, policy }: Call,
): readonly Admission[] {
  const caller = requestsOf(reader.judged, data);
  if (caller === null) return [];
  const { context } = caller;
  const actions = groups.reduce((set, group) => set | actionsOf(context.grammar).matching(group, false), 0n);
  const allowed = byOwnPolicies([{ ...caller.requests, actions }], reader, context);
  const letIn = policy === null ? allowed : allowedBy([policy], allowed, context);
  const left = notDenied(letIn, reader, policy, context);
  if (left.length === 0) return left;
  const { policies } = context.viewpoint;
  if (policies !== undefined) {
    const ofCaller = { ...judged.context, ...(context.caller && { caller: context.caller }) };
    const bounds = new PolicyBounds({ ...judged, context: ofCaller }, policies);
    return bounds.ofResource({ kind: 'account', id: reader.judged.accountId }, left).admissions;
  }
  return together(
    groups.map((group) => forGroup(left, group, context)),
    context.viewpoint,
  );
}

/** The root user needs no policy of its own. */
function byOwnPolicies(
  requests: readonly Admission[],
  { policySet }: Reader,
  context: ResourceContext,
): readonly Admission[] {
  if (policySet === null) return requests;
  const boundary = boundaryOf(policySet);
  const allowed = orThroughAccessPoints(identityPolicies(policySet), requests, context);
  return boundary === null ? allowed : orThroughAccessPoints([boundary], allowed, context);
}

const orThroughAccessPoints: typeof allowedBy = (policies, requests, context) => [
  ...allowedBy(policies, requests, context),
  ...throughAccessPoints(policies, requests, context),
];

/** What policies allow to access points, which may be of the resource. */
function throughAccessPoints(
  policies: readonly SourcedPolicy[],
  requests: readonly Admission[],
  context: ResourceContext,
): readonly Admission[] {
  return policies.flatMap(({ document, id }) =>
    document.statements
      .filter((statement) => statement.effect === 'Allow' && namesAccessPoints(statement, context))
      .flatMap((statement) => {
        const doubt = `whether the access points of statement ${statement.index} of ${id} are of it`;
        const wherever = { ...statement, resources: null };
        return requests
          .map((part) => splitByStatement(part, wherever, context))
          .flatMap(({ holds, may }) => [...holds, ...may])
          .map((part) => withDoubt(part, doubt));
      }),
  );
}

/** The part of requests that one statement or another of some policies allows: surely, or with a doubt. */
function allowedBy(
  policies: readonly SourcedPolicy[],
  requests: readonly Admission[],
  context: ResourceContext,
): readonly Admission[] {
  const allowed: Admission[] = [];
  let rest = requests;
  // What one statement surely allows is no matter of doubt by another: those come first.
  const open: (readonly [statement: Statement, policy: SourcedPolicy])[] = [];
  for (const policy of policies) {
    for (const statement of policy.document.statements) {
      if (statement.effect !== 'Allow' || rest.length === 0) continue;
      const parts = rest.map((part) => splitByStatement(part, statement, context));
      allowed.push(...parts.flatMap(({ holds }) => holds));
      if (parts.some(({ may }) => may.length > 0)) open.push([statement, policy]);
      rest = parts.flatMap(({ may, fails }) => [...may, ...fails]);
    }
  }
  for (const [statement, policy] of open) {
    const parts = rest.map((part) => splitByStatement(part, statement, context));
    const doubt = mayAllow(statement, policy);
    allowed.push(
      ...parts.flatMap(({ holds, may }) => [...holds, ...may]).map((part) => withDoubt(part, doubt)),
    );
    rest = parts.flatMap(({ fails }) => fails);
  }
  for (const { document, id } of policies) {
    const unread = document.unread.find(({ effect }) => effect !== 'Deny');
    if (unread === undefined) continue;
    const doubt = `statement ${unread.index} of ${id}, which is not understood`;
    allowed.push(...rest.map((part) => withDoubt(part, doubt)));
    rest = [];
  }
  if (allowed.length <= partLimit) return allowed;
  return requests.map((part) => withDoubt(part, 'more statements than are followed'));
}

/** `aws:SourceIp (statement 0 of arn:aws:iam::111122223333:policy/reads)` */
function mayAllow({ index, conditions }: Statement, { id }: SourcedPolicy): string {
  const keys = [...new Set(conditions.map(({ key }) => key))].sort();
  const statement = `statement ${index} of ${id}`;
  return keys.length === 0 ? statement : `${keys.join(', ')} (${statement})`;
}

/** A Deny counts in each policy, that of a permissions boundary included. */
function notDenied(
  requests: readonly Admission[],
  { policySet }: Reader,
  ofResource: SourcedPolicy | null,
  context: ResourceContext,
): readonly Admission[] {
  const boundary = policySet && boundaryOf(policySet);
  const denying = [...(policySet === null ? [] : identityPolicies(policySet))];
  if (boundary !== null) denying.push(boundary);
  if (ofResource !== null) denying.push(boundary === null ? ofResource : sparingNobody(ofResource));
  const policies = denying.map(({ document, id }) => ({ document, name: id }));
  return afterDeny(requests, policies, context).admissions;
}
