import { type Fact, known, readFact, valueOrNull } from '../../aws/fact.ts';
import type { ResourceFacts } from '../../posture/resource/resource-facts.ts';
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
        return [resultsOf(group, place), ...keysBeside(group, place)].map((facts) => ({ rules, facts }));
      });
    }
  },
};

type Place = Pick<ResourceFacts, 'scope' | 'arn' | 'sharing'>;

const resultsOf = (group: Fact<WorkGroup>, place: Place): ResourceFacts => ({
  ...place,
  resourceType: 'workgroup',
  encryption: group.state === 'known' ? known(resultsEncryption(group.value)) : group,
  // Which keys it names beside is told by the same answer.
  parts: group,
});

/** No row for what has no key of its own. */
function keysBeside(group: Fact<WorkGroup>, place: Place): readonly ResourceFacts[] {
  const { contentKey = null, managedLogsKey = null, bucketLogsKey = null } = valueOrNull(group) ?? {};
  const named = [
    ['workgroup_content', 'content', contentKey],
    ['workgroup_logs', 'managed-logs', managedLogsKey],
    ['workgroup_logs', 'bucket-logs', bucketLogsKey],
  ] as const;
  return named.flatMap(([resourceType, part, key]) =>
    key === null
      ? []
      : [
          {
            ...place,
            resourceType,
            arn: `${place.arn}/${part}`,
            encryption: known({ state: 'kms' as const, key }),
          },
        ],
  );
}
