#!/usr/bin/env node
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import {
  newPlugin,
  newUnimplementedDestination,
  type SyncOptions,
} from '@cloudquery/plugin-sdk-javascript/plugin/plugin';
import { sdkCommand } from '../../../src/cloudquery/command.ts';
import { encodedRows, encodedTable, sdkTable } from './arrow.ts';
import {
  deletionParts,
  insertion,
  migration,
  pluginClient,
  readAll,
  stateTable,
  writeAll,
} from './protocol.ts';
import type { Row, Script, ScriptTable } from './script.ts';

const v3 = pluginV3.cloudquery.plugin.v3;
const { Response, MessageInsert, MessageMigrateTable, MessageDeleteRecord } = v3.Sync;

/** A source plugin that sends what the script in its spec says. */
const plugin = newPlugin('scripted', 'v1.0.0', async (_logger, spec) => {
  const { script: encoded } = JSON.parse(spec) as { script: string };
  const script = JSON.parse(Buffer.from(encoded, 'base64').toString()) as Script;
  return {
    ...newUnimplementedDestination(),
    tables: async () => script.tables.map(sdkTable),
    sync: (options) => void run(script, options),
    close: async () => {},
  };
});

async function run(script: Script, { stream, backendOptions }: SyncOptions): Promise<void> {
  const table = (name: string) => script.tables.find((table) => table.name === name) as ScriptTable;
  const insert = (name: string, rows: readonly Row[]) =>
    stream.write(new Response({ insert: new MessageInsert({ record: encodedRows(table(name), rows) }) }));

  for (const table of script.tables) {
    stream.write(new Response({ migrate_table: new MessageMigrateTable({ table: encodedTable(table) }) }));
  }
  for (const step of script.steps) {
    if ('insert' in step) insert(step.insert, step.rows);
    else if ('delete' in step) {
      const parts = deletionParts(table(step.delete), step.where, step.relations);
      stream.write(new Response({ delete_record: new MessageDeleteRecord(parts) }));
    } else if ('state' in step) insert(step.into, await throughState(backendOptions, step.state));
    else if ('fail' in step) return void stream.emit('error', { code: 13, details: step.fail });
    else return;
  }
  stream.end();
}

async function throughState(backend: SyncOptions['backendOptions'], rows: readonly Row[]): Promise<Row[]> {
  const client = pluginClient(backend.connection);
  const table = stateTable(backend.tableName);
  await writeAll(client, [migration(table)]);
  await writeAll(client, [insertion(table, rows)]);
  const read = await readAll(client, table);
  client.close();
  return read.sort((a, b) => String(a.key).localeCompare(String(b.key)));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
sdkCommand(plugin).parse();
