import type { RegionEnumerator } from '../../src/enumerate/enumerator.ts';
import { noIam } from '../../src/enumerate/iam-readings.ts';
import { resourcesOfRegion } from '../../src/enumerate/resources.ts';
import type { Simulated } from '../aws/simulated.ts';
import { organization as knowledge, noPolicies } from '../posture/cross-account/cast.ts';
import type { RecordingSink } from './recording-sink.ts';
import { scopesOf, turns } from './scopes.ts';

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Visits one scope for the resources of some services. */
export function visitResources(
  simulated: Simulated,
  sink: RecordingSink,
  place: Place,
  services: readonly string[],
): Promise<RecordingSink> {
  const enumerators = resourcesOfRegion.filter(({ name }) => services.includes(name));
  return visitRegion(simulated, sink, place, enumerators);
}

/** Lets some enumerators visit one scope. */
export async function visitRegion(
  simulated: Simulated,
  sink: RecordingSink,
  { accountId, region }: Place,
  enumerators: readonly RegionEnumerator[],
): Promise<RecordingSink> {
  const scopes = await scopesOf(simulated);
  await scopes.use(accountId, region, async ({ kms, ram }) => {
    const visit = {
      scope: { accountId, accountName: 'data', region, partition: 'aws' },
      scopes,
      kms,
      ram,
      organization: noPolicies,
      knowledge,
      knowledgeWithPolicies: Promise.resolve(knowledge),
      iam: noIam,
      options: {
        includeGrants: true,
        includeKeyLastUsage: false,
        includeKeyMetrics: false,
        includeIam: false,
      },
      sink,
      selected: sink.tables,
      turns,
      now: new Date(),
      signal: new AbortController().signal,
    };
    await Promise.all(enumerators.map((enumerator) => enumerator.visit(visit)));
  });
  return sink;
}
