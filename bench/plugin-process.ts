import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from '@apache-arrow/esnext-esm';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { credentials } from '@grpc/grpc-js';

const { Init, PluginClient, Sync } = pluginV3.cloudquery.plugin.v3;

/** What one sync took. */
export interface SyncCost {
  readonly rows: number;
  readonly messages: number;
  readonly seconds: number;
  /** When the first row of `aws_encryption_keys` came. */
  readonly firstKey: FirstRow | null;
  /** CPU of the plugin process, user and system, in seconds. */
  readonly cpuSeconds: number;
  /** Highest resident set of the plugin process so far, in MiB. */
  readonly peakMiB: number;
}

/** When a first row came. */
interface FirstRow {
  /** After the Sync request, in seconds. */
  readonly seconds: number;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** A plugin in a process of its own, driven over its socket as the CLI drives it. */
export async function withPlugin<T>(
  program: string,
  env: Readonly<Record<string, string>>,
  work: (sync: (spec: unknown, tables: readonly string[]) => Promise<SyncCost>) => Promise<T>,
): Promise<T> {
  const socket = join(tmpdir(), `bench-${process.pid}-${Math.random().toString(36).slice(2)}.sock`);
  // By its path, as the CLI starts it: the shebang's flags belong to what is measured.
  const plugin = spawn(program, ['serve', '--network', 'unix', '--address', socket], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  plugin.stdout.setEncoding('utf8');
  const client = new PluginClient(`unix:${socket}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.enable_http_proxy': 0,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      plugin.once('exit', (code) => reject(new Error(`The plugin ended with ${code} before it listened.`)));
      client.waitForReady(Date.now() + 20_000, (error) => (error ? reject(error) : resolve()));
    });
    plugin.stdout.resume();
    return await work((spec, tables) => runSync(client, plugin, spec, tables));
  } finally {
    client.close();
    if (plugin.exitCode === null) {
      plugin.kill('SIGTERM');
      await once(plugin, 'exit');
    }
    await rm(socket, { force: true });
  }
}

async function runSync(
  client: InstanceType<typeof PluginClient>,
  plugin: ChildProcess,
  spec: unknown,
  tables: readonly string[],
): Promise<SyncCost> {
  const request = new Init.Request({ spec: new TextEncoder().encode(JSON.stringify(spec)) });
  await new Promise<void>((resolve, reject) => {
    client.Init(request, (error) => (error ? reject(error) : resolve()));
  });
  const before = await usage(plugin);
  const start = performance.now();
  let rows = 0;
  let messages = 0;
  let firstKey: FirstRow | null = null;
  const stream = client.Sync(new Sync.Request({ tables: [...tables], skip_tables: [] }));
  for await (const response of stream) {
    messages += 1;
    if (response.message !== 'insert') continue;
    const { numRows, schema } = tableFromIPC(response.insert.record);
    rows += numRows;
    if (firstKey === null && schema.metadata.get('cq:table_name') === 'aws_encryption_keys') {
      firstKey = { seconds: (performance.now() - start) / 1000, at: Date.now() };
    }
  }
  const seconds = (performance.now() - start) / 1000;
  const after = await usage(plugin);
  return {
    rows,
    messages,
    seconds,
    firstKey,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    peakMiB: after.peakMiB,
  };
}

/** From Linux's /proc; clock ticks are hundredths of a second on every Linux that Node runs on. */
async function usage({ pid }: ChildProcess): Promise<{ cpuSeconds: number; peakMiB: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
    peakMiB: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024,
  };
}
