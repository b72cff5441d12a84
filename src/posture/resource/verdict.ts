import { valueOrNull } from '../../aws/fact.ts';
import type { Admission, RequestFacts, ResourceContext } from '../access/admission.ts';
import { type OrganizationKnowledge, viewpointOf } from '../access/knowledge.ts';
import { type SharedWith, sharedWith } from '../access/shared-with.ts';
import { isOutsideAccount, trustOf } from '../access/trust.ts';
import { entityText } from '../cross-account/entity-text.ts';
import { ExternalEntities } from '../cross-account/external-entities.ts';
import { eitherReaders } from '../cross-account/iam-readers.ts';
import { type EntityVerdict, judgeEntities } from '../cross-account/judge.ts';
import type { IamOf, KeyWay, Terms } from '../cross-account/judged.ts';
import { overall, verdictsOf } from '../cross-account/overall.ts';
import { type CrossAccountUse, canUse, type EntityUse, first } from '../cross-account/use.ts';
import { viaService } from '../cross-account/via-service.ts';
import { actionsOf } from '../policy/action.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { Access } from '../policy/grammar.ts';
import { likePattern } from '../policy/pattern.ts';
import type { ResolvedKey, ResourceKey, ResourceKeys } from '../resource-key.ts';
import { type LetIn, letIn, letInTo } from './let-in.ts';
import { policiesInForce } from './policies-in-force.ts';
import type { ResourceFacts } from './resource-facts.ts';
import { allOperations } from './rest.ts';
import type { ResourceOperation, ResourceRules } from './rules.ts';

/** An operation with whom the resource lets in to it. */
interface AdmittedOperation {
  readonly operation: ResourceOperation;
  readonly external: ExternalEntities;
}

/** Whom a resource lets in to anything at all. */
export interface ResourceShared extends SharedWith {
  /** Null: not known. */
  readonly anyone: boolean | null;
  /** What for: `read`, `write`, `list`, `read_metadata`, `administer`; ascending. */
  readonly access: readonly Access[];
}

/** What the resource alone tells: before its key is looked up. */
export interface ResourcePosture {
  readonly facts: ResourceFacts;
  readonly rules: ResourceRules;
  readonly context: ResourceContext;
  /** Its own policy, with that of what it is in; null: it has none, or none was read. */
  readonly policy: PolicyDocument | null;
  /** Operations to which somebody beyond the own account is let in. */
  readonly admitted: readonly AdmittedOperation[];
  /** Why more may be let in than is known, as a phrase; null: nobody else is. */
  readonly others: string | null;
  /** Null: sharing was not read, or not all of it, and nobody is known. */
  readonly shared: ResourceShared | null;
}

export function resourcePosture(
  facts: ResourceFacts,
  rules: ResourceRules,
  organization: OrganizationKnowledge,
): ResourcePosture {
  const { scope, arn } = facts;
  const context: ResourceContext = {
    grammar: rules.grammar,
    arn: rules.policyNames?.(arn) ?? arn,
    partition: scope.partition,
    viewpoint: viewpointOf(organization, scope.accountId),
    ownCanonicalId: null,
    request: null,
  };
  const all = letIn(facts, rules, context);
  const sharing = valueOrNull(facts.sharing);
  return {
    facts,
    rules,
    context,
    policy: policiesInForce(facts, rules.grammar),
    admitted: allOperations(rules)
      .map((operation) => ({
        operation,
        external: new ExternalEntities(letInTo(operation, all, context), context),
      }))
      .filter(({ external }) => external.all.length > 0),
    others: all.others,
    shared: sharing && sharedBy(all, facts, rules, context),
  };
}

