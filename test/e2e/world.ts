import { baseCredentials } from '../../lab/aws/credentials.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../lab/aws/server.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

/** A simulated AWS, a real PostgreSQL, and the real CLI to bring the one into the other. */
export interface World extends Pipeline {
  readonly aws: Simulator;
}

export async function startWorld(
  organization: SimOrganization,
  options: SimulatorOptions = {},
): Promise<World> {
  const aws = await startSimulator(organization, options);
  const env = credentialsOf(organization.managementAccountId);
  const pipeline = await openPipeline({ url: aws.url, env });
  return {
    ...pipeline,
    aws,
    async close() {
      await pipeline.close();
      await aws.close();
    },
  };
}

/** An account's own long-term credentials, as a user would have them in the environment. */
export function credentialsOf(accountId: string): Record<string, string> {
  const { accessKeyId, secretAccessKey } = baseCredentials(accountId);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
