import { encryptionByKey } from '../encryption-by-key.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Flows of data between applications and AWS: "Amazon AppFlow stores data temporarily in an intermediate S3 bucket and
 * encrypts it using this key" ("Data protection in Amazon AppFlow" of its user guide, read 2026-11-30). What becomes of a
 * flow without its key AWS does not say there.
 */
export const appFlowRules = {
  service: 'appflow',
  byDefault: false,
  title: 'Flows of Amazon AppFlow',
  resourceTypes: { flow: 'of AppFlow' },
  calls: { 'appflow:ListFlows': null, 'appflow:DescribeFlow': null },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'appflow',
  // See below.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('appflow'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
  caveat: 'credentials of its connections are secrets of their own, under their own keys',
} as const satisfies SortRules;

/**
 * "If you don't provide anything here, Amazon AppFlow uses the Amazon AppFlow-managed KMS key" (kmsArn, botocore 1.43.106,
 * read 2026-11-30): whether one of the account or of the service, AWS does not say.
 */
export const flowEncryption = encryptionByKey('aws_owned_or_managed');
