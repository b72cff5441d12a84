import { type Admission, withContents } from '../access/admission.ts';
import { type CommonReach, commonOfAll, isCertain } from '../access/intersection.ts';
import { effectOf, type PolicyEffect } from '../organization-policies/effect.ts';
import type { ResourceKey } from '../resource-key.ts';
import { byIam } from './by-iam.ts';
import type { AdmittedEntity, ExternalEntity } from './external-entities.ts';
import { IamReaders, type Readers } from './iam-readers.ts';
import { type Judged, waysOf } from './judged.ts';
import { ofTheKey, ofTheKeys } from './key-serves.ts';
import { KeySides } from './key-sides.ts';
import { PolicyBounds } from './policy-bounds.ts';
import { canUse, type EntityUse, first, isBlocked } from './use.ts';

/** What became of one entity. */
export interface EntityVerdict extends Outcome {
  readonly entity: ExternalEntity;
  /** What organization policies make of it; null: they were not asked for. */
  readonly policies: PolicyEffect | null;
  /** Who of an account can, by IAM there; null: of others, where it was not read, and where it was not asked for. */
  readonly readers: Readers | null;
}

interface Outcome {
  readonly use: EntityUse;
  /** The resource's side of it: in which part of the resource, and under which conditions, it fares so. */
  readonly admissions: readonly Admission[];
}

/** Whether each entity that the resource lets in can carry out the operation in the face of the key. */
export function judgeEntities(judged: Judged): readonly EntityVerdict[] {
  const { external } = judged;
  const { policies } = judged.context.viewpoint;
  const ways = byWays(judged);
  const keys = [...new Set(ways.flat())];
  const { admissions } = external;
  const probe = policies === undefined ? null : new PolicyBounds(judged, policies);
  const names =
    judged.checkedAgainst === 'caller' ? keys.map(({ sides }) => sides.names(admissions, probe)) : [];
  if (probe !== null) names.push(probe.names(admissions));
  const all = {
    accounts: names.flatMap(({ accounts }) => accounts),
    organizations: names.flatMap(({ organizations }) => organizations),
  };
  const entities = external.with(all);
  const bounds = policies === undefined ? null : new PolicyBounds(judged, policies, entities);
  const iam = judged.iam && new IamReaders(judged, judged.iam);
  const barrierFree = waysOf(judged).some(
    (way) => ofTheKeys(way, judged.checkedAgainst)?.use === 'no_kms_barrier',
  );
  const ifSure = barrierFree ? 'no_kms_barrier' : 'possible';
  return entities.map((admitted) => {
    const verdict = verdictOf(admitted, judged, ways, bounds);
    if (iam === undefined) return { ...verdict, readers: null };
    const ofServices = useOfServices(admitted, judged, ways, bounds);
    return { ...verdict, ...byIam(verdict.use, admitted, iam, { ofServices, ifSure }) };
  });
}

type WithoutIam = Omit<EntityVerdict, 'readers'>;

const verdictOf = (
  admitted: AdmittedEntity,
  judged: Judged,
  ways: readonly ByWay[],
  bounds: PolicyBounds | null,
): WithoutIam =>
  bounds === null
    ? { entity: admitted.entity, policies: null, ...outcomeOf(admitted, judged, ways, null) }
    : underPolicies(admitted, judged, ways, bounds);

/** Of services that act for an account: no IAM policy is asked for them. Null: there are none. */
function useOfServices(
  { entity, admissions }: AdmittedEntity,
  judged: Judged,
  ways: readonly ByWay[],
  bounds: PolicyBounds | null,
): EntityUse | null {
  if (entity.kind !== 'account') return null;
  const services = admissions.filter(({ caller }) => caller !== 'identity');
  if (services.length === 0) return null;
  return verdictOf({ entity, admissions: services }, judged, ways, bounds).use;
}

/** The verdict with organization policies: they decide where nothing before them in the order locks out. */
function underPolicies(
  admitted: AdmittedEntity,
  judged: Judged,
  ways: readonly ByWay[],
  bounds: PolicyBounds,
): WithoutIam {
  const { entity, admissions } = admitted;
  const keys = [...new Set(ways.flat())];
  const without = outcomeOf(admitted, judged, ways, null);
  const { admissions: left, takings } = bounds.ofResource(entity, admissions);
  const after = left.length === 0 ? null : outcomeOf({ entity, admissions: left }, judged, ways, bounds);
  const isDenied = after === null || (!isBlocked(without.use) && isBlocked(after.use));
  const blocked: Outcome = { use: 'blocked_by_organization_policy', admissions };
  const outcome = isBlocked(without.use) ? without : isDenied || after === null ? blocked : after;
  const standings = keys.flatMap(({ judged: { key, checkedAgainst } }) =>
    bounds.standings(entity, key.state === 'found' && checkedAgainst === 'caller' ? key.facts : null),
  );
  const ofKeys = keys.flatMap(({ sides }) => sides.takings(entity, left, bounds));
  return { entity, ...outcome, policies: effectOf(standings, [...takings, ...ofKeys], isDenied) };
}

/** One of the keys that open the resource. */
interface ByKey {
  readonly judged: Judged;
  readonly sides: KeySides;
}

/** Keys that open it together. */
type ByWay = readonly ByKey[];

/** What a key says is worked out once, in however many ways it takes part. */
function byWays(judged: Judged): readonly ByWay[] {
  const byKey = new Map<ResourceKey, ByKey>();
  const of = (key: ResourceKey): ByKey => {
    const before = byKey.get(key);
    if (before !== undefined) return before;
    const ofKey = { ...judged, key };
    const made = { judged: ofKey, sides: new KeySides(ofKey) };
    byKey.set(key, made);
    return made;
  };
  return waysOf(judged).map((way) => way.map(of));
}

