import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { nullFor, serviceCalls } from '../../aws/service-calls.ts';

export interface Repository {
  readonly arn: string;
  readonly name: string;
  /** `AES256` (a key that AWS owns), `KMS`, `KMS_DSSE`; null when not answered. */
  readonly encryptionType: string | null;
  readonly kmsKey: string | null;
}

/** ECR's private registry as seen from one scope. Rejects with AwsError only. */
export interface EcrReads {
  repositories(): AsyncIterable<readonly Repository[]>;
  /** The repository policy's JSON text; null: it has none. */
  policy(repositoryName: string): Promise<string | null>;
}

/** Most that AWS gives in one page (ECR API reference, 2026-10-01). */
const maxResults = 1000;

export function ecrReads(access: ScopeAccess): EcrReads {
  const { call, list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-ecr');
    return { sdk, client: slim(new sdk.ECRClient(config)) };
  });
  return {
    repositories: () =>
      list<Repository>(
        'ecr:DescribeRepositories',
        ({ arn }) => arn,
        (nextToken) =>
          async ({ sdk, client }, options, site) => {
            const input = { maxResults, nextToken };
            const output = await client.send(new sdk.DescribeRepositoriesCommand(input), options);
            const items = required(output.repositories, 'repositories', site).map((repository) => ({
              arn: required(repository.repositoryArn, 'repositoryArn', site),
              name: required(repository.repositoryName, 'repositoryName', site),
              encryptionType: repository.encryptionConfiguration?.encryptionType ?? null,
              kmsKey: repository.encryptionConfiguration?.kmsKey || null,
            }));
            return { items, next: output.nextToken };
          },
      ),

    policy: (repositoryName) =>
      call('ecr:GetRepositoryPolicy', async ({ sdk, client }, options, site) => {
        const sending = client.send(new sdk.GetRepositoryPolicyCommand({ repositoryName }), options);
        const output = await nullFor('RepositoryPolicyNotFoundException', sending);
        return output && required(output.policyText, 'policyText', site);
      }),
  };
}
