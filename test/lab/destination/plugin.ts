import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { compile } from '../../../lab/compile.ts';
import { type Client, initialise, pluginClient } from './protocol.ts';

export interface Plugin {
  readonly process: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly exit: Promise<unknown>;
  readonly client: Client;
  readonly socket: string;
}

/** The destination's process and a client for it, started as the CLI does; it ends with the test. */
export async function startPlugin(): Promise<Plugin> {
  const program = await compile('lab/destination/main.ts', 'destination');
  const folder = await mkdtemp(join(tmpdir(), 'destination-'));
  const socket = join(folder, 'plugin.sock');
  const args = ['serve', '--log-level', 'info', '--log-format', 'json', '--no-sentry'];
  const plugin = spawn(program, [...args, '--network', 'unix', '--address', socket], { stdio: 'ignore' });
  const exit = new Promise((resolve) => plugin.once('exit', (code, signal) => resolve(code ?? signal)));
  const client = pluginClient(`unix:${socket}`);
  onTestFinished(async () => {
    client.close();
    plugin.kill();
    await exit;
    await rm(folder, { recursive: true });
  });
  await new Promise<void>((resolve, reject) => {
    client.waitForReady(Number.POSITIVE_INFINITY, (error) => (error ? reject(error) : resolve()));
    plugin.once('exit', () => reject(new Error('The destination ended before it listened.')));
  });
  return { process: plugin, exit, client, socket };
}

/** A client for a destination that writes into this database. */
export async function openPlugin(
  connectionString: string,
  spec: Readonly<Record<string, unknown>> = {},
): Promise<Client> {
  const { client } = await startPlugin();
  await initialise(client, JSON.stringify({ connection_string: connectionString, ...spec }));
  return client;
}
