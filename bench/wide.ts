import type { BenchOptions } from './options.ts';
import {
  documented,
  documentedSize,
  largeOrganizations,
  type Measured,
  organizations,
  specOf,
} from './organizations.ts';
import { type SyncCost, withPlugin } from './plugin-process.ts';
import { print } from './print.ts';
import { inTurns, type Program } from './programs.ts';
import { type Counts, callsIn, withSimulatedAws } from './simulated-aws.ts';
import { inFlight } from './specs.ts';

const columns =
  'floor: 256 calls always in flight, or the slowest quota; first key: seconds until the first row of aws_encryption_keys, after the Sync request and after the organization’s accounts were listed';

/** Accounts × regions × keys, each beside what the network alone costs. */
export async function wide(measured: readonly Program[], { slower }: BenchOptions): Promise<void> {
  print(
    `Wide organizations: accounts × regions × keys in each (${columns})`,
    await measureAll(slowed(organizations, slower), measured),
  );
}

/** As `wide`, what takes many minutes. */
export async function large(measured: readonly Program[], { slower }: BenchOptions): Promise<void> {
  print(
    `Large organizations: accounts × regions × keys in each (${columns})`,
    await measureAll(slowed(largeOrganizations, slower), measured),
  );
}

const slowed = (all: readonly Measured[], times: number): readonly Measured[] =>
  all.map((each) => ({ ...each, latencyMs: each.latencyMs * times }));

/** The organizations of docs/cost.md, without buckets. */
export async function accounts(
  measured: readonly Program[],
  { accounts: sizes }: BenchOptions,
): Promise<void> {
  print(
    `Accounts × 17 regions, a key in each, all tables, quotas enforced and half of each used (${columns})`,
    await measureAll(sizes === null ? documented : sizes.map(documentedSize), measured),
  );
}

async function measureAll(all: readonly Measured[], measured: readonly Program[]) {
  const rows = [];
  for (const each of all) {
    const lines = await inTurns(measured, ({ path }) => measure(each, path));
    rows.push(...lines.map((line) => ({ organization: each.name, ...line })));
  }
  return rows;
}

function measure(measured: Measured, program: string) {
  const { generate, latencyMs, quotaShare, tables } = measured;
  return withSimulatedAws({ generate, latencyMs, quotas: quotaShare !== undefined }, (aws) =>
    withPlugin(program, aws.env, async (sync) => {
      const cost = await sync({ ...specOf(measured), ...aws.endpoint }, tables);
      return lineOf(measured, cost, await aws.counts());
    }),
  );
}

function lineOf({ generate, latencyMs, quotaShare, goal }: Measured, cost: SyncCost, counts: Counts) {
  const calls = callsIn(counts);
  const latencyFloor = (calls * latencyMs) / 1000 / inFlight;
  const isEnforced = quotaShare !== undefined;
  const floor = isEnforced ? Math.max(latencyFloor, quotaFloor(generate, counts) / quotaShare) : latencyFloor;
  const { firstKey } = cost;
  const listedAt = counts.accountsListedAt;
  return {
    'ms a call': latencyMs,
    calls,
    'floor s': floor,
    seconds: cost.seconds,
    ratio: cost.seconds / floor,
    'goal ratio': goal?.ratio ?? '–',
    'first key s': firstKey?.seconds ?? '–',
    'after listing s': firstKey === null || listedAt === null ? '–' : (firstKey.at - listedAt) / 1000,
    'CPU µs a call': (cost.cpuSeconds * 1e6) / calls,
    'peak RSS MiB': cost.peakMiB,
    'goal MiB': goal?.peakMiB ?? '–',
    'throttled %': isEnforced ? (100 * counts.throttled) / calls : '–',
    'goal %': isEnforced ? 0.5 : '–',
    'simulator busy %': (100 * counts.cpuSeconds) / cost.seconds,
  };
}

/** ListGrants and ListKeyRotations: 100 a second each in an account's region (KMS quotas, read 2026-11-23). */
const slowestPerSecond = 100;

function quotaFloor({ accounts, regions }: Measured['generate'], { requests }: Counts): number {
  const slowest = Math.max(requests['kms:ListGrants'] ?? 0, requests['kms:ListKeyRotations'] ?? 0);
  return slowest / (accounts * regions) / slowestPerSecond;
}
