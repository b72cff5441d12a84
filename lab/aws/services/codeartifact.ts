import { pageOfArray } from '../paging.ts';
import { pageSize, requiredText, text } from '../protocol/input.ts';
import { restJsonWire } from '../protocol/rest-json.ts';
import { InvalidInput, type Output, refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

const missing = (kind: string, name: string) =>
  [404, 'ResourceNotFoundException', `${kind} not found. Name: ${name}`] as const;

/** Domains with their keys. */
export const codeDomains = new ResourceKind<Shared & { name: string; keyArn?: string }>({
  arn: 'codeartifact:domain/*',
  namedBy: ['domain'],
  complete: (given) => ({ policy: null, ...given }),
  missing: (name) => missing('Domain', name),
});

/** Repositories by their domain and their name: `shared/npm`. */
export const codeRepositories = new ResourceKind<Shared & { id: string }>({
  arn: 'codeartifact:repository/*',
  namedBy: ['repository'],
  complete: (given) => ({ policy: null, ...given }),
  missing: (name) => missing('Repository', name),
});

const paging = { size: 'max-results', token: 'next-token', next: 'nextToken' } as const;

/** AWS CodeArtifact: its domains and repositories, without packages. */
export const codeArtifact: Service = {
  name: 'codeartifact',
  wire: restJsonWire({
    ListDomains: 'POST /v1/domains',
    GetDomainPermissionsPolicy: 'GET /v1/domain/permissions/policy',
    ListRepositoriesInDomain: 'POST /v1/domain/repositories',
    GetRepositoryPermissionsPolicy: 'GET /v1/repository/permissions/policy',
  }),
  failures: { throttled: [429, 'ThrottlingException', 'Rate exceeded'] },
  operations: {
    ListDomains: codeDomains.list({
      entries: 'domains',
      paging: { size: 'maxResults', answers: 1000, token: 'nextToken' },
      entry: ({ name, arn, keyArn }, call) => ({
        name,
        arn,
        owner: call.account.id,
        status: 'Active',
        encryptionKey: keyArn,
      }),
    }),
    GetDomainPermissionsPolicy: codeDomains.detail(({ name, arn, policy }) =>
      policyAnswer(arn, policy, name),
    ),
    ListRepositoriesInDomain: { resourceOf: codeDomains.nameIn, paging, run: repositoriesIn },
    GetRepositoryPermissionsPolicy: {
      resourceOf: codeRepositories.nameIn,
      run: (call) => {
        const id = `${requiredText(call.input, 'domain')}/${requiredText(call.input, 'repository')}`;
        const { arn, policy } = codeRepositories.named(call, id);
        return policyAnswer(arn, policy, id);
      },
    },
  },
};

function policyAnswer(resourceArn: string, document: string | null, name: string): Output {
  if (document === null) refuse(404, 'ResourceNotFoundException', `Policy not found. Name: ${name}`);
  return { policy: { resourceArn, revision: 'r1', document } };
}

function repositoriesIn(call: Call): Output {
  const { name: domain } = codeDomains.named(call);
  const all = [...codeRepositories.in(call.account, call.region).keys()].filter((id) =>
    id.startsWith(`${domain}/`),
  );
  const page = pageOfArray(all, {
    marker: text(call.input, 'next-token'),
    limit: pageSize(call.input, 'max-results', { max: 1000, default: 1000 }),
    invalid: () => new InvalidInput('Invalid next-token'),
  });
  const repositories = page.items.map((id) => ({
    name: id.slice(domain.length + 1),
    domainName: domain,
    domainOwner: call.account.id,
    administratorAccount: call.account.id,
    arn: codeRepositories.named(call, id).arn,
  }));
  return { repositories, nextToken: page.next };
}
