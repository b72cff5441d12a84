import type { EntityVerdict } from './judge.ts';
import { type Terms, waysOf } from './judged.ts';
import { ofTheKeys } from './key-serves.ts';
import { type CrossAccountUse, type EntityUse, isBlocked, summary, uses } from './use.ts';

/**
 * The verdict over all entities, services aside.
 * @param mayMissEntities more may be let in than those, since the resource's policy is not wholly known
 */
export function overall(
  entities: readonly EntityVerdict[],
  mayMissEntities: boolean,
  terms: Terms,
): CrossAccountUse {
  const uses = entities.filter(({ entity }) => entity.kind !== 'service').map(({ use }) => use);
  if (!mayMissEntities) return summary(uses);
  // Whether there are others is not known; how they fare is, where everybody is locked out.
  return summary(uses.length === 0 ? ['unknown'] : [...uses, useOfAnybody(terms)]);
}

/**
 * How those who are let in fare, services too: each word that holds of somebody, in the order of precedence. The verdict
 * over all names one of several causes, and none beside those who get through.
 * @param mayMissEntities as in `overall`: how others would fare, `unknown` mostly, is among the words
 */
export function verdictsOf(
  entities: readonly EntityVerdict[],
  mayMissEntities: boolean,
  terms: Terms,
): readonly EntityUse[] {
  const words = new Set(entities.map(({ use }) => use));
  if (mayMissEntities) words.add(useOfAnybody(terms));
  return uses.filter((use) => words.has(use));
}

function useOfAnybody(terms: Terms): EntityUse {
  if (terms.publicAccessBlocked === true) return 'blocked_by_public_access_block';
  const [use = 'unknown', ...more] = waysOf(terms).map(
    (keys) => ofTheKeys(keys, terms.checkedAgainst)?.use ?? 'unknown',
  );
  return [use, ...more].every(isBlocked) ? use : 'unknown';
}
