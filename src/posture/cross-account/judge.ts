import { type Admission, withContents } from '../access/admission.ts';
import { type CommonReach, isCertain } from '../access/intersection.ts';
import type { KeyFacts } from '../key-facts.ts';
import { effectOf, type PolicyEffect } from '../organization-policies/effect.ts';
import { byIam } from './by-iam.ts';
import type { AdmittedEntity, ExternalEntity } from './external-entities.ts';
import { IamReaders, type Readers } from './iam-readers.ts';
import { type Judged, keysOf } from './judged.ts';
import { ofTheKey } from './key-serves.ts';
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
  const keys = keysOf(judged).map((key): ByKey => {
    const byKey = { ...judged, key };
    return { judged: byKey, sides: new KeySides(byKey) };
  });
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
  const barrierFree = keysOf(judged).some(
    (key) => ofTheKey(key, judged.checkedAgainst)?.use === 'no_kms_barrier',
  );
  const ifSure = barrierFree ? 'no_kms_barrier' : 'possible';
  return entities.map((admitted) => {
    const verdict = verdictOf(admitted, judged, keys, bounds);
    if (iam === undefined) return { ...verdict, readers: null };
    const ofServices = useOfServices(admitted, judged, keys, bounds);
    return { ...verdict, ...byIam(verdict.use, admitted, iam, { ofServices, ifSure }) };
  });
}

type WithoutIam = Omit<EntityVerdict, 'readers'>;

const verdictOf = (
  admitted: AdmittedEntity,
  judged: Judged,
  keys: readonly ByKey[],
  bounds: PolicyBounds | null,
): WithoutIam =>
  bounds === null
    ? { entity: admitted.entity, policies: null, ...outcomeOf(admitted, judged, keys, null) }
    : underPolicies(admitted, judged, keys, bounds);

/** Of services that act for an account: no IAM policy is asked for them. Null: there are none. */
function useOfServices(
  { entity, admissions }: AdmittedEntity,
  judged: Judged,
  keys: readonly ByKey[],
  bounds: PolicyBounds | null,
): EntityUse | null {
  if (entity.kind !== 'account') return null;
  const services = admissions.filter(({ caller }) => caller !== 'identity');
  if (services.length === 0) return null;
  return verdictOf({ entity, admissions: services }, judged, keys, bounds).use;
}

/** The verdict with organization policies: they decide where nothing before them in the order locks out. */
function underPolicies(
  admitted: AdmittedEntity,
  judged: Judged,
  keys: readonly ByKey[],
  bounds: PolicyBounds,
): WithoutIam {
  const { entity, admissions } = admitted;
  const without = outcomeOf(admitted, judged, keys, null);
  const { admissions: left, takings } = bounds.ofResource(entity, admissions);
  const after = left.length === 0 ? null : outcomeOf({ entity, admissions: left }, judged, keys, bounds);
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

/** @param bounds what organization policies leave; null: they do not count */
function outcomeOf(
  admitted: AdmittedEntity,
  judged: Judged,
  keys: readonly ByKey[],
  bounds: PolicyBounds | null,
): Outcome {
  const { entity, admissions } = admitted;
  const { publicAccessBlocked } = judged;
  // Services pass the block, also when they act for another account.
  const passing = admissions.filter(isOfService);
  if (publicAccessBlocked === true && passing.length < admissions.length) {
    const outcome = passing.length === 0 ? null : ofKeys(entity, passing, keys, bounds);
    return outcome === null || isBlocked(outcome.use)
      ? { use: 'blocked_by_public_access_block', admissions }
      : outcome;
  }
  // It may be a principal of the own account, which no key locks out.
  if (entity.kind === 'unique_id') return { use: 'unknown', admissions };
  const outcome = ofKeys(entity, admissions, keys, bounds);
  // What a block or an access point's policy may take away is not known to be possible; nor is it for an account
  // that nobody can name.
  const mayBeBlocked = publicAccessBlocked === null && passing.length < admissions.length;
  const open = mayBeBlocked || entity.kind === 'access_point' || entity.kind === 'canonical_user';
  return open && canUse(outcome.use) ? { ...outcome, use: 'unknown' } : outcome;
}

const isOfService = ({ caller, principal }: Admission): boolean =>
  caller === 'service' || principal.type === 'pseudo_account';

/** One key that opens the resource is enough. */
function ofKeys(
  entity: ExternalEntity,
  admissions: readonly Admission[],
  keys: readonly ByKey[],
  bounds: PolicyBounds | null,
): Outcome {
  const outcomes = keys.map(({ judged, sides }) =>
    keyOutcome(admissions, judged, (admission, facts) => sides.reach(entity, admission, facts, bounds)),
  );
  const having = (accept: (use: EntityUse) => boolean) => outcomes.find(({ use }) => accept(use));
  const blocked = { use: first(outcomes.map(({ use }) => use)), admissions };
  return having(canUse) ?? having((use) => use === 'unknown') ?? blocked;
}

function keyOutcome(
  admissions: readonly Admission[],
  { key, checkedAgainst, context }: Judged,
  reach: (admission: Admission, facts: KeyFacts) => CommonReach,
): Outcome {
  const whole = (use: EntityUse): Outcome => ({ use, admissions });
  const ofKey = ofTheKey(key, checkedAgainst);
  if (ofKey !== null && (ofKey.decides || isBlocked(ofKey.use))) {
    // Nobody asks the key who it is; the resource's own conditions and doubts still stand.
    return canUse(ofKey.use)
      ? best(admissions, ofKey.use, (admission) =>
          isCertain(admission, context.viewpoint)
            ? { decision: 'yes', contents: [admission.contents] }
            : { decision: 'unknown', contents: [] },
        )
      : whole(ofKey.use);
  }
  // No key policy can name them: an origin access identity of CloudFront cannot read what KMS encrypts.
  if (admissions.every(({ principal }) => principal.type === 'pseudo_account'))
    return whole('blocked_by_key_policy');
  const facts = key.state === 'found' ? key.facts : null;
  if (facts === null) return whole('unknown');
  const outcome = best(admissions, 'possible', (admission) => reach(admission, facts));
  return outcome.use === 'possible' && ofKey !== null ? { ...outcome, use: 'unknown' } : outcome;
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
