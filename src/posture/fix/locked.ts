import type { Scope } from '../../organization/model.ts';
import type { ResourceContext } from '../access/admission.ts';
import { entityText } from '../cross-account/entity-text.ts';
import type { ExternalEntity } from '../cross-account/external-entities.ts';
import type { EntityVerdict } from '../cross-account/judge.ts';
import type { JudgedOperation } from '../cross-account/judged.ts';
import { type EntityUse, first, isBlocked } from '../cross-account/use.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { ResolvedKey } from '../resource-key.ts';
import type { FixStep } from './fix.ts';

/** What became of a party in one operation. */
export interface PartyUse {
  readonly operation: JudgedOperation;
  readonly verdict: EntityVerdict;
  /** What no key can change, as a sentence; null: nothing. */
  readonly stuck: string | null;
}

/** What a resource's key is to be changed for. */
export interface Subject {
  readonly arn: string;
  readonly scope: Scope;
  /** In words: `bucket lake`. */
  readonly name: string;
  readonly context: ResourceContext;
}

/** A resource whose key locks somebody out, and how it would be judged under other keys. */
export interface Lock {
  readonly subject: Subject;
  /** All are needed; of several ways to open the resource the first. */
  readonly keys: readonly ResolvedKey[];
  /**
   * How the resource is put under another key, whose ARN is in `$KEY_ARN`; a text: why there are no steps, as a sentence.
   */
  readonly replacing: readonly FixStep[] | string;
  judge(keys: readonly ResolvedKey[]): readonly PartyUse[];
}

/** Judges the same keys once, however many steps lead to them. @param uses what is said of `keys` already */
export function judgingOnce(
  keys: Lock['keys'],
  uses: readonly PartyUse[],
  judge: Lock['judge'],
): Lock['judge'] {
  const judged = new Map([[keys, uses]]);
  return (changed) => {
    const after = judged.get(changed) ?? judge(changed);
    judged.set(changed, after);
    return after;
  };
}

/** Somebody who is locked out, with all in which it is. */
export interface Party {
  readonly name: string;
  readonly entity: ExternalEntity;
  readonly locked: readonly PartyUse[];
}

/** Those who are locked out of at least one operation. */
export function partiesIn(uses: readonly PartyUse[]): readonly Party[] {
  const byName = new Map<string, { entity: ExternalEntity; locked: PartyUse[] }>();
  for (const use of uses) {
    const { entity } = use.verdict;
    if (!isBlocked(use.verdict.use)) continue;
    const party = byName.get(entityText(entity)) ?? { entity, locked: [] };
    byName.set(entityText(entity), party);
    party.locked.push(use);
  }
  return [...byName].map(([name, party]) => ({ name, ...party }));
}

/** Those who are locked out of every operation that they are let in to. */
export function lockedOutOfAll(uses: readonly PartyUse[]): readonly Party[] {
  const alive = new Set(
    uses.flatMap(({ verdict }) => (isBlocked(verdict.use) ? [] : [entityText(verdict.entity)])),
  );
  return partiesIn(uses).filter(({ name }) => !alive.has(name));
}

/** What comes first of that which locks a party out. */
export const useOf = ({ locked }: Party): EntityUse => first(locked.map(({ verdict }) => verdict.use));

/** Of some parties those that would still be locked out of something that they were, with that alone. */
export function stillLocked(parties: readonly Party[], after: readonly PartyUse[]): readonly Party[] {
  const byName = new Map(partiesIn(after).map((party) => [party.name, party.locked]));
  return parties.flatMap((party) => {
    const names = new Set(party.locked.map(({ operation }) => operation.name));
    const locked = byName.get(party.name)?.filter(({ operation }) => names.has(operation.name)) ?? [];
    return locked.length === 0 ? [] : [{ ...party, locked }];
  });
}

/** Some without others, by their names. */
export function without(parties: readonly Party[], others: readonly Party[]): readonly Party[] {
  const names = new Set(others.map(({ name }) => name));
  return parties.filter(({ name }) => !names.has(name));
}

/** The customer managed keys that were read. */
export const foundKeys = (keys: readonly ResolvedKey[]): readonly KeyFacts[] =>
  keys.flatMap(({ key }) => (key.state === 'found' ? [key.facts] : []));

/** The keys with other facts of some. */
export const withKeyFacts = (
  keys: readonly ResolvedKey[],
  change: (facts: KeyFacts) => KeyFacts,
): readonly ResolvedKey[] =>
  keys.map((resolved) =>
    resolved.key.state === 'found'
      ? { ...resolved, key: { state: 'found', facts: change(resolved.key.facts) } }
      : resolved,
  );
