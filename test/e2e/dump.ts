import type { Pipeline } from './pipeline.ts';
import { own, type Row } from './rows.ts';

/** Columns of coverage that differ from sync to sync though nothing else does. */
const ofTheSync = ['started_at', 'finished_at', 'last_complete_at', 'requests', 'throttles'];

/** Everything that is in the plugin's tables, the marks of syncs aside: by table, rows as sorted JSON. */
export async function dump(pipeline: Pipeline): Promise<Record<string, string[]>> {
  const dumped: Record<string, string[]> = {};
  for (const name of await pipeline.tables()) {
    if (name.startsWith('aws_encryption_')) dumped[name] = (await pipeline.rows(name)).map(lasting).sort();
  }
  return dumped;
}

function lasting(row: Row): string {
  const kept = Object.entries(own(row)).filter(([column]) => !ofTheSync.includes(column));
  return JSON.stringify(Object.fromEntries(kept));
}
