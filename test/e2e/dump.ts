import type { Pipeline } from './pipeline.ts';
import { own, type Row } from './rows.ts';

/** Columns of coverage that differ from sync to sync though nothing else does. */
const ofTheSync = [
  'started_at',
  'finished_at',
  'last_complete_at',
  'last_complete_generation',
  'requests',
  'throttles',
];

/** Everything that is in the plugin's tables, the marks of syncs aside: by table, rows as sorted JSON. */
export async function dump(pipeline: Pipeline): Promise<Record<string, string[]>> {
  const dumped: Record<string, string[]> = {};
  for (const name of await pipeline.tables()) {
    if (name.startsWith('aws_encryption_')) dumped[name] = (await pipeline.rows(name)).map(lasting).sort();
  }
  return dumped;
}

/** What one dump holds and another does not, in few words; none when they are the same. */
export function differences(one: Record<string, string[]>, other: Record<string, string[]>): string[] {
  const lines = (dumped: Record<string, string[]>) =>
    new Set(Object.entries(dumped).flatMap(([name, rows]) => rows.map((row) => `${name} ${row}`)));
  const [ones, others] = [lines(one), lines(other)];
  const missing = [...others].filter((line) => !ones.has(line)).map((line) => `- ${line}`);
  const more = [...ones].filter((line) => !others.has(line)).map((line) => `+ ${line}`);
  return [...missing, ...more].slice(0, 20);
}

function lasting(row: Row): string {
  const kept = Object.entries(own(row)).filter(([column]) => !ofTheSync.includes(column));
  return JSON.stringify(Object.fromEntries(kept));
}
