import type { SimOrganization } from '../../lab/aws/model.ts';
import { resources } from '../../src/tables/resources.ts';
import type { Table } from '../../src/tables/table.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';

export type Fault = Parameters<Simulated['simulator']['faults']['add']>[0];

interface HowToRead {
  /** Undefined: none. */
  readonly faults?: readonly (Fault | undefined)[];
  /** Those that are selected; absent: the resources. */
  readonly tables?: readonly Table[];
  readonly settings?: Parameters<typeof simulate>[2];
}

/** What a sync makes of one service in a region of an account, and what it asked. */
export async function readService(
  organization: SimOrganization,
  place: { readonly accountId: string; readonly region: string },
  service: string,
  { faults = [], tables = [resources], settings }: HowToRead = {},
) {
  await using simulated = await simulate(organization, { verifySignatures: true }, settings);
  for (const fault of faults) if (fault !== undefined) simulated.simulator.faults.add(fault);
  const sink = new RecordingSink(...tables);
  await visitResources(simulated, sink, place, [service]);
  return { sink, rows: sink.rows(resources), requests: simulated.simulator.requests.byOperation() };
}
