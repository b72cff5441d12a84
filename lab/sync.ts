import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildProcess, childProcesses } from './cloudquery/children.ts';
import { startAgainWhenKilled } from './cloudquery/starting-again.ts';
import { type CloudqueryResult, runCloudquery, startCloudquery } from './cloudquery.ts';

/** The `spec:` of a source or a destination, as in a spec file; `registry: local` unless it says otherwise. */
export type PluginSpec = Readonly<Record<string, unknown> & { name: string; path: string }>;

export interface SyncOptions {
  /** Its `destinations` are all that are given, unless it names some. */
  readonly source: PluginSpec;
  readonly destinations: readonly PluginSpec[];
  /** More arguments of the command, as `['--shard', '1/4']`. */
  readonly args?: readonly string[];
  /** More variables for the CLI and the plugins it starts; they get few of ours. */
  readonly env?: Readonly<Record<string, string>>;
  /** The CLI to run. Default: `cloudqueryCli()`. */
  readonly cli?: string;
}

/** A line of the CLI's log, its own or one that it passes on from a plugin (then with `module`). */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** What `--summary-location` tells of one source and destination. */
export interface SyncSummary {
  readonly resources: number;
  readonly source_errors: number;
  readonly source_warnings: number;
  readonly destination_errors: number;
  readonly destination_warnings: number;
  readonly [field: string]: unknown;
}

export interface CommandResult extends CloudqueryResult {
  readonly log: readonly LogLine[];
}

export interface SyncResult extends CommandResult {
  /** One for each destination; none when the sync did not come to its end. */
  readonly summaries: readonly SyncSummary[];
}

/** A sync at work. */
export interface RunningSync {
  readonly pid: number;
  readonly result: Promise<SyncResult>;
  /** Sends a signal to the CLI. After SIGKILL its plugins live on: look at `plugins` before. */
  kill(signal: NodeJS.Signals): void;
  /** The plugins that the CLI has started, as they are now. */
  plugins(): Promise<ChildProcess[]>;
}

/** Runs `cloudquery sync` to its end, in a folder of its own that is removed afterwards. */
export async function sync(options: SyncOptions): Promise<SyncResult> {
  const running = await startSync(options);
  return running.result;
}

/** What the CLI logs once all plugins listen. */
const allListen = '"message":"Start sync"';

/** Starts `cloudquery sync`; resolves once all plugins listen, or with a sync that has ended before. */
export async function startSync(options: SyncOptions): Promise<RunningSync> {
  const { running } = await startAgainWhenKilled(
    () => startOnce(options),
    ({ running, listening }) => Promise.race([running.result, listening.then(() => null)]),
  );
  return running;
}

async function startOnce(options: SyncOptions): Promise<{ running: RunningSync; listening: Promise<void> }> {
  const folder = await specFolder(options);
  const cli = await startCloudquery(argumentsOf('sync', options, ['--summary-location=summary.jsonl']), {
    ...options,
    cwd: folder,
  });
  const result = cli.result
    .then(async (result) => ({
      ...result,
      log: logOf(result),
      summaries: jsonLines<SyncSummary>(
        await readFile(join(folder, 'summary.jsonl'), 'utf8').catch(() => ''),
      ),
    }))
    .finally(() => rm(folder, { recursive: true, force: true }));
  return {
    running: { pid: cli.pid, result, kill: cli.kill, plugins: () => childProcesses(cli.pid) },
    listening: cli.printed(allListen),
  };
}

/** Runs another command of the CLI on the spec (`tables`, `migrate`, `validate-config`, `test-connection`) to its end. */
export async function runCommand(command: string, options: SyncOptions): Promise<CommandResult> {
  const folder = await specFolder(options);
  try {
    const result = await runCloudquery(argumentsOf(command, options), { ...options, cwd: folder });
    return { ...result, log: logOf(result) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function specFolder(options: SyncOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-sync-'));
  await writeFile(join(folder, 'spec.yml'), specFile(options));
  return folder;
}

function argumentsOf(command: string, { args = [] }: SyncOptions, more: readonly string[] = []): string[] {
  return [command, 'spec.yml', '--log-console', '--log-format=json', ...more, ...args];
}

function logOf({ stdout, stderr }: CloudqueryResult): LogLine[] {
  return jsonLines(`${stdout}\n${stderr}`);
}

/** A spec file with the source and its destinations. */
export function specFile({ source, destinations }: SyncOptions): string {
  const names = destinations.map((destination) => destination.name);
  const documents = [
    { kind: 'source', spec: { registry: 'local', destinations: names, ...source } },
    ...destinations.map((spec) => ({ kind: 'destination', spec: { registry: 'local', ...spec } })),
  ];
  // JSON is YAML, too, and safe from YAML 1.1, in which the CLI reads a bare `n` as false.
  return documents.map((document) => JSON.stringify(document)).join('\n---\n');
}

function jsonLines<T>(text: string): T[] {
  return text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as T] : []));
}
