import { withPlugin } from './plugin-process.ts';
import { print } from './print.ts';
import { inTurns, type Program } from './programs.ts';
import { callsIn, withSimulatedAws } from './simulated-aws.ts';
import { inFlight, keyTables, organization, withoutQuotas } from './specs.ts';

const latencyMs = 20;

/** 10,000 keys in one region with all facets, no quotas: beside what an ideal client needs for the same calls. */
export async function speed(measured: readonly Program[]): Promise<void> {
  print(
    `10,000 keys in one region, all facets, ${latencyMs} ms a call; ideal: ${inFlight} calls always in flight`,
    await inTurns(measured, measure),
  );
}

function measure({ path }: Program) {
  const simulation = { generate: { accounts: 1, regions: 1, keysPerRegion: 10_000 }, latencyMs };
  return withSimulatedAws(simulation, (aws) =>
    withPlugin(path, aws.env, async (sync) => {
      const cost = await sync({ ...organization, ...withoutQuotas, ...aws.endpoint }, keyTables);
      const calls = callsIn(await aws.counts());
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
}
