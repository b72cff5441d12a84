import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * How Config delivers what it records to a bucket, in each region: "used to encrypt objects delivered by AWS Config. Must
 * belong to the same Region as the destination S3 bucket" ("s3KmsKeyArn", botocore 1.43.106). The key must admit Config's
 * role or the service itself ("Permissions for the KMS Key for the AWS Config Delivery Channel" of its developer guide); the
 * objects are under SSE-KMS, which nobody reads without the key (both read 2026-11-30).
 */
export const configRules = {
  service: 'config',
  byDefault: false,
  title: 'Delivery channels of AWS Config under a key of their own',
  resourceTypes: { delivery_channel: 'of Config, where it names a key: by an ARN of its own' },
  calls: { 'config:DescribeDeliveryChannels': null },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'config',
  // Without a key, the bucket's own counts.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('config'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
  caveat: 'what was delivered before its key was last changed stays under the key of then',
} as const satisfies SortRules;
