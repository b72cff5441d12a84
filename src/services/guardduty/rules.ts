import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Where GuardDuty puts its findings for longer than 90 days: "you must also have an AWS KMS key that GuardDuty can use to
 * encrypt findings", by the key's policy; they are objects under SSE-KMS, which nobody reads without the key ("Exporting
 * generated GuardDuty findings to Amazon S3 buckets" of its user guide, read 2026-11-30).
 */
export const guardDutyRules = {
  service: 'guardduty',
  byDefault: false,
  title: 'Publishing destinations of Amazon GuardDuty',
  resourceTypes: { publishing_destination: 'of GuardDuty: where its findings go' },
  calls: {
    'guardduty:ListDetectors': null,
    'guardduty:ListPublishingDestinations': null,
    'guardduty:DescribePublishingDestination': null,
  },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'guardduty',
  // It names its key.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('guardduty'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
  caveat: 'findings that it holds itself are not under this key',
} as const satisfies SortRules;
