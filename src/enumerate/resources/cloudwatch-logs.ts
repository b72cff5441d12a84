import { cloudWatchLogsReads } from '../../aws/cloudwatch-logs.ts';
import { known } from '../../aws/fact.ts';
import { noPolicyGrammar } from '../../posture/resource/no-policy-grammar.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import type { ResourceService } from './service.ts';
import { notShareable } from './sharing.ts';

/**
 * Log groups. CloudWatch Logs uses the key as itself, admitted by the key's policy; readers need no key
 * (CloudWatch Logs user guide, "Encrypt log data", read 2026-11-24). Log groups are always encrypted, by a key that
 * AWS owns unless they name one; there is no AWS managed key.
 */
export const cloudWatchLogs: ResourceService = {
  service: 'logs',
  calls: ['logs:DescribeLogGroups'],
  viaService: 'logs',
  // AWS has no such key, and a log group under KMS always names its own.
  defaultAlias: 'alias/aws/logs',
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('logs'),
  operations: [],
  encryptionContext: (arn) => ({ 'aws:logs:arn': arn }),
  caveat: 'subscriptions and links to monitoring accounts are not read',

  async *list(access, scope) {
    for await (const logGroups of cloudWatchLogsReads(access).logGroups()) {
      yield logGroups.map(({ arn, kmsKeyId }) => async () => {
        const encryption = known(logGroupEncryption(kmsKeyId));
        return { scope, resourceType: 'log_group', arn, encryption, sharing: notShareable };
      });
    }
  },
};

export const logGroupEncryption = (kmsKeyId: string | null): ResourceEncryption => ({
  state: kmsKeyId === null ? 'aws_owned' : 'kms',
  key: kmsKeyId,
});
