import { byService, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { domainGrammar, repositoryGrammar } from './grammar.ts';

/**
 * All packages of a domain are encrypted with one key, to which accounts that read them need not be let in
 * (CodeArtifact user guide, "Domain overview"): CodeArtifact uses it by a grant of whoever made the domain ("CreateDomain",
 * botocore 1.43.11; both read 2026-11-29). What becomes of packages without their key AWS does not say there. Package
 * managers read with a token, which the domain's policy must give other accounts ("Repository policies", read
 * 2026-11-29); that whoever calls the API needs none is taken for granted, so that a token is not asked for.
 */
const shared = {
  service: 'codeartifact',
  byDefault: true,
  sharedBy: 'policy',
  coveredByRcps: true,
  whenKeyIsLost: 'not_known',
  viaService: 'codeartifact',
  defaultAlias: 'alias/aws/codeartifact',
  checkedAgainst: 'service',
  operations: [
    reading(
      'read packages',
      oneOf('codeartifact', 'ReadFromRepository GetPackageVersionAsset GetPackageVersionReadme'),
      byService,
    ),
    writing(
      'publish packages',
      oneOf('codeartifact', 'PublishPackageVersion CopyPackageVersions PutPackageMetadata'),
      byService,
    ),
  ],
  // No caller's permission is checked, so that no policy can ask for it.
  encryptionContext: () => ({}),
} as const;

const repositoryCalls = {
  'codeartifact:ListRepositoriesInDomain': null,
  'codeartifact:GetRepositoryPermissionsPolicy': null,
} as const;

/** Domains, by which their repositories are found as well. */
export const domainRules = {
  ...shared,
  title: 'AWS CodeArtifact domains',
  resourceTypes: { domain: null },
  calls: {
    'codeartifact:ListDomains': null,
    'codeartifact:GetDomainPermissionsPolicy': null,
    ...repositoryCalls,
  },
  grammar: domainGrammar,
} as const satisfies SortRules;

/**
 * Repositories of the account's domains, whichever account manages them. The policies of both are evaluated, and what
 * one of them allows is allowed (CodeArtifact user guide, "Domain policies", read 2026-11-29).
 */
export const repositoryRules = {
  ...shared,
  title: 'AWS CodeArtifact repositories',
  resourceTypes: { repository: 'of CodeArtifact: under the key of its domain, whose policy counts as well' },
  calls: repositoryCalls,
  // Domains are listed first.
  whenEmpty: [],
  grammar: repositoryGrammar,
  within: 'its domain',
} as const satisfies SortRules;
