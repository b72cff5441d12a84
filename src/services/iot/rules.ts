import { encryptionBySetting, encryptionSetting } from '../encryption-setting.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * How IoT Core encrypts its registry and what else it keeps, in each region: "all AWS IoT Core resources in your AWS account
 * will be encrypted using the specified AWS KMS key", by a role of the account; whoever calls its control plane needs
 * `kms:Decrypt` as well. "When key health becomes UNHEALTHY, AWS IoT Core operations fail immediately" ("Data encryption at
 * rest in AWS IoT Core" of its developer guide, read 2026-11-30).
 */
export const iotRules = {
  service: 'iot',
  byDefault: false,
  title: 'Encryption setting of AWS IoT Core',
  resourceTypes: encryptionSetting,
  // "AWS IoT Core API throttling limits" of the AWS General Reference, read 2026-11-30.
  calls: { 'iot:DescribeEncryptionConfiguration': 10 },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'iot',
  // Without a key of the customer's the service takes one of its own.
  defaultAlias: null,
  checkedAgainst: 'caller',
  grammar: noPolicyGrammar('iot'),
  operations: [],
  encryptionContext: () => ({ 'aws-crypto-ec:vendor': 'iot.amazonaws.com' }),
} as const satisfies SortRules;

/** "By default, all AWS IoT Core data at rest is encrypted using AWS owned keys" (the same page). */
export const iotEncryption = encryptionBySetting({
  AWS_OWNED_KMS_KEY: 'aws_owned',
  CUSTOMER_MANAGED_KMS_KEY: 'kms',
});
