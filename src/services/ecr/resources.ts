import { apiCalls } from '../../aws/api-calls.ts';
import { known } from '../../aws/fact.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { listedService } from '../listed-service.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy } from '../sharing.ts';
import { ecrRegistryRules, ecrRules, repositoryEncryption } from './rules.ts';

export const ecrEndpoint = { prefix: 'api.ecr', serviceId: 'ECR', dualStack: { prefix: 'ecr' } };

const ecrApi = {
  signingName: 'ecr',
  endpoint: ecrEndpoint,
  protocol: awsJson('1.1', 'AmazonEC2ContainerRegistry_V20150921'),
};

/** What was asked of each open scope: the registry and its repositories want the same answer. */
const asked = new WeakMap<ScopeAccess, Promise<string | null>>();

/** JSON text; null: the registry has none. */
function registryPolicy(access: ScopeAccess): Promise<string | null> {
  const before = asked.get(access);
  if (before !== undefined) return before;
  const none = 'RegistryPolicyNotFoundException';
  const asking = apiCalls(access, ecrApi).find('ecr:GetRegistryPolicy', none, {}, (answer) =>
    answer.requiredText('policyText'),
  );
  asked.set(access, asking);
  return asking;
}

/** ECR's private registry. */
export const ecr = listedService({
  rules: ecrRules,
  endpoint: ecrEndpoint,
  protocol: ecrApi.protocol,
  resourceType: 'repository',
  list: {
    operation: 'ecr:DescribeRepositories',
    // Most that AWS gives in one page (ECR API reference, 2026-10-01).
    input: (nextToken) => ({ maxResults: 1000, nextToken }),
    items: 'repositories',
    next: 'nextToken',
    arn: (repository) => repository.requiredText('repositoryArn'),
  },
  encryption(repository) {
    const configuration = repository.object('encryptionConfiguration');
    return repositoryEncryption(
      configuration?.text('encryptionType') ?? null,
      configuration?.text('kmsKey') || null,
    );
  },
  policy: {
    operation: 'ecr:GetRepositoryPolicy',
    input: (repository) => ({ repositoryName: repository.requiredText('repositoryName') }),
    text: 'policyText',
    none: 'RepositoryPolicyNotFoundException',
  },
  within: registryPolicy,
});

/** A row where there is a policy: a registry without one lets nobody in, and has nothing else to tell. */
export const ecrRegistry: ResourceService = {
  rules: ecrRegistryRules,

  async *list(access, scope) {
    const policy = await registryPolicy(access);
    const arn = `arn:${scope.partition}:ecr:${scope.region}:${scope.accountId}:registry`;
    const encryption = known({ state: 'none', key: null } as const);
    const sharing = known(byPolicy(policy));
    if (policy !== null) yield [async () => ({ scope, resourceType: 'registry', arn, encryption, sharing })];
  },
};
