import {
  across,
  acrossInside,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';
import { ANY_TEXT } from '../../posture/policy/pattern.ts';
import { ofAccounts, ofDomains, ofPackageGroups, ofPackages, ofRepositories, ofTags } from './actions.ts';

const shared = { service: 'codeartifact', ...noOwnKeys, requestKeys: tlsOnly, anonymous: false } as const;

/**
 * CodeArtifact in policies of domains, each of which "is evaluated for all operations against the domain and all
 * resources within the domain" (CodeArtifact user guide, "Domain policies", read 2026-11-29).
 */
export const domainGrammar: ServiceGrammar = {
  ...shared,
  actions: actionTable(
    [acrossInside('read'), `${ofRepositories.reading} ${ofPackages.reading}`],
    [acrossInside('write'), ofPackages.writing],
    [across('read_metadata'), `${ofDomains.describing} ${ofTags.describing}`],
    [across('administer'), `${ofDomains.managing} ${ofTags.managing}`],
    [
      acrossInside('read_metadata'),
      `${ofRepositories.describing} ${ofPackages.describing} ${ofPackageGroups.describing}`,
    ],
    [
      acrossInside('administer'),
      `${ofRepositories.managing} ${ofPackages.managing} ${ofPackageGroups.managing}`,
    ],
    [noEffect, ofAccounts],
  ),
  contents: (arn) =>
    ['repository', 'package', 'package-group'].map(
      (kind) => `${arn.replace(':domain/', `:${kind}/`)}/${ANY_TEXT}`,
    ),
};

/** CodeArtifact in policies of repositories, and in that of their domain as far as it is about one. */
export const repositoryGrammar: ServiceGrammar = {
  ...shared,
  actions: actionTable(
    [across('read'), ofRepositories.reading],
    [acrossInside('read'), ofPackages.reading],
    [acrossInside('write'), ofPackages.writing],
    [across('read_metadata'), `${ofRepositories.describing} ${ofTags.describing}`],
    [across('administer'), `${ofRepositories.managing} ${ofTags.managing}`],
    [acrossInside('read_metadata'), ofPackages.describing],
    [acrossInside('administer'), ofPackages.managing],
    [
      noEffect,
      `${ofDomains.describing} ${ofDomains.managing} ${ofPackageGroups.describing} ${ofPackageGroups.managing}
       ${ofAccounts}`,
    ],
  ),
  contents: (arn) => [`${arn.replace(':repository/', ':package/')}/${ANY_TEXT}`],
};
