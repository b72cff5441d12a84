import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Where Macie stores what it finds out about buckets: "The key must be a customer managed, symmetric encryption KMS key",
 * whose policy lets Macie in, "Otherwise, Macie won't be able to encrypt or store your results"; the results are objects
 * under SSE-KMS, which nobody reads without the key ("Storing and retaining sensitive data discovery results" of the Macie
 * user guide, read 2026-11-30).
 */
export const macieRules = {
  service: 'macie2',
  byDefault: false,
  title: 'Where Amazon Macie stores results',
  resourceTypes: {
    export_configuration: 'of Macie: one in each region where its results are stored, by an ARN of its own',
  },
  calls: { 'macie2:GetClassificationExportConfiguration': null },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'macie2',
  // It names its key.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('macie2'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
  caveat: 'results that were stored before its last change stay under the key of then',
} as const satisfies SortRules;
