import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/** "Aggregated per AWS account, across all Amazon MQ APIs" ("Limits related to API throttling"). */
const perSecond = 15;

/**
 * Brokers. Amazon MQ "always encrypts your data at rest", with a customer key by a grant; once that is gone it "cannot
 * access this data and your broker will stop working", which "will not take place immediately" (Amazon MQ developer guide,
 * "Encryption at rest"; both pages as they stand in awsdocs/amazon-mq-developer-guide, read 2026-11-30). Brokers of
 * RabbitMQ raise RABBITMQ_INVALID_KMS_KEY. Nothing of a broker is shared with other accounts by AWS.
 */
export const mqRules = {
  service: 'mq',
  byDefault: false,
  title: 'Brokers of Amazon MQ',
  resourceTypes: { broker: null },
  calls: { 'mq:ListBrokers': perSecond, 'mq:DescribeBroker': perSecond },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'within_hours',
  viaService: 'mq',
  defaultAlias: 'alias/aws/mq',
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('mq'),
  operations: [],
  encryptionContext: () => ({}),
  caveat: 'whom its own users and protocols let in is not read',
} as const satisfies SortRules;

/**
 * "AWS owned KMS key — The key is owned by Amazon MQ and is not in your account", else a key of the customer's or, where
 * none is named, `aws/mq` ("Encryption at rest"). Which of the AWS keys it is where AWS answers no options, it says
 * otherwise for ActiveMQ there than for all brokers in its API reference ("Set to true by default, if no value is
 * provided").
 */
export function brokerEncryption(
  options: { readonly isAwsOwned: boolean | null; readonly key: string | null } | null,
): ResourceEncryption {
  if (options === null) return { state: 'aws_owned_or_managed', key: null };
  const { isAwsOwned, key } = options;
  if (isAwsOwned === null) return { state: key === null ? 'unknown' : 'kms', key };
  return isAwsOwned ? { state: 'aws_owned', key: null } : { state: 'kms', key };
}
