import { withPlugin } from './plugin-process.ts';
import { print } from './print.ts';
import { type Counts, callsIn, withSimulatedAws } from './simulated-aws.ts';
import { keyTables, organization } from './specs.ts';

const keyCount = 10_000;
/** ListGrants and ListKeyRotations: 100 a second each, the slowest of a key's reads (KMS quotas, read 2026-11-23). */
const slowestPerSecond = 100;

/** 10,000 keys in one region against AWS's published quotas, alone and with others who take half of them for a while. */
export async function quota(): Promise<void> {
  print('10,000 keys in one region, AWS’s quotas enforced, quota_share 1, 20 ms a call', [
    await measure('alone', async () => {}),
    await measure('half of each quota taken for 30 s', async (setQuotaFactor) => {
      await seconds(20);
      await setQuotaFactor(0.5);
      await seconds(30);
      await setQuotaFactor(1);
    }),
  ]);
}

function measure(
  name: string,
  disturb: (setQuotaFactor: (factor: number) => Promise<void>) => Promise<void>,
) {
  const simulation = {
    generate: { accounts: 1, regions: 1, keysPerRegion: keyCount },
    latencyMs: 20,
    quotas: true,
  };
  return withSimulatedAws(simulation, (aws) =>
    withPlugin('dist/main.js', aws.env, async (sync) => {
      const running = sync({ ...organization, quota_share: 1, ...aws.endpoint }, keyTables);
      await Promise.all([running, disturb(aws.setQuotaFactor)]);
      const cost = await running;
      return { run: name, seconds: cost.seconds, ...againstFloor(await aws.counts(), cost.seconds, name) };
    }),
  );
}

function againstFloor(counts: Counts, taken: number, name: string) {
  const { requests, throttled } = counts;
  const calls = callsIn(counts);
  const slowest = Math.max(requests['kms:ListGrants'] ?? 0, requests['kms:ListKeyRotations'] ?? 0);
  // For 30 s only half of the quota was there: those calls had to wait 15 s longer.
  const floor = slowest / slowestPerSecond + (name === 'alone' ? 0 : 15);
  return {
    calls,
    'floor s': floor,
    'ratio to floor': taken / floor,
    'goal ratio': 1.15,
    'throttled %': (100 * throttled) / calls,
    'goal %': 0.5,
  };
}

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));
