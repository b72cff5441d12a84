import { type Fact, known, readFact, valueOrNull } from '../../aws/fact.ts';
import type { ResourceFacts } from '../../posture/resource/resource-facts.ts';
import { keysBeside, type Place } from '../keys-beside.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { type ClusterKeys, ecsReads } from './calls.ts';
import { fargateEncryption, ecsRules as rules } from './rules.ts';

export const ecs: ResourceService = {
  rules,

  async *list(access, scope) {
    const reads = ecsReads(access);
    for await (const arns of reads.clusterArns()) {
      if (arns.length === 0) continue;
      const described = await readFact(reads.clusters(arns));
      yield arns.map((arn) => async () => {
        const keys = keysOf(described, arn);
        if (keys === null) return null;
        const place = { scope, arn, sharing: notShareable };
        return [clusterOf(keys, place), ...othersOf(keys, place)].map((facts) => ({ rules, facts }));
      });
    }
  },
};

/** Null: it was deleted meanwhile. */
function keysOf(described: Fact<ReadonlyMap<string, ClusterKeys>>, arn: string): Fact<ClusterKeys> | null {
  if (described.state !== 'known') return described;
  const keys = described.value.get(arn);
  return keys === undefined ? null : known(keys);
}

const clusterOf = (keys: Fact<ClusterKeys>, place: Place): ResourceFacts => ({
  ...place,
  resourceType: 'container_cluster',
  encryption: keys.state === 'known' ? known(fargateEncryption(keys.value.fargateStorage)) : keys,
  // Which keys it names beside is told by the same answer.
  parts: keys,
});

function othersOf(keys: Fact<ClusterKeys>, place: Place): readonly ResourceFacts[] {
  const { volumes = null, sessions = null } = valueOrNull(keys) ?? {};
  return keysBeside(place, [
    ['task_volumes', 'volumes', volumes],
    ['task_sessions', 'sessions', sessions],
  ]);
}
