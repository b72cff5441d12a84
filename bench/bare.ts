import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { print } from './print.ts';
import { callsIn, withSimulatedAws } from './simulated-aws.ts';
import { inFlight } from './specs.ts';

const calls = 50_000;
const latencyMs = 20;

/** What nobody who calls AWS from Node by HTTP can be quicker than, on this machine and now. */
export async function bare(): Promise<void> {
  const generate = { accounts: 1, regions: 1, keysPerRegion: 10 };
  const line = await withSimulatedAws({ generate, latencyMs }, async (aws) => {
    const given = ['build/bench-bare-client.js', aws.url, String(calls), String(inFlight)];
    const env = { ...process.env, ...aws.env };
    const { stdout } = await promisify(execFile)(process.execPath, given, { env });
    const { seconds, cpuSeconds } = JSON.parse(stdout) as { seconds: number; cpuSeconds: number };
    const counts = await aws.counts();
    const floor = (callsIn(counts) * latencyMs) / 1000 / inFlight;
    return {
      calls,
      'ms a call': latencyMs,
      'floor s': floor,
      seconds,
      ratio: seconds / floor,
      'CPU µs a call': (cpuSeconds * 1e6) / calls,
      'simulator busy %': (100 * counts.cpuSeconds) / seconds,
    };
  });
  print('Node alone: one signed request sent again and again, of the answers only JSON is read', [line]);
}
