import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pluginPath } from '../../lab/organization-sync.ts';

/** The plugin as a process of its own, as under `registry: grpc`. */
export interface ServedPlugin {
  /** A gRPC address. */
  readonly address: string;
  /** Every line that it has logged. */
  readonly log: readonly string[];
  /** Resolves with the exit code; rejects when it has not ended after so many seconds. */
  ended(withinSeconds: number): Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** What it has written where a user sees warnings. */
  readonly stderr: string;
}

/** Starts `dist/main.js serve` on a socket file, or on a free port; resolves when it listens. End it by a signal. */
export async function servePlugin(
  env: Readonly<Record<string, string>> = {},
  network: 'unix' | 'tcp' = 'unix',
): Promise<ServedPlugin> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-plugin-'));
  const socket = join(folder, 'plugin.sock');
  const bound = network === 'unix' ? socket : '127.0.0.1:0';
  const args = ['serve', '--log-format=json', `--network=${network}`, `--address=${bound}`];
  const plugin = spawn(pluginPath, args, {
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  plugin.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    process.stderr.write(text);
  });
  // A test that fails half-way leaves nothing running.
  const kill = () => plugin.kill('SIGKILL');
  process.once('exit', kill);
  const exit = once(plugin, 'exit').then(() => {
    process.off('exit', kill);
    return rm(folder, { recursive: true, force: true });
  });
  const log: string[] = [];
  await listening(plugin, log);
  const [, port] = /server running on port: (\d+)/.exec(log.join('\n')) ?? [];
  return {
    address: network === 'unix' ? `unix://${socket}` : `127.0.0.1:${port}`,
    log,
    async ended(withinSeconds) {
      const late = AbortSignal.timeout(withinSeconds * 1000);
      if (plugin.exitCode === null && plugin.signalCode === null)
        await once(plugin, 'exit', { signal: late });
      await exit;
      return plugin.exitCode;
    },
    kill: (signal) => void plugin.kill(signal),
    get stderr() {
      return stderr;
    },
  };
}

function listening(plugin: ChildProcess, log: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    plugin.once('error', reject);
    plugin.once('exit', () => reject(new Error(`The plugin did not start: ${log.join('\n')}`)));
    createInterface({ input: plugin.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      log.push(line);
      if (line.includes('server running')) resolve();
    });
  });
}
