import { encryptionByKey } from '../encryption-by-key.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Environments of Apache Airflow, whose queue, database, secrets and logs MWAA encrypts under one key, which it uses by
 * grants; CloudWatch Logs must be let in by the key's policy ("Using customer-managed keys for encryption" of the MWAA user
 * guide, read 2026-11-30). What becomes of an environment without its key AWS does not say there.
 */
export const airflowRules = {
  service: 'airflow',
  byDefault: false,
  title: 'Environments of Amazon MWAA',
  resourceTypes: { environment: 'of Apache Airflow' },
  calls: { 'airflow:ListEnvironments': null, 'airflow:GetEnvironment': null },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'airflow',
  // Without a key of the customer's the service takes one of its own.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('airflow'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
} as const satisfies SortRules;

/**
 * "If you do not specify a customer-managed KMS key, by default, Amazon MWAA uses an AWS owned KMS key" ("Encryption on
 * Amazon MWAA" of its user guide, read 2026-11-30).
 */
export const environmentEncryption = encryptionByKey('aws_owned');
