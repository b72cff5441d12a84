import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Log groups. The key's policy must admit CloudWatch Logs itself, and whoever reads or writes needs the key through
 * it (CloudWatch Logs user guide, "Encrypt log data", read 2026-11-24). Log groups are always encrypted, by a key
 * that AWS owns unless they name one; there is no AWS managed key. Resource policies of Logs serve AWS services
 * only: for other accounts they "will not be enforced" (PutResourcePolicy, botocore 1.44.8, read 2026-11-28).
 */
export const cloudWatchLogsRules = {
  service: 'logs',
  byDefault: true,
  title: 'Log groups of CloudWatch Logs',
  resourceTypes: { log_group: null },
  calls: { 'logs:DescribeLogGroups': 10 },
  sharedBy: 'nothing',
  coveredByRcps: true,
  whenKeyIsLost: 'at_once',
  viaService: 'logs',
  // A log group under KMS always names its key.
  defaultAlias: null,
  checkedAgainst: 'both',
  grammar: noPolicyGrammar('logs'),
  operations: [],
  encryptionContext: (arn) => ({ 'aws:logs:arn': arn }),
  caveat:
    'what it gives on by subscriptions, destinations and links to monitoring accounts is not read, nor which services its resource policies let write',
} as const satisfies SortRules;

export const logGroupEncryption = (kmsKeyId: string | null): ResourceEncryption => ({
  state: kmsKeyId === null ? 'aws_owned' : 'kms',
  key: kmsKeyId,
});
