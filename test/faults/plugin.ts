import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The plugin in a process of its own, with every line of its log. */
export interface PluginProcess {
  /** A gRPC address. */
  readonly address: string;
  readonly pid: number;
  readonly log: readonly string[];
  /** The index in `log` of the first line, from index `from` on, for which `is` holds; resolves once it is there. */
  line(is: (line: string) => boolean, from?: number): Promise<number>;
  /** Ends it by SIGTERM. */
  stop(): Promise<void>;
}

/** Runs a build of the plugin, on a socket file or on a free port; resolves when it listens. */
export async function startPlugin(
  program: string,
  env: Readonly<Record<string, string>>,
  network: 'unix' | 'tcp' = 'unix',
): Promise<PluginProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-faults-'));
  const socket = join(folder, 'plugin.sock');
  const bound = network === 'unix' ? socket : '127.0.0.1:0';
  const args = ['--log-format=json', '--log-level=debug', `--network=${network}`, `--address=${bound}`];
  const plugin = spawn(program, ['serve', ...args], {
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(plugin, 'exit');
  const log: string[] = [];
  const lines = createInterface({ input: plugin.stdout });
  lines.on('line', (line) => log.push(line));
  const line = async (is: (line: string) => boolean, from = 0): Promise<number> => {
    for (let index = from; ; index++) {
      if (log.length <= index) await once(lines, 'line');
      if (is(log[index] as string)) return index;
    }
  };
  const early = exited.then(() => Promise.reject(new Error(`The plugin did not start: ${log.join('\n')}`)));
  const listening = await Promise.race([line((each) => each.includes('server running')), early]);
  const [, port] = /port: (\d+)/.exec(log[listening] ?? '') ?? [];
  return {
    address: network === 'unix' ? `unix://${socket}` : `127.0.0.1:${port}`,
    pid: plugin.pid as number,
    log,
    line,
    async stop() {
      plugin.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
