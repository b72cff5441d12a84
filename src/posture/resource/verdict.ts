import { valueOrNull } from '../../aws/fact.ts';
import type { Admission, RequestFacts, ResourceContext } from '../access/admission.ts';
import { forAnyAction } from '../access/intersection.ts';
import { type OrganizationKnowledge, viewpointOf } from '../access/knowledge.ts';
import { populationsOf } from '../access/populations.ts';
import { type SharedWith, sharedWith } from '../access/shared-with.ts';
import { findingsOfPolicy } from '../access/statements.ts';
import { isBeyond, trustOf } from '../access/trust.ts';
import { judgeParties, type PartyVerdict } from '../cross-account/judge.ts';
import { partiesOf } from '../cross-account/parties.ts';
import { partyText } from '../cross-account/party-text.ts';
import { type CrossAccountUse, first, summary } from '../cross-account/use.ts';
import { viaService } from '../cross-account/via-service.ts';
import { readPolicy } from '../policy/document.ts';
import { likePattern } from '../policy/pattern.ts';
import { anyone, readAwsPrincipal } from '../policy/principal.ts';
import type { ResolvedKey } from '../resource-key.ts';
import type { ResourceFacts, ResourceSharing } from './resource-facts.ts';
import type { ResourceOperation, ResourceRules } from './rules.ts';

/** Whom a resource lets in. */
interface LetIn {
  readonly admissions: readonly Admission[];
  /** Before Deny: whom its policy names. */
  readonly named: readonly Admission[];
}

/** An operation with whom the resource lets in to it. */
interface AdmittedOperation extends LetIn {
  readonly operation: ResourceOperation;
}

/** What the resource alone tells: before its key is looked up. */
export interface ResourcePosture {
  readonly facts: ResourceFacts;
  readonly rules: ResourceRules;
  readonly context: ResourceContext;
  /** Operations to which somebody beyond the own account is let in. */
  readonly admitted: readonly AdmittedOperation[];
  /** More may be let in than is known: sharing is unread or not understood. */
  readonly mayMissParties: boolean;
  /** Whom it lets in to the operations; null: sharing was not read. */
  readonly shared: (SharedWith & { readonly anyone: boolean }) | null;
}

export function resourcePosture(
  facts: ResourceFacts,
  rules: ResourceRules,
  organization: OrganizationKnowledge,
): ResourcePosture {
  const { scope, arn } = facts;
  const context: ResourceContext = {
    grammar: rules.grammar,
    arn,
    partition: scope.partition,
    viewpoint: viewpointOf(organization, scope.accountId),
    ownCanonicalId: null,
    request: null,
  };
  const sharing = valueOrNull(facts.sharing);
  const letIn = rules.operations.map((operation) => ({
    operation,
    ...(sharing === null ? nobodyLetIn : letInTo(operation, sharing, context)),
  }));
  const nobody = { accounts: [], organizations: [] };
  return {
    facts,
    rules,
    context,
    admitted: letIn.filter((one) => partiesOf(one.admissions, nobody, context).length > 0),
    mayMissParties: sharing === null || !isUnderstood(sharing),
    shared: sharing && sharedBy(letIn, context),
  };
}

function sharedBy(letIn: readonly LetIn[], context: ResourceContext): SharedWith & { anyone: boolean } {
  const admissions = letIn.flatMap((one) => one.admissions);
  const beyond = admissions.filter((admission) => isBeyond(trustOf(admission, context)));
  const named = letIn.flatMap((one) => one.named);
  const anyone = beyond.some((admission) => trustOf(admission, context) === 'anyone');
  return { ...sharedWith(beyond, named, context), anyone };
}

const nobodyLetIn: LetIn = { admissions: [], named: [] };

function letInTo({ actions }: ResourceOperation, sharing: ResourceSharing, context: ResourceContext): LetIn {
  if (sharing.by === 'nothing' || (sharing.by === 'policy' && sharing.policy === null)) return nobodyLetIn;
  if (sharing.by === 'policy') {
    const findings = findingsOfPolicy(readPolicy(sharing.policy ?? ''), 'resource_policy', context);
    const toAction = (admissions: readonly Admission[]) =>
      actions === null ? admissions : forAnyAction(admissions, actions, context.grammar);
    return {
      admissions: toAction(findings.flatMap((finding) => finding.admissions)),
      named: toAction(findings.flatMap((finding) => finding.named)),
    };
  }
  const accounts = sharing.accountIds.flatMap((id) => readAwsPrincipal(id) ?? []);
  const principals = sharing.everybody ? [...accounts, anyone] : accounts;
  const admissions = principals.flatMap((principal) => populationsOf(principal, 0n, context));
  return { admissions, named: admissions };
}

/** A Deny that is not understood lets nobody in. */
function isUnderstood(sharing: ResourceSharing): boolean {
  if (sharing.by !== 'policy' || sharing.policy === null) return true;
  return readPolicy(sharing.policy).unread.every(({ effect }) => effect === 'Deny');
}

/** One operation, and what became of those who are let in to it. */
export interface OperationVerdict {
  /** `send` */
  readonly operation: string;
  readonly parties: readonly PartyVerdict[];
}

/** The article's question, answered for one resource. */
export interface ResourceVerdict {
  readonly crossAccountUse: CrossAccountUse;
  /** The operations to which others are let in; empty when there are none. */
  readonly operations: readonly OperationVerdict[];
  /** Each party once, by the worst that happens to it. */
  readonly parties: readonly PartyVerdict[];
}

/** Whether those whom the resource lets in can use it in the face of its key. */
export function resourceVerdict(posture: ResourcePosture, { key }: ResolvedKey): ResourceVerdict {
  const { rules, context, admitted } = posture;
  const operations = admitted.map(({ operation, admissions }) => ({
    operation: operation.name,
    parties: judgeParties({
      admissions,
      context,
      operation: { ...operation, request: () => requestOf(posture) },
      key,
      checkedAgainst: rules.checkedAgainst,
      publicAccessBlocked: false,
    }),
  }));
  const all = operations.flatMap(({ parties }) => parties);
  const uses = all.filter(({ party }) => party.kind !== 'service').map(({ use }) => use);
  return {
    crossAccountUse: summary(posture.mayMissParties ? [...uses, 'unknown'] : uses),
    operations,
    parties: worstOfEach(all),
  };
}

function worstOfEach(verdicts: readonly PartyVerdict[]): readonly PartyVerdict[] {
  const parties = new Map<string, PartyVerdict>();
  for (const verdict of verdicts) {
    const name = partyText(verdict.party);
    const before = parties.get(name);
    const use = before === undefined ? verdict.use : first([before.use, verdict.use]);
    parties.set(name, { ...verdict, use });
  }
  return [...parties.values()];
}

function requestOf({ facts, rules }: ResourcePosture): RequestFacts {
  const context = Object.entries(rules.encryptionContext(facts.arn));
  return {
    viaService: viaService(rules.viaService, facts.scope),
    encryptionContext: Object.fromEntries(context.map(([key, value]) => [key, likePattern(value)])),
  };
}