function sharedBy(
  { admissions, listed, named, others }: LetIn,
  { ram, within, replicas }: ResourceFacts,
  { operations }: ResourceRules,
  context: ResourceContext,
): ResourceShared | null {
  const isBeyond = (admission: Admission) => isOutsideAccount(trustOf(admission, context));
  const all = [...admissions, ...listed].filter(isBeyond);
  // What an action that nobody knows lets in to is supposed, not proven.
  const beyond = all.filter(({ unknownAction }) => unknownAction === null);
  const hasAnyone = (list: readonly Admission[]) =>
    list.some((admission) => trustOf(admission, context) === 'anyone');
  const notKnown = others !== null || hasAnyone(all);
  const actions = beyond.reduce((set, admission) => set | admission.actions, 0n);
  // Nobody is known, and not all was read that may let somebody in.
  if (beyond.length === 0 && [ram, within, replicas].some((read) => read?.state === 'unread')) return null;
  const byList = listed.some(isBeyond) ? operations.flatMap(accessByList) : [];
  const access = new Set<Access>([...byList, ...actionsOf(context.grammar).access(actions)]);
  return {
    ...sharedWith(beyond, named, context),
    anyone: hasAnyone(beyond) || (notKnown ? null : false),
    access: [...access].sort(),
  };
}

/** What whoever is on a list is let in to. */
function accessByList({ actions, access }: ResourceOperation): readonly Access[] {
  if (actions !== null) return [];
  return [access === 'other' ? 'read_metadata' : access];
}

/** One operation, and what became of those who are let in to it. */
export interface OperationVerdict {
  readonly operation: ResourceOperation;
  readonly entities: readonly EntityVerdict[];
}

/** What became of those who are let in to some operations. */
export interface UseVerdict {
  readonly use: CrossAccountUse;
  /** Each word that holds of somebody in one of the operations, services too. */
  readonly verdicts: readonly EntityUse[];
  /** Each entity once, by the worst that happens to it. */
  readonly entities: readonly EntityVerdict[];
}

/** The article's question, answered for one resource. */
export interface ResourceVerdict extends UseVerdict {
  /** The operations to which others are let in; empty when there are none. */
  readonly operations: readonly OperationVerdict[];
  /** Of reading alone; null: the service has no such operation. */
  readonly read: UseVerdict | null;
  /** Of writing alone; null: the service has no such operation. */
  readonly write: UseVerdict | null;
  /** The same resource under other keys. */
  readonly under: (keys: ResourceKeys) => ResourceVerdict;
}

/**
 * Whether those whom the resource lets in can use it in the face of its key.
 * @param iam of the other accounts; absent: it was not asked for
 */
export function resourceVerdict(posture: ResourcePosture, keys: ResourceKeys, iam?: IamOf): ResourceVerdict {
  const { rules, context, admitted, policy } = posture;
  const key = judgedKey(keys.resolved, rules);
  const terms = termsOf(posture, key, waysBy(key, keys));
  const judged = admitted.map(({ operation, external }) => ({
    operation,
    entities: doubted(
      posture,
      judgeEntities({
        ...terms,
        ways: waysBy(keyFor(operation, posture, key), keys),
        external,
        context,
        policy,
        iam,
        region: posture.facts.scope.region,
        coveredByRcps: rules.coveredByRcps,
        operation: { ...operation, request: () => requestOf(posture) },
        key: keyFor(operation, posture, key),
        checkedAgainst: operation.checkedAgainst,
      }),
    ),
  }));
  const operations = withoutLesser(judged);
  const useOf = (some: readonly OperationVerdict[]): UseVerdict => {
    const entities = some.flatMap((verdict) => verdict.entities);
    return {
      use: overall(entities, posture.others !== null, terms),
      verdicts: verdictsOf(entities, posture.others !== null, terms),
      entities: worstOfEach(entities),
    };
  };
  const of = (access: ResourceOperation['access']): UseVerdict | null =>
    rules.operations.some((operation) => operation.access === access)
      ? useOf(operations.filter(({ operation }) => operation.access === access))
      : null;
  return {
    ...useOf(operations),
    operations,
    read: of('read'),
    write: of('write'),
    under: (others) => resourceVerdict(posture, others, iam),
  };
}

