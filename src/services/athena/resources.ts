import { type Fact, known, readFact, valueOrNull } from '../../aws/fact.ts';
import type { ResourceFacts } from '../../posture/resource/resource-facts.ts';
import { keysBeside, type Place } from '../keys-beside.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { athenaReads, type WorkGroup } from './calls.ts';
import { resultsEncryption, workGroupRules as rules } from './rules.ts';

export const athena: ResourceService = {
  rules,

  async *list(access, scope) {
    const reads = athenaReads(access);
    const prefix = `arn:${scope.partition}:athena:${scope.region}:${scope.accountId}:workgroup/`;
    for await (const names of reads.workGroupNames()) {
      yield names.map((name) => async () => {
        const group = await readFact(reads.workGroup(name));
        const place = { scope, arn: prefix + name, sharing: notShareable };
        return [resultsOf(group, place), ...othersOf(group, place)].map((facts) => ({ rules, facts }));
      });
    }
  },
};

const resultsOf = (group: Fact<WorkGroup>, place: Place): ResourceFacts => ({
  ...place,
  resourceType: 'workgroup',
  encryption: group.state === 'known' ? known(resultsEncryption(group.value)) : group,
  // Which keys it names beside is told by the same answer.
  parts: group,
});

function othersOf(group: Fact<WorkGroup>, place: Place): readonly ResourceFacts[] {
  const { contentKey = null, managedLogsKey = null, bucketLogsKey = null } = valueOrNull(group) ?? {};
  return keysBeside(place, [
    ['workgroup_content', 'content', contentKey],
    ['workgroup_logs', 'managed-logs', managedLogsKey],
    ['workgroup_logs', 'bucket-logs', bucketLogsKey],
  ]);
}
