import { connect as connectHttp2 } from 'node:http2';
import { connect as connectSocket, type Socket } from 'node:net';
import { tableFromIPC } from '@apache-arrow/esnext-esm';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { credentials } from '@grpc/grpc-js';
import { encodedRows, encodedTable } from './arrow.ts';
import type { Relations, Row, ScriptTable, Where } from './script.ts';

const v3 = pluginV3.cloudquery.plugin.v3;
export type Client = InstanceType<typeof v3.PluginClient>;
type WriteRequest = InstanceType<typeof v3.Write.Request>;

/** A client for a plugin at a gRPC address. */
export function pluginClient(address: string): Client {
  return new v3.PluginClient(address, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
    // As CloudQuery's own clients take it.
    'grpc.max_receive_message_length': 100 * 1024 * 1024,
  });
}

export function initialise(client: Client, spec: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new v3.Init.Request({ spec: new TextEncoder().encode(spec) });
    client.Init(request, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

/** One Write call with these messages: resolves when the destination has done them. */
export function writeAll(client: Client, messages: readonly WriteRequest[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = client.Write({}, (error) => (error ? reject(error) : resolve()));
    for (const message of messages) call.write(message);
    call.end();
  });
}

export const migration = (table: ScriptTable, force = false): WriteRequest =>
  new v3.Write.Request({
    migrate_table: new v3.Write.MessageMigrateTable({ table: encodedTable(table), migrate_force: force }),
  });

export const insertion = (table: ScriptTable, rows: readonly Row[]): WriteRequest =>
  new v3.Write.Request({ insert: new v3.Write.MessageInsert({ record: encodedRows(table, rows) }) });

/** The parts of a delete_record message, which Sync and Write have in the same form. */
export const deletionParts = (table: ScriptTable, where: Where, relations: Relations = {}) => ({
  table_name: table.name,
  where_clause: where.map(
    ({ any = false, equals }) =>
      new v3.PredicatesGroup({
        grouping_type: any ? v3.PredicatesGroup.GroupingType.OR : v3.PredicatesGroup.GroupingType.AND,
        predicates: Object.keys(equals).map((column) => {
          const type = table.columns[column] ?? 'text';
          const record = encodedRows({ name: table.name, columns: { [column]: type } }, [equals]);
          return new v3.Predicate({ column, record });
        }),
      }),
  ),
  table_relations: Object.entries(relations).map(
    ([table_name, parent_table]) => new v3.TableRelation({ table_name, parent_table }),
  ),
});

export const deletion = (table: ScriptTable, where: Where, relations?: Relations): WriteRequest =>
  new v3.Write.Request({
    delete_record: new v3.Write.MessageDeleteRecord(deletionParts(table, where, relations)),
  });

/**
 * A Write call on a connection of its own, whose other end can be dropped as by a killed CLI. (To cancel a call of
 * Node's gRPC client is no test: it ends the stream before it resets it.)
 */
export function droppableWrite(socketPath: string, messages: readonly WriteRequest[]): Socket {
  const socket = connectSocket(socketPath);
  const session = connectHttp2('http://localhost', { createConnection: () => socket });
  session.on('error', () => {});
  const stream = session.request({
    ':method': 'POST',
    ':path': v3.UnimplementedPluginService.definition.Write.path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.on('error', () => {});
  for (const message of messages) {
    const body = message.serializeBinary();
    const header = Buffer.alloc(5);
    header.writeUInt32BE(body.length, 1);
    stream.write(Buffer.concat([header, body]));
  }
  return socket;
}

/** Every row of a table, read back; 64-bit integers as digits. */
export async function readAll(client: Client, table: ScriptTable): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const response of client.Read(new v3.Read.Request({ table: encodedTable(table) }))) {
    for (const row of tableFromIPC((response as InstanceType<typeof v3.Read.Response>).record)) {
      const entries = Object.entries(row?.toJSON() ?? {});
      rows.push(
        Object.fromEntries(entries.map(([name, v]) => [name, typeof v === 'bigint' ? String(v) : v])),
      );
    }
  }
  return rows;
}

/** The table in which CloudQuery's state client keeps what a source wants to remember. */
export const stateTable = (name: string): ScriptTable => ({
  name,
  columns: { key: 'text', value: 'text', version: 'unsigned' },
  primaryKey: ['key'],
});
