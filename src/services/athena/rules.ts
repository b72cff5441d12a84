import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { encryptionByTypeAndKey } from '../encryption-by-type.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';
import type { WorkGroup } from './calls.ts';

/**
 * Workgroups. What a query puts out is encrypted as the workgroup, or the query, says, with the permission on the key of
 * whoever asks; without it S3 gives no object that is under it. "If query and calculation results are encrypted in Amazon
 * S3" there is a setting (EncryptionConfiguration, Athena API reference); what becomes of them without one, no page of
 * Athena's says. There is no policy of a workgroup that lets others in (all read 2026-11-30).
 */
export const workGroupRules = {
  service: 'athena',
  byDefault: false,
  title: 'Workgroups of Amazon Athena',
  resourceTypes: {
    workgroup: 'of Athena: results of its queries',
    workgroup_content:
      'of Athena: what it stores for notebooks, where that has a key of its own, by an ARN of ours',
    workgroup_logs: 'of Athena: logs of sessions, where they have a key of their own, by an ARN of ours',
  },
  // No rate of these two is published ("Service Quotas" of the Athena user guide, read 2026-11-30).
  calls: { 'athena:ListWorkGroups': null, 'athena:GetWorkGroup': null },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'athena',
  // Where it is under KMS it names its key.
  defaultAlias: null,
  checkedAgainst: 'caller',
  grammar: noPolicyGrammar('athena'),
  operations: [],
  encryptionContext: () => ({}),
  caveat:
    'results of a workgroup that sets nothing, or lets queries choose, are under what each query asks for, else under the default of their bucket; what was put out before a change keeps its key',
} as const satisfies SortRules;

const byOption = encryptionByTypeAndKey({ SSE_S3: 'aws_owned', SSE_KMS: 'kms', CSE_KMS: 'kms' });

/**
 * Of results. Those that Athena keeps itself are encrypted "with Athena's encryption key" where none is named
 * (AWS::Athena::WorkGroup ManagedStorageEncryptionConfiguration, CloudFormation reference, read 2026-11-30). Which key an
 * option under KMS uses that names none is not said.
 */
export function resultsEncryption({
  managedResultsKey,
  results,
}: Pick<WorkGroup, 'managedResultsKey' | 'results'>): ResourceEncryption {
  if (managedResultsKey !== undefined)
    return { state: managedResultsKey === null ? 'aws_owned' : 'kms', key: managedResultsKey };
  return byOption(results?.option ?? null, results?.key ?? null);
}
