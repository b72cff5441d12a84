import { encryptionBySetting, encryptionSetting } from '../encryption-setting.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * How IoT SiteWise encrypts what its assets measure, in each region. It uses the key by a grant, for the root of a
 * hierarchy of keys; what becomes of values without it AWS does not say ("Encryption at rest in AWS IoT SiteWise" of its
 * user guide, read 2026-11-30).
 */
export const siteWiseRules = {
  service: 'iotsitewise',
  byDefault: false,
  title: 'Encryption setting of AWS IoT SiteWise',
  resourceTypes: encryptionSetting,
  // "AWS IoT SiteWise endpoints and quotas" of the AWS General Reference, read 2026-11-30.
  calls: { 'iotsitewise:DescribeDefaultEncryptionConfiguration': 10 },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'iotsitewise',
  // Without a key of the customer's the service takes one of its own.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('iotsitewise'),
  operations: [],
  encryptionContext: () => ({ 'aws:iotsitewise:subscriberId': '*' }),
  caveat: 'a key of yours encrypts property values and aggregates alone, a key that AWS owns the rest',
} as const satisfies SortRules;

/**
 * "AWS owned key – Default encryption key" (the same page; "Key management in AWS IoT SiteWise", which calls it "AWS
 * managed", has it "stored in the AWS IoT SiteWise account"). While a setting is being made, or has failed, AWS does not
 * say which one is in use (ConfigurationStatus, botocore 1.43.106; all read 2026-11-30).
 */
export const siteWiseEncryption = encryptionBySetting({
  SITEWISE_DEFAULT_ENCRYPTION: 'aws_owned',
  KMS_BASED_ENCRYPTION: 'kms',
});
