import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import {
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { onTestFinished } from 'vitest';
import type { BackendOptions } from '../../src/state/backend.ts';
import { StateTable } from '../../src/state/state-table.ts';

const { Read, UnimplementedPluginService, Write } = pluginV3.cloudquery.plugin.v3;
type WriteCall = ServerReadableStream<InstanceType<typeof Write.Request>, unknown>;
type ReadCall = ServerWritableStream<InstanceType<typeof Read.Request>, unknown>;

/** A destination plugin in this process, with nothing but a state table: a row replaces the older one of its key. */
export interface StateInMemory {
  /** For a sync. */
  readonly options: BackendOptions;
  /** Values by key. */
  readonly values: Map<string, string>;
  /** The keys of each Write call so far. */
  readonly writes: (readonly string[])[];
  /** How many connections clients hold. */
  connections(): number;
  /** Whether every Write call fails from now on. */
  refuseWrites(refuse: boolean): void;
}

/** Ends with the test. */
export async function stateInMemory(): Promise<StateInMemory> {
  const table = new StateTable('remembered');
  const values = new Map<string, string>();
  const writes: (readonly string[])[] = [];
  let isRefusing = false;

  async function write(call: WriteCall, answer: sendUnaryData<unknown>): Promise<void> {
    for await (const { insert } of call as AsyncIterable<InstanceType<typeof Write.Request>>) {
      if (!insert) continue;
      if (isRefusing) return answer({ code: status.UNAVAILABLE, details: 'the disk is full' });
      const rows = [...table.decodeRows(insert.record)];
      writes.push(rows.map(({ key }) => key));
      for (const { key, value } of rows) values.set(key, value);
    }
    answer(null, new Write.Response());
  }
  function read(call: ReadCall): void {
    const rows = [...values].map(([key, value]) => ({ key, value, version: 1n }));
    call.write(new Read.Response({ record: table.encodeRows(rows) }));
    call.end();
  }

  const folder = await mkdtemp(join(tmpdir(), 'state-'));
  const [inner, outer] = [join(folder, 'inner.sock'), join(folder, 'outer.sock')];
  const server = new Server();
  server.addService(UnimplementedPluginService.definition, {
    Write: (call: WriteCall, answer: sendUnaryData<unknown>) => void write(call, answer),
    Read: read,
  });
  await new Promise<void>((resolve, reject) =>
    server.bindAsync(`unix:${inner}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    ),
  );
  // gRPC does not tell who is connected: clients come through a door that counts.
  const connections = new Set<Socket>();
  const door = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket)).on('error', () => {});
    const further = connect(inner).on('error', () => socket.destroy());
    socket.pipe(further).pipe(socket);
  });
  await new Promise<void>((resolve) => door.listen(outer, resolve));
  onTestFinished(async () => {
    server.forceShutdown();
    for (const socket of connections) socket.destroy();
    await new Promise((resolve) => door.close(resolve));
    await rm(folder, { recursive: true });
  });
  return {
    options: { connection: `unix:${outer}`, table_name: table.name },
    values,
    writes,
    connections: () => connections.size,
    refuseWrites: (refuse) => {
      isRefusing = refuse;
    },
  };
}
