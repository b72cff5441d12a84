import type { ReadOptions, RegionEnumerator, Turns } from '../../src/enumerate/enumerator.ts';
import { noIam } from '../../src/enumerate/iam-readings.ts';
import type { Table } from '../../src/tables/table.ts';
import type { Simulated } from '../aws/simulated.ts';
import { organization as knowledge, noPolicies } from '../posture/cross-account/cast.ts';
import { RecordingSink } from './recording-sink.ts';
import { scopesOf, turns } from './scopes.ts';

/** What an enumerator says of one table in a region. */
export async function visitRegion(
  enumerator: RegionEnumerator,
  simulated: Simulated,
  place: { readonly partition: string; readonly accountId: string; readonly region: string },
  table: Table,
  options: ReadOptions,
  inTurns: Turns = turns,
): Promise<RecordingSink> {
  const sink = new RecordingSink(table);
  const scopes = await scopesOf(simulated);
  const { signal } = new AbortController();
  const visit = {
    scope: { ...place, accountName: 'data' },
    scopes,
    organization: noPolicies,
    knowledge,
    knowledgeWithPolicies: Promise.resolve(knowledge),
    iam: noIam,
    options,
    sink,
    selected: sink.tables,
    turns: inTurns,
    now: new Date(),
    signal,
  };
  await scopes.use(place.accountId, place.region, ({ kms, ram }) => enumerator.visit({ ...visit, kms, ram }));
  return sink;
}
