import { known } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { cloudWatchLogsReads } from './calls.ts';
import { cloudWatchLogsRules, logGroupEncryption } from './rules.ts';

export const cloudWatchLogs: ResourceService = {
  rules: cloudWatchLogsRules,

  async *list(access, scope) {
    for await (const logGroups of cloudWatchLogsReads(access).logGroups()) {
      yield logGroups.map(({ arn, kmsKeyId }) => async () => {
        const encryption = known(logGroupEncryption(kmsKeyId));
        return { scope, resourceType: 'log_group', arn, encryption, sharing: notShareable };
      });
    }
  },
};
