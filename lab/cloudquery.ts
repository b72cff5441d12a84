import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { cliOnPath, installedCli } from './cloudquery/install.ts';
import { type Ending, startAgainWhenKilled } from './cloudquery/starting-again.ts';

export interface CloudqueryCliOptions {
  /** Take a `cloudquery` found on PATH, whatever its version, before a download. */
  readonly allowPath?: boolean;
  /** Where a download is kept. Default: the checkout's cache folder. */
  readonly cache?: string;
}

/** The path of an official CloudQuery CLI: version 6.21.1 from PyPI, kept in a cache folder. */
export async function cloudqueryCli(options: CloudqueryCliOptions = {}): Promise<string> {
  const onPath = options.allowPath ? await cliOnPath() : undefined;
  return onPath ?? (await installedCli(options.cache));
}

export interface CloudqueryOptions {
  /** The CLI to run. Default: `cloudqueryCli()`. */
  readonly cli?: string;
  /** Where it runs: `path:` in a spec is relative to it, and the CLI keeps its `.cq` folder there. */
  readonly cwd: string;
  /** Variables beside the few that any program needs; the plugins inherit them. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface CloudqueryResult extends Ending {
  readonly signal: NodeJS.Signals | null;
}

/** A CLI at work. */
export interface RunningCloudquery {
  readonly pid: number;
  readonly result: Promise<CloudqueryResult>;
  /** Resolves once it has printed this; never, when it does not. */
  printed(text: string): Promise<void>;
  /** Sends a signal to the CLI: on SIGINT and SIGTERM it ends its plugins, on SIGKILL it cannot. */
  kill(signal: NodeJS.Signals): void;
}

/** Starts the CLI once, with no telemetry, no log file and a clean environment. */
export async function startCloudquery(
  args: readonly string[],
  options: CloudqueryOptions,
): Promise<RunningCloudquery> {
  const cli = options.cli ?? (await cloudqueryCli());
  const child = spawn(cli, [...args, '--telemetry-level=none', '--no-log-file'], {
    cwd: options.cwd,
    env: { ...basicEnvironment(options.cwd), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await started(child);
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  const result = resultOf(child).finally(() => process.off('exit', endWithUs));
  return {
    pid: child.pid as number,
    result,
    printed: (text) => printed(child, text),
    kill: (signal) => void child.kill(signal),
  };
}

/** Runs the CLI to its end, with no telemetry, no log file and a clean environment; again, when it kills a plugin. */
export async function runCloudquery(
  args: readonly string[],
  options: CloudqueryOptions,
): Promise<CloudqueryResult> {
  const start = () => startCloudquery(args, options);
  const running = await startAgainWhenKilled(start, ({ result }) => result);
  return running.result;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function started(child: Child): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new Error(`The CloudQuery CLI ${child.spawnfile} could not be run: ${cause.message}.`)),
    );
  });
}

function printed({ stdout, stderr }: Child, text: string): Promise<void> {
  return new Promise((resolve) => {
    for (const stream of [stdout, stderr]) {
      let all = '';
      stream.on('data', (part: string) => {
        all += part;
        if (all.includes(text)) resolve();
      });
    }
  });
}

function resultOf(child: Child): Promise<CloudqueryResult> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.once('exit', (_code, signal) => {
    if (!signal) return;
    // Its plugins live on and hold these open.
    child.stdout.destroy();
    child.stderr.destroy();
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** No credentials, proxies or `CQ_…` of the user reach a run that stands for a closed machine. */
function basicEnvironment(home: string): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const kept = { ...(TMPDIR && { TMPDIR }), ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) };
  return { PATH, ...kept, HOME: home, LANG: 'C.UTF-8' };
}
