import { encryptionBySetting, encryptionSetting } from '../encryption-setting.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * How X-Ray encrypts traces, in each region. "If X-Ray is unable to access your encryption key, it stops storing data",
 * and whoever views traces needs "user-level access to a customer managed key" ("Data protection in AWS X-Ray" of its
 * developer guide, read 2026-11-30).
 */
export const xRayRules = {
  service: 'xray',
  byDefault: false,
  title: 'Encryption setting of AWS X-Ray',
  resourceTypes: encryptionSetting,
  calls: { 'xray:GetEncryptionConfig': null },
  sharedBy: 'nothing',
  coveredByRcps: true,
  whenKeyIsLost: 'at_once',
  viaService: 'xray',
  // Under KMS the setting names its key, `aws/xray` included.
  defaultAlias: null,
  checkedAgainst: 'caller',
  grammar: noPolicyGrammar('xray'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
  caveat: 'traces from before the last change of the setting stay as it was then',
} as const satisfies SortRules;

/**
 * By `NONE` or `KMS`. X-Ray "always encrypts"; `NONE` is "default encryption", which is neither `aws/xray` nor a customer's
 * key, and free (the same page). "While the status is UPDATING, X-Ray may encrypt data with a combination of the new and
 * old settings" (EncryptionConfig, botocore 1.43.106, read 2026-11-30).
 */
export const traceEncryption = encryptionBySetting({ NONE: 'aws_owned', KMS: 'kms' });