/** @param bounds what organization policies leave; null: they do not count */
function outcomeOf(
  admitted: AdmittedEntity,
  judged: Judged,
  ways: readonly ByWay[],
  bounds: PolicyBounds | null,
): Outcome {
  const { entity, admissions } = admitted;
  const weigh = (some: readonly Admission[]) => ofWays(entity, some, judged, ways, bounds);
  const block = (admission: Admission) => blockOf(admission, judged);
  const passing = admissions.filter((admission) => block(admission) !== true);
  if (passing.length < admissions.length) {
    const outcome = passing.length === 0 ? null : ofPassing(entity, passing, weigh, block);
    return outcome === null || isBlocked(outcome.use)
      ? { use: 'blocked_by_public_access_block', admissions }
      : outcome;
  }
  // It may be a principal of the own account, which no key locks out.
  if (entity.kind === 'unique_id') return { use: 'unknown', admissions };
  return ofPassing(entity, admissions, weigh, block);
}

/**
 * What a block or an access point's policy may take away is not known to be possible; nor is it for an account that
 * nobody can name.
 */
function ofPassing(
  entity: ExternalEntity,
  admissions: readonly Admission[],
  weigh: (some: readonly Admission[]) => Outcome,
  block: (admission: Admission) => boolean | null,
): Outcome {
  const isOpen = entity.kind === 'access_point' || entity.kind === 'canonical_user';
  const surely = isOpen ? [] : admissions.filter((admission) => block(admission) === false);
  const sure = surely.length === 0 ? null : weigh(surely);
  if (sure !== null && (canUse(sure.use) || surely.length === admissions.length)) return sure;
  const outcome = weigh(admissions);
  return canUse(outcome.use) ? { ...outcome, use: 'unknown' } : outcome;
}

/**
 * Whether Block Public Access keeps an admission out. Services pass it, also when they act for another account.
 */
function blockOf(admission: Admission, { publicAccessBlocked }: Judged): boolean | null {
  if (isOfService(admission)) return false;
  return admission.through === undefined ? publicAccessBlocked : admission.through.blocked;
}

const isOfService = ({ caller, principal }: Admission): boolean =>
  caller === 'service' || principal.type === 'pseudo_account';

/** One way to open the resource is enough. */
function ofWays(
  entity: ExternalEntity,
  admissions: readonly Admission[],
  judged: Judged,
  ways: readonly ByWay[],
  bounds: PolicyBounds | null,
): Outcome {
  const outcomes = ways.map((keys) => ofWay(entity, admissions, judged, keys, bounds));
  const having = (accept: (use: EntityUse) => boolean) => outcomes.find(({ use }) => accept(use));
  const blocked = { use: first(outcomes.map(({ use }) => use)), admissions };
  return having(canUse) ?? having((use) => use === 'unknown') ?? blocked;
}

/** All keys of a way are needed, by one principal. */
function ofWay(
  entity: ExternalEntity,
  admissions: readonly Admission[],
  { context, checkedAgainst }: Judged,
  keys: ByWay,
  bounds: PolicyBounds | null,
): Outcome {
  const whole = (use: EntityUse): Outcome => ({ use, admissions });
  const ofThem = ofTheKeys(
    keys.map(({ judged }) => judged.key),
    checkedAgainst,
  );
  if (ofThem?.decides === true) {
    // Nobody asks the key who it is; the resource's own conditions and doubts still stand.
    return canUse(ofThem.use)
      ? best(admissions, ofThem.use, (admission) =>
          isCertain(admission, context.viewpoint)
            ? { decision: 'yes', contents: [admission.contents] }
            : { decision: 'unknown', contents: [] },
        )
      : whole(ofThem.use);
  }
  // No key policy can name them: an origin access identity of CloudFront cannot read what KMS encrypts.
  if (admissions.every(({ principal }) => principal.type === 'pseudo_account'))
    return whole('blocked_by_key_policy');
  const asked = keys.flatMap(({ judged: { key }, sides }) => {
    const decides = ofTheKey(key, checkedAgainst)?.decides ?? false;
    return key.state === 'found' && !decides ? [{ facts: key.facts, sides }] : [];
  });
  const outcome = best(admissions, 'possible', (admission) => {
    const letIn = asked.map(({ facts, sides }) => sides.lists(entity, admission, facts, bounds));
    const lists = letIn.flatMap((ofKey) => ofKey.lists);
    return commonOfAll(
      admission,
      lists,
      context.viewpoint,
      letIn.every(({ complete }) => complete),
    );
  });
  return outcome.use === 'possible' && ofThem !== null ? { ...outcome, use: 'unknown' } : outcome;
}

/** The best that holds for some of the admissions, with those for which it holds. */
function best(
  admissions: readonly Admission[],
  use: EntityUse,
  reachOf: (admission: Admission) => CommonReach,
): Outcome {
  const reaches = admissions.map((admission) => ({ admission, ...reachOf(admission) }));
  const yes = reaches.flatMap(({ admission, decision, contents }) =>
    decision === 'yes' ? contents.map((part) => withContents(admission, part)) : [],
  );
  const open = reaches.flatMap(({ admission, decision }) => (decision === 'unknown' ? [admission] : []));
  if (yes.length > 0) return { use, admissions: yes };
  return open.length > 0
    ? { use: 'unknown', admissions: open }
    : { use: 'blocked_by_key_policy', admissions };
}
