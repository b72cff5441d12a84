import { writeFile } from 'node:fs/promises';
import type { GenerateOptions } from '../lab/aws/organizations/generate.ts';
import { plotMemory } from './plot.ts';
import { withPlugin } from './plugin-process.ts';
import { print } from './print.ts';
import { withSimulatedAws } from './simulated-aws.ts';
import { keyTables, organization, withoutQuotas } from './specs.ts';

const goalMiB = 300;
const regions = 17;

/** Memory and time by the number of keys in one region, and by the number of scopes (account × region). */
export async function memory(): Promise<void> {
  const byKeys = [];
  for (const keys of [1_000, 3_000, 10_000, 30_000, 100_000]) {
    const cost = await measure({ accounts: 1, regions: 1, keysPerRegion: keys }, keyTables);
    byKeys.push({ keys, ...lineOf(cost, keys, 'a key') });
  }
  print('Keys in one region, all facets, no quotas', byKeys);
  const byScopes = [];
  for (const accounts of [1, 10, 100, 2_000]) {
    const tables = [...keyTables, 'aws_encryption_coverage'];
    const cost = await measure({ accounts, regions, keysPerRegion: 0 }, tables);
    const scopes = accounts * regions;
    byScopes.push({ accounts, scopes, ...lineOf(cost, scopes, 'a scope') });
  }
  print(`Accounts × ${regions} regions, no keys: scopes`, byScopes);
  const points = [
    ...byKeys.map((line) => ({ over: 'keys in one region', count: line.keys, MiB: line['peak RSS MiB'] })),
    ...byScopes.map((line) => ({
      over: 'accounts × regions',
      count: line.scopes,
      MiB: line['peak RSS MiB'],
    })),
  ];
  await writeFile('docs/scale.svg', await plotMemory(points, goalMiB));
}

type Cost = Awaited<ReturnType<typeof measure>>;

function lineOf<Unit extends string>(
  { rows, seconds, cpuSeconds, peakMiB }: Cost,
  count: number,
  unit: Unit,
) {
  return {
    rows,
    [`ms ${unit}`]: (seconds * 1000) / count,
    [`CPU ms ${unit}`]: (cpuSeconds * 1000) / count,
    'peak RSS MiB': peakMiB,
    'goal MiB': goalMiB,
  };
}

function measure(generate: GenerateOptions, tables: readonly string[]) {
  return withSimulatedAws({ generate }, (aws) =>
    withPlugin('dist/main.js', aws.env, (sync) =>
      sync({ ...organization, ...withoutQuotas, ...aws.endpoint }, tables),
    ),
  );
}
