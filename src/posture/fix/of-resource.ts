import { isBlocked } from '../cross-account/use.ts';
import { type ResourcePosture, type ResourceVerdict, requestOf } from '../resource/verdict.ts';
import type { ResourceKeys } from '../resource-key.ts';
import { type Fix, orNull } from './fix.ts';
import { judgingOnce, type Lock, type PartyUse } from './locked.ts';
import { takingAwayResource } from './take-away-resource.ts';
import { underNewKey } from './under-new-key.ts';
import { unlocking } from './unlock.ts';

/** What ends that somebody is let in by a resource and locked out by its key; null: nobody is. */
export function fixOfResource(
  posture: ResourcePosture,
  verdict: ResourceVerdict,
  keys: ResourceKeys,
): readonly Fix[] | null {
  if (!verdict.entities.some(({ use }) => isBlocked(use))) return null;
  const { facts, rules, context } = posture;
  const uses = usesOf(posture, verdict);
  const first = [keys.resolved, ...keys.further.flatMap(([one]) => one ?? [])];
  const lock: Lock = {
    subject: { arn: facts.arn, scope: facts.scope, name: `${facts.resourceType} ${facts.arn}`, context },
    keys: first,
    replacing: underNewKey(facts, rules.service),
    judge: judgingOnce(first, uses, (changed) => usesOf(posture, verdict.under(withKeys(keys, changed)))),
  };
  return orNull([...unlocking(lock), ...takingAwayResource(posture, uses)]);
}

/** Of several that open a part of it, the first is changed. */
function withKeys(keys: ResourceKeys, changed: Lock['keys']): ResourceKeys {
  const [resolved = keys.resolved, ...further] = changed;
  return {
    resolved,
    associated: keys.associated,
    further: keys.further.map(([one, ...others], i) =>
      [...((further[i] ?? one) ? [further[i] ?? one] : []), ...others].flatMap((key) => key ?? []),
    ),
  };
}

const usesOf = (posture: ResourcePosture, { operations }: ResourceVerdict): readonly PartyUse[] =>
  operations.flatMap(({ operation, entities }) =>
    entities.map((verdict) => ({
      operation: { ...operation, request: () => requestOf(posture) },
      verdict,
      stuck: null,
    })),
  );
