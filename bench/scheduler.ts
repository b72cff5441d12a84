import { withPlugin } from './plugin-process.ts';
import { print } from './print.ts';
import { callsIn, withSimulatedAws } from './simulated-aws.ts';
import { organization, withoutQuotas } from './specs.ts';

const tables = ['aws_encryption_keys', 'aws_encryption_key_aliases'];

/** 20 accounts × 4 regions × 100 keys: our sync loop beside the SDK's own scheduler, on the same reads and tables. */
export async function scheduler(): Promise<void> {
  const rows = [];
  for (const [name, program] of [
    ["the SDK's scheduler", 'build/bench-sdk-scheduler.js'],
    ['this plugin', 'dist/main.js'],
  ] as const) {
    rows.push(await measure(name, program));
  }
  print('20 accounts × 4 regions × 100 keys, no quotas, 5 ms a call', rows);
}

function measure(name: string, program: string) {
  const simulation = { generate: { accounts: 20, regions: 4, keysPerRegion: 100 }, latencyMs: 5 };
  return withSimulatedAws(simulation, (aws) =>
    withPlugin(program, aws.env, async (sync) => {
      const cost = await sync({ ...organization, ...withoutQuotas, ...aws.endpoint }, tables);
      const calls = callsIn(await aws.counts());
      return {
        scheduler: name,
        rows: cost.rows,
        seconds: cost.seconds,
        'rows/s': cost.rows / cost.seconds,
        'requests/s': calls / cost.seconds,
        'CPU s': cost.cpuSeconds,
        'peak RSS MiB': cost.peakMiB,
      };
    }),
  );
}
