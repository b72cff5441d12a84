import { tableFromIPC } from '@apache-arrow/esnext-esm';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import type { PluginClient } from './plugin-client.ts';
import type { Row } from './rows.ts';

const { Sync } = pluginV3.cloudquery.plugin.v3;
type Response = InstanceType<typeof Sync.Response>;

/** The rows that a sync of these tables sends, by table; rejects with the status that ends it otherwise. */
export async function syncedRows(
  client: PluginClient,
  tables: readonly string[],
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const rows = new Map<string, Row[]>();
  const stream: AsyncIterable<Response> = client.Sync(new Sync.Request({ tables: [...tables] }));
  for await (const response of stream) {
    if (!response.has_insert) continue;
    const batch = tableFromIPC(response.insert.record);
    const table = batch.schema.metadata.get('cq:table_name') ?? '';
    rows.set(table, [...(rows.get(table) ?? []), ...batch.toArray().map((row) => row.toJSON())]);
  }
  return rows;
}

/** A JSON cell as it arrives: bytes, or nothing. */
export function jsonCell(cell: unknown): Row {
  return cell instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(cell)) : {};
}
