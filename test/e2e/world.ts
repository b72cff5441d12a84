import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../lab/aws/server.ts';
import type { Postgres } from '../../lab/postgres/database.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

/** A simulated AWS, a real PostgreSQL, and the real CLI to bring the one into the other. */
export interface World extends Pipeline {
  readonly aws: Simulator;
}

export async function startWorld(
  organization: SimOrganization,
  options: SimulatorOptions = {},
  openDatabase?: () => Promise<Postgres>,
): Promise<World> {
  const aws = await startSimulator(organization, options);
  const env = credentialsEnvironment(organization.managementAccountId);
  const pipeline = await openPipeline({ url: aws.url, env }, openDatabase);
  return {
    ...pipeline,
    aws,
    async close() {
      await pipeline.close();
      await aws.close();
    },
  };
}
