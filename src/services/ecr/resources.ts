import { awsJson } from '../../aws/json-protocols.ts';
import { listedService } from '../listed-service.ts';
import { ecrRules, repositoryEncryption } from './rules.ts';

export const ecrEndpoint = { prefix: 'api.ecr', serviceId: 'ECR', dualStack: { prefix: 'ecr' } };

/** ECR's private registry. */
export const ecr = listedService({
  rules: ecrRules,
  endpoint: ecrEndpoint,
  protocol: awsJson('1.1', 'AmazonEC2ContainerRegistry_V20150921'),
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
});
