import { encryptionByKey } from '../encryption-by-key.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Indexes of documents. A customer's key must "allow Amazon Kendra to use the key" by its policy ("Encryption at rest" of the
 * Kendra developer guide, read 2026-11-30); what becomes of an index without it AWS does not say there.
 */
export const kendraRules = {
  service: 'kendra',
  byDefault: false,
  title: 'Indexes of Amazon Kendra',
  resourceTypes: { index: 'of Kendra' },
  calls: { 'kendra:ListIndices': null, 'kendra:DescribeIndex': null },
  sharedBy: 'nothing',
  coveredByRcps: true,
  whenKeyIsLost: 'not_known',
  viaService: 'kendra',
  // Without a key the service takes one of its own; `aws/kendra` is named where it is chosen.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('kendra'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
} as const satisfies SortRules;

/**
 * "An AWS-owned AWS KMS key. If you don't specify an encryption key your data is encrypted with this key by default" (the
 * same page).
 */
export const indexEncryption = encryptionByKey('aws_owned');
