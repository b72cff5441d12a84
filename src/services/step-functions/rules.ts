import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { encryptionByTypeAndKey } from '../encryption-by-type.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Step Functions "always encrypts your data at rest", by a key that AWS owns; a customer managed key is "a second layer of
 * encryption over the existing AWS owned encryption" (Step Functions developer guide, "Data at rest encryption in Step
 * Functions"). Whoever calls needs kms:Decrypt, and so does the role of executions. A data key is used again until
 * `kmsDataKeyReusePeriodSeconds` are over, 15 minutes at most; then GenerateDataKey is called, and what needs a key that is
 * disabled fails by KmsInvalidStateException (@aws-sdk/client-sfn 3.1164.0; all read 2026-11-30). Nothing of it is shared
 * with other accounts by a policy of its own.
 */
const stepFunctions = {
  service: 'states',
  byDefault: false,
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'within_hours',
  viaService: 'states',
  // Without a key of the customer's it is one that AWS owns.
  defaultAlias: null,
  checkedAgainst: 'caller',
  grammar: noPolicyGrammar('states'),
  operations: [],
  encryptionContext: () => ({}),
} as const;

/** Rates at which buckets refill, of regions other than the largest ("Quotas", "Other quotas", read 2026-11-30). */
export const stateMachineRules = {
  ...stepFunctions,
  title: 'State machines of AWS Step Functions',
  resourceTypes: { state_machine: null },
  calls: { 'states:ListStateMachines': 5, 'states:DescribeStateMachine': 20 },
  caveat:
    'keys of its published versions and of executions that began under another key are not read; those of logs are of their log groups',
} as const satisfies SortRules;

export const activityRules = {
  ...stepFunctions,
  title: 'Activities of AWS Step Functions',
  resourceTypes: { activity: 'of Step Functions: inputs of its tasks' },
  calls: { 'states:ListActivities': 5, 'states:DescribeActivity': 1 },
} as const satisfies SortRules;

/** A customer key always has its name. */
const byType = encryptionByTypeAndKey({ AWS_OWNED_KEY: 'aws_owned', CUSTOMER_MANAGED_KMS_KEY: 'kms' });

/** @param settings its `encryptionConfiguration`; null: it has no second layer */
export const statesEncryption = (
  settings: { readonly type: string | null; readonly key: string | null } | null,
): ResourceEncryption =>
  settings === null ? { state: 'aws_owned', key: null } : byType(settings.type, settings.key);
