import { writeFile } from 'node:fs/promises';
import { withPlugin } from './plugin-process.ts';
import { print } from './print.ts';
import { type Simulation, withSimulatedAws } from './simulated-aws.ts';
import { keyTables, organization, withoutQuotas } from './specs.ts';

/** Memory and time by the number of keys in one region, and by the number of scopes. */
export async function memory(): Promise<void> {
  const bySize = [];
  for (const keysPerRegion of [1_000, 3_000, 10_000, 30_000, 100_000]) {
    const generate = { accounts: 1, regions: 1, keysPerRegion };
    const cost = await measure({ generate }, keyTables);
    bySize.push({
      keys: keysPerRegion,
      rows: cost.rows,
      'ms a key': (cost.seconds * 1000) / keysPerRegion,
      'CPU ms a key': (cost.cpuSeconds * 1000) / keysPerRegion,
      'peak RSS MiB': cost.peakMiB,
      'goal MiB': 300,
    });
  }
  print('Keys in one region, all facets, no quotas', bySize);
  await writeFile('docs/scale.svg', await plot(bySize));
  const scopes = { generate: { accounts: 2_000, regions: 17, keysPerRegion: 0 } };
  const cost = await measure(scopes, [...keyTables, 'aws_encryption_coverage']);
  print('2,000 accounts × 17 regions, no keys', [
    { rows: cost.rows, seconds: cost.seconds, 'peak RSS MiB': cost.peakMiB, 'goal MiB': 400 },
  ]);
}

function measure(simulation: Simulation, tables: readonly string[]) {
  return withSimulatedAws(simulation, (aws) =>
    withPlugin('dist/main.js', aws.env, (sync) =>
      sync({ ...organization, ...withoutQuotas, ...aws.endpoint }, tables),
    ),
  );
}

interface Point {
  readonly keys: number;
  readonly 'CPU ms a key': number;
  readonly 'peak RSS MiB': number;
}

/** CPU a key and memory over the number of keys: both must stay flat. */
async function plot(points: readonly Point[]): Promise<string> {
  const Plot = await import('@observablehq/plot');
  const { parseHTML } = await import('linkedom');
  const { document } = parseHTML('<!doctype html><body></body>');
  const chart = Plot.plot({
    document,
    width: 640,
    height: 260,
    x: { type: 'log', label: 'keys in one region' },
    y: { label: 'peak RSS, MiB', domain: [0, 320] },
    marks: [
      Plot.ruleY([300], { strokeDasharray: '4 3' }),
      Plot.lineY(points, { x: 'keys', y: 'peak RSS MiB' }),
      Plot.dot(points, { x: 'keys', y: 'peak RSS MiB' }),
      Plot.text(points, {
        x: 'keys',
        y: 'peak RSS MiB',
        text: (point: Point) => `${point['CPU ms a key'].toFixed(2)} ms`,
        dy: -10,
      }),
    ],
  });
  for (const style of chart.querySelectorAll('style')) style.remove();
  const head = '<svg xmlns="http://www.w3.org/2000/svg"';
  const title = '<title>Peak memory over the number of keys</title>';
  return `${chart.outerHTML.replace('<svg', head).replace('>', `>${title}`)}\n`;
}
