import { apiCalls } from '../../aws/api-calls.ts';
import { restJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

export interface Domain {
  readonly arn: string;
  readonly name: string;
  readonly key: string | null;
}

export interface Repository {
  readonly arn: string;
  readonly name: string;
}

/** CodeArtifact as seen from one scope; never a package. Rejects with AwsError only. */
export interface CodeArtifactReads {
  /** Those of the account itself. */
  domains(): AsyncIterable<readonly Domain[]>;
  /** The JSON text of a domain's policy; null: it has none. */
  domainPolicy(domain: string): Promise<string | null>;
  /** All of a domain, those that other accounts manage included. */
  repositories(domain: string): AsyncIterable<readonly Repository[]>;
  /** The JSON text of a repository's policy; null: it has none. */
  repositoryPolicy(domain: string, repository: string): Promise<string | null>;
}

export const codeArtifactApi = {
  signingName: 'codeartifact',
  endpoint: { prefix: 'codeartifact', serviceId: 'codeartifact' },
  protocol: restJson,
};

/** Most that AWS gives in one page (API reference, 2026-11-29). */
const maxResults = 1000;

const none = 'ResourceNotFoundException';

export function codeArtifactReads(access: ScopeAccess): CodeArtifactReads {
  const { find, list } = apiCalls(access, codeArtifactApi);
  return {
    domains: () =>
      list(
        'codeartifact:ListDomains',
        ({ arn }) => arn,
        (nextToken) => ({ path: ['v1', 'domains'], body: { maxResults, nextToken } }),
        (answer) => ({
          items: answer.requiredObjects('domains').map((domain) => ({
            arn: domain.requiredText('arn'),
            name: domain.requiredText('name'),
            key: domain.text('encryptionKey'),
          })),
          next: answer.text('nextToken'),
        }),
      ),

    domainPolicy: (domain) =>
      find(
        'codeartifact:GetDomainPermissionsPolicy',
        none,
        { path: ['v1', 'domain', 'permissions', 'policy'], query: { domain } },
        (answer) => answer.requiredObject('policy').requiredText('document'),
      ),

    repositories: (domain) =>
      list(
        'codeartifact:ListRepositoriesInDomain',
        ({ arn }) => arn,
        (token) => ({
          path: ['v1', 'domain', 'repositories'],
          query: { domain, 'max-results': String(maxResults), 'next-token': token },
          body: {},
        }),
        (answer) => ({
          items: answer.requiredObjects('repositories').map((repository) => ({
            arn: repository.requiredText('arn'),
            name: repository.requiredText('name'),
          })),
          next: answer.text('nextToken'),
        }),
      ),

    repositoryPolicy: (domain, repository) =>
      find(
        'codeartifact:GetRepositoryPermissionsPolicy',
        none,
        { path: ['v1', 'repository', 'permissions', 'policy'], query: { domain, repository } },
        (answer) => answer.requiredObject('policy').requiredText('document'),
      ),
  };
}
