import { known, readFact } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { airflowReads } from './calls.ts';
import { airflowRules, environmentEncryption } from './rules.ts';

export const airflow: ResourceService = {
  rules: airflowRules,

  async *list(access, scope) {
    const reads = airflowReads(access);
    const prefix = `arn:${scope.partition}:airflow:${scope.region}:${scope.accountId}:environment/`;
    for await (const names of reads.environments()) {
      yield names.map((name) => async () => {
        const key = await readFact(reads.keyOf(name));
        if (key.state === 'unread' && key.error.reason === 'not_found') return null;
        const encryption = key.state === 'known' ? known(environmentEncryption(key.value)) : key;
        return { scope, resourceType: 'environment', arn: prefix + name, encryption, sharing: notShareable };
      });
    }
  },
};