/** Nobody surely can what something else decides as well: neither an account nor who of it. */
function doubted({ facts }: ResourcePosture, entities: readonly EntityVerdict[]): readonly EntityVerdict[] {
  const sharing = valueOrNull(facts.sharing);
  const doubt = (sharing?.by === 'policy' && sharing.onlyTo?.doubt) || null;
  if (doubt === null) return entities;
  return entities.map((verdict) =>
    canUse(verdict.use) ? { ...verdict, use: 'unknown', readers: null } : verdict,
  );
}

/** An AWS managed key of which AWS does not say whether it keeps others out is not known. */
const judgedKey = ({ key }: ResolvedKey, { managedKeyDoubt }: ResourceRules): ResourceKey =>
  key.state === 'aws_managed' && managedKeyDoubt !== undefined
    ? { state: 'unknown', problem: managedKeyDoubt }
    : key;

/** Ways to open a resource that are followed at most. */
const wayLimit = 64;

/** Each choice of one key for each part of the resource that is encrypted by itself. */
function waysBy(key: ResourceKey, { associated, further }: ResourceKeys): readonly KeyWay[] {
  let ways: readonly KeyWay[] = [[key], ...associated.map((other) => [other.key])];
  for (const choices of further) {
    ways = ways.flatMap((way) => choices.map((other) => [...way, other.key]));
    if (ways.length > wayLimit) return [[{ state: 'unknown', problem: 'too many keys open it together' }]];
  }
  return ways;
}

/** What the key says to whoever may be let in besides those who are known; nothing, where operations differ. */
function termsOf({ facts, rules }: ResourcePosture, key: ResourceKey, ways: readonly KeyWay[]): Terms {
  // Nobody else has a replica, where it is known who does.
  const replicas = facts.replicas && valueOrNull(facts.replicas);
  const isOpen = ({ actions }: ResourceOperation) => actions !== null || replicas?.others !== null;
  const ofData = rules.operations.filter((operation) => operation.access !== 'other' && isOpen(operation));
  const [checkedAgainst = 'none', ...more] = new Set(ofData.map((operation) => operation.checkedAgainst));
  return {
    key,
    ways,
    checkedAgainst: more.length === 0 ? checkedAgainst : 'none',
    publicAccessBlocked: false,
  };
}

/** Neither a key that AWS owns nor one that it manages can be disabled or deleted: none stops the service itself. */
function keyFor(operation: ResourceOperation, { facts }: ResourcePosture, key: ResourceKey): ResourceKey {
  const isOfAws = valueOrNull(facts.encryption)?.state === 'aws_owned_or_managed';
  return isOfAws && operation.checkedAgainst === 'service' ? { state: 'none' } : key;
}

/** What says little of the data is left out for those who are judged for reading or writing it. */
function withoutLesser(judged: readonly OperationVerdict[]): readonly OperationVerdict[] {
  const ofData = judged.filter(({ operation }) => operation.access !== 'other');
  const names = new Set(ofData.flatMap(({ entities }) => entities.map(({ entity }) => entityText(entity))));
  return judged
    .map((verdict) =>
      verdict.operation.access === 'other'
        ? { ...verdict, entities: verdict.entities.filter(({ entity }) => !names.has(entityText(entity))) }
        : verdict,
    )
    .filter(({ entities }) => entities.length > 0);
}

function worstOfEach(verdicts: readonly EntityVerdict[]): readonly EntityVerdict[] {
  const entities = new Map<string, EntityVerdict>();
  for (const verdict of verdicts) {
    const name = entityText(verdict.entity);
    const before = entities.get(name);
    const use = before === undefined ? verdict.use : first([before.use, verdict.use]);
    const readers = before === undefined ? verdict.readers : eitherReaders(before.readers, verdict.readers);
    entities.set(name, { ...verdict, use, readers });
  }
  return [...entities.values()];
}

/** What KMS sees of requests for the resource. */
export function requestOf({ facts, rules }: Pick<ResourcePosture, 'facts' | 'rules'>): RequestFacts {
  const context = Object.entries(rules.encryptionContext(facts.arn));
  return {
    viaService: viaService(rules.viaService, facts.scope),
    encryptionContext: Object.fromEntries(context.map(([key, value]) => [key, likePattern(value)])),
  };
}
