import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Repositories of Git. Whoever pushes and pulls needs the key: "these permissions must be explicitly set to allow" for a
 * customer managed one ("AWS Key Management Service and encryption", CodeCommit user guide); without it CodeCommit
 * answers EncryptionKeyDisabledException and its like, to what reads commits and files as well as to who describes the
 * repository (API reference, "GetBlob", "GetRepository"; all read 2026-11-30). Nothing shares a repository with another
 * account but a role of the own one.
 */
export const codeCommitRules = {
  service: 'codecommit',
  byDefault: false,
  title: 'AWS CodeCommit repositories',
  resourceTypes: { git_repository: null },
  calls: { 'codecommit:ListRepositories': null, 'codecommit:GetRepository': null },
  sharedBy: 'nothing',
  coveredByRcps: true,
  whenKeyIsLost: 'at_once',
  viaService: 'codecommit',
  defaultAlias: 'alias/aws/codecommit',
  checkedAgainst: 'caller',
  grammar: noPolicyGrammar('codecommit'),
  operations: [],
  // The repository's id, under a name that AWS does not tell; no use by others is judged.
  encryptionContext: () => ({}),
} as const satisfies SortRules;

/**
 * "If you don't specify a customer managed key, CodeCommit will use an AWS managed key" (the `aws/codecommit` key; user
 * guide, as above).
 */
export const repositoryEncryption = (key: string | null): ResourceEncryption => ({ state: 'kms', key });
