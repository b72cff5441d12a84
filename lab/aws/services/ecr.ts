import { jsonWire } from '../protocol/json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Call, Service } from '../service.ts';

interface SimRepository extends Shared {
  name: string;
  /** `AES256`, `KMS`, `KMS_DSSE`. */
  encryptionType: string;
  kmsKey?: string;
}

export const repositories = new ResourceKind<SimRepository>({
  arn: 'ecr:repository/*',
  namedBy: ['repositoryName'],
  complete: (given) => ({ policy: null, encryptionType: 'AES256', ...given }),
  missing: (name, call) => [400, 'RepositoryNotFoundException', `${inRegistry(name, call)} does not exist`],
});

/** Amazon ECR's private registry: what is known of repositories. */
export const ecr: Service = {
  name: 'ecr',
  wire: jsonWire({ target: 'AmazonEC2ContainerRegistry_V20150921', version: '1.1' }),
  operations: {
    DescribeRepositories: repositories.list({
      entries: 'repositories',
      paging: { size: 'maxResults', answers: 1000, default: 100, token: 'nextToken' },
      entry: ({ name, arn, encryptionType, kmsKey }) => ({
        repositoryName: name,
        repositoryArn: arn,
        encryptionConfiguration: { encryptionType, kmsKey },
      }),
    }),
    GetRepositoryPolicy: repositories.detail(({ name, policy }, call) => ({
      repositoryName: name,
      policyText:
        policy ?? refuse(400, 'RepositoryPolicyNotFoundException', `no policy for ${inRegistry(name, call)}`),
    })),
  },
};

function inRegistry(name: string, { account }: Call): string {
  return `the repository with name '${name}' in the registry with id '${account.id}'`;
}
