import { regionOf } from '../build.ts';
import { failure } from '../failures.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, requiredText, text } from '../protocol/input.ts';
import { jsonWire } from '../protocol/json.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { Call, Service } from '../service.ts';

/** Amazon ECR's private registry: what is known of repositories. */
export const ecr: Service = {
  name: 'ecr',
  wire: jsonWire({ target: 'AmazonEC2ContainerRegistry_V20150921', version: '1.1' }),
  operations: {
    DescribeRepositories: { paging: { size: 'maxResults', token: 'nextToken' }, run: describeRepositories },
    GetRepositoryPolicy: { run: getRepositoryPolicy },
  },
  resourceOf: (input) => text(input, 'repositoryName'),
};

function describeRepositories(call: Call): Output {
  const page = pageOfArray([...regionOf(call.account, call.region).repositories.values()], {
    marker: text(call.input, 'nextToken'),
    limit: pageSize(call.input, 'maxResults', { max: 1000, default: 100 }),
    invalid: () => failure(ecr, 'invalid_input', 'Invalid parameter: nextToken'),
  });
  const { partition } = call.world.organization;
  const repositories = page.items.map(({ name, encryptionType, kmsKey }) => ({
    repositoryName: name,
    repositoryArn: `arn:${partition}:ecr:${call.region}:${call.account.id}:repository/${name}`,
    encryptionConfiguration: { encryptionType, kmsKey },
  }));
  return { repositories, nextToken: page.next };
}

function getRepositoryPolicy(call: Call): Output {
  const repositoryName = requiredText(call.input, 'repositoryName');
  const repository = regionOf(call.account, call.region).repositories.get(repositoryName);
  const inRegistry = `the repository with name '${repositoryName}' in the registry with id '${call.account.id}'`;
  if (repository === undefined) {
    throw new ApiError(400, 'RepositoryNotFoundException', `${inRegistry} does not exist`);
  }
  if (repository.policy === null) {
    throw new ApiError(400, 'RepositoryPolicyNotFoundException', `no policy for ${inRegistry}`);
  }
  return { repositoryName, policyText: repository.policy };
}
