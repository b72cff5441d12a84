import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byNobody, oneOf, writing } from '../../posture/resource/rules.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';
import { logsDestinationGrammar } from './destination-grammar.ts';

const logs = {
  service: 'logs',
  byDefault: true,
  coveredByRcps: true,
  viaService: 'logs',
  // A log group under KMS always names its key.
  defaultAlias: null,
} as const;

/**
 * Log groups. The key's policy must admit CloudWatch Logs itself, and whoever reads or writes needs the key through
 * it (CloudWatch Logs user guide, "Encrypt log data", read 2026-11-24). Log groups are always encrypted, by a key
 * that AWS owns unless they name one; there is no AWS managed key. Resource policies of Logs serve AWS services
 * only: for other accounts they "will not be enforced" (PutResourcePolicy, botocore 1.44.8, read 2026-11-28). After another
 * key, or none, was chosen, events that came before "are still encrypted with that key", which nothing that is read names
 * (DisassociateKmsKey, CloudWatch Logs API reference, read 2026-11-30).
 */
export const cloudWatchLogsRules = {
  ...logs,
  title: 'Log groups of CloudWatch Logs',
  resourceTypes: { log_group: null },
  calls: { 'logs:DescribeLogGroups': 10 },
  sharedBy: 'nothing',
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'at_once',
      recoverableDays: null,
      why: 'Log events under the key cannot be read; those of the past stay under it when the group names another.',
    },
    key_deleted: 'at_once',
  },
  checkedAgainst: 'both',
  grammar: noPolicyGrammar('logs'),
  operations: [],
  encryptionContext: (arn) => ({ 'aws:logs:arn': arn }),
  caveat:
    'what it gives on by subscriptions and links to monitoring accounts is not read, nor which services its resource policies let write',
} as const satisfies SortRules;

/**
 * Destinations, through which log groups of other accounts give on their events to a stream of this one ("This
 * operation is used only to create destinations for cross-account subscriptions", PutDestination, CloudWatch Logs API
 * reference, read 2026-11-29). They keep nothing: what comes is under the key of the stream. Delivery destinations, by
 * whose policies AWS's services deliver logs of other accounts (PutDeliveryDestinationPolicy, botocore 1.44.8, read
 * 2026-11-29), are others.
 */
export const logsDestinationRules = {
  ...logs,
  title: 'Destinations of CloudWatch Logs',
  resourceTypes: {
    destination:
      'of log events of other accounts: it keeps nothing itself; delivery destinations, of logs of services, are not read',
  },
  calls: { 'logs:DescribeDestinations': null },
  sharedBy: 'policy',
  whenKeyIsLost: 'not_known',
  checkedAgainst: 'service',
  grammar: logsDestinationGrammar,
  operations: [writing('send log events', oneOf('logs', 'PutSubscriptionFilter PutAccountPolicy'), byNobody)],
  encryptionContext: () => ({}),
  caveat: 'what it is sent is under the key of its target',
} as const satisfies SortRules;

export const logGroupEncryption = (kmsKeyId: string | null): ResourceEncryption => ({
  state: kmsKeyId === null ? 'aws_owned' : 'kms',
  key: kmsKeyId,
});
