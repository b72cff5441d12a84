import { known, readFact } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { eksReads } from './calls.ts';
import { clusterEncryption, eksRules } from './rules.ts';

export const eks: ResourceService = {
  rules: eksRules,

  async *list(access, scope) {
    const reads = eksReads(access);
    const prefix = `arn:${scope.partition}:eks:${scope.region}:${scope.accountId}:cluster/`;
    for await (const names of reads.clusterNames()) {
      yield names.map((name) => async () => {
        const cluster = await readFact(reads.cluster(name));
        if (cluster.state === 'unread' && cluster.error.reason === 'not_found') return null;
        const arn = cluster.state === 'known' ? cluster.value.arn : prefix + name;
        const encryption = cluster.state === 'known' ? known(clusterEncryption(cluster.value)) : cluster;
        return { scope, resourceType: 'kubernetes_cluster', arn, encryption, sharing: notShareable };
      });
    }
  },
};
