import { jsonWire } from '../protocol/json.ts';
import { type Refusal, refuse } from '../protocol/wire.ts';
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

/** The policy of the registry of an account and region, by any name. */
export const registryPolicies = new ResourceKind<{ name: string; policy: string }>({
  arn: 'ecr:registry-policy/*',
  namedBy: ['registryId'],
  complete: (given) => ({ policy: '{}', ...given }),
  missing: () => noRegistryPolicy,
});

const noRegistryPolicy: Refusal = [400, 'RegistryPolicyNotFoundException', 'Registry policy does not exist'];

/** Amazon ECR's private registry: what is known of it and its repositories. */
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
    GetRegistryPolicy: {
      run: ({ account, region }) => {
        const [policy] = registryPolicies.in(account, region).values();
        return { registryId: account.id, policyText: policy?.policy ?? refuse(...noRegistryPolicy) };
      },
    },
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
