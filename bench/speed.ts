import { withPlugin } from './plugin-process.ts';
import { print } from './print.ts';
import { withSimulatedAws } from './simulated-aws.ts';
import { keyTables, organization, withoutQuotas } from './specs.ts';

const latencyMs = 20;
const inFlight = 256;

/** 10,000 keys in one region with all facets, no quotas: beside what an ideal client needs for the same calls. */
export async function speed(): Promise<void> {
  const simulation = { generate: { accounts: 1, regions: 1, keysPerRegion: 10_000 }, latencyMs };
  const row = await withSimulatedAws(simulation, (aws) =>
    withPlugin('dist/main.js', aws.env, async (sync) => {
      const cost = await sync({ ...organization, ...withoutQuotas, ...aws.endpoint }, keyTables);
      const { requests } = await aws.counts();
      const calls = Object.values(requests).reduce((sum, count) => sum + count, 0);
      const ideal = (calls * latencyMs) / 1000 / inFlight;
      return {
        calls,
        seconds: cost.seconds,
        'ideal s': ideal,
        ratio: cost.seconds / ideal,
        'goal ratio': 3,
        'CPU µs a call': (cost.cpuSeconds * 1e6) / calls,
        'peak RSS MiB': cost.peakMiB,
      };
    }),
  );
  print(
    `10,000 keys in one region, all facets, ${latencyMs} ms a call; ideal: ${inFlight} calls always in flight`,
    [row],
  );
}
