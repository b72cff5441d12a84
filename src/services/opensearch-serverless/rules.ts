import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Collections of OpenSearch Serverless, always encrypted, by a grant on the key that an encryption policy names or by a
 * key that AWS owns (OpenSearch Service developer guide, "Encryption in Amazon OpenSearch Serverless", read
 * 2026-11-29). Its data access policies are of the account, and no collection carries one.
 */
export const serverlessRules = {
  service: 'aoss',
  byDefault: false,
  title: 'Collections of Amazon OpenSearch Serverless',
  resourceTypes: { collection: null },
  calls: { 'aoss:ListCollections': null, 'aoss:BatchGetCollection': null },
  sharedBy: 'nothing',
  coveredByRcps: true,
  whenKeyIsLost: 'not_known',
  viaService: 'aoss',
  // A collection under KMS always names its key.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('aoss'),
  operations: [],
  encryptionContext: () => ({}),
  caveat: 'data access and network policies of the account, by which it is reached, are not read',
} as const satisfies SortRules;

/** @param kmsKeyArn `auto`: a key that AWS owns (BatchGetCollection, API reference, read 2026-11-29); null: not answered */
export function collectionEncryption(kmsKeyArn: string | null): ResourceEncryption {
  if (kmsKeyArn === 'auto') return { state: 'aws_owned', key: null };
  return { state: kmsKeyArn === null ? 'unknown' : 'kms', key: kmsKeyArn };
}
