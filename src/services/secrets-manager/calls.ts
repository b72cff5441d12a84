import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';

export interface Secret {
  readonly arn: string;
  /** As the secret names it; null: `aws/secretsmanager`, for which AWS leaves the field out (API reference). */
  readonly kmsKeyId: string | null;
}

/** Secrets Manager as seen from one scope; never a secret's value. Rejects with AwsError only. */
export interface SecretsManagerReads {
  /** Secrets that are not about to be deleted. */
  secrets(): AsyncIterable<readonly Secret[]>;
  /** The resource policy's JSON text; null: it has none. */
  policy(secretArn: string): Promise<string | null>;
}

/** Most that AWS gives in one page (Secrets Manager API reference, 2026-10-01). */
const MaxResults = 100;

export function secretsManagerReads(access: ScopeAccess): SecretsManagerReads {
  const { call, list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-secrets-manager');
    return { sdk, client: slim(new sdk.SecretsManagerClient(config)) };
  });
  return {
    secrets: () =>
      list<Secret>(
        'secretsmanager:ListSecrets',
        ({ arn }) => arn,
        (NextToken) =>
          async ({ sdk, client }, options, site) => {
            const output = await client.send(new sdk.ListSecretsCommand({ MaxResults, NextToken }), options);
            const items = required(output.SecretList, 'SecretList', site).map(({ ARN, KmsKeyId }) => ({
              arn: required(ARN, 'ARN', site),
              kmsKeyId: KmsKeyId || null,
            }));
            return { items, next: output.NextToken };
          },
      ),

    policy: (SecretId) =>
      call('secretsmanager:GetResourcePolicy', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.GetResourcePolicyCommand({ SecretId }), options);
        required(output.ARN, 'ARN', site);
        return output.ResourcePolicy || null;
      }),
  };
}
