/**
 * The command line for the SDK's `serve`, which knows no `--network unix`: the CloudQuery CLI starts a local plugin
 * with `--network unix --address <socket>`, and gRPC takes the same as the address `unix:<socket>`.
 */
export function serveArguments(argv: readonly string[]): string[] {
  const socket = socketOf(argv);
  if (socket === null) return [...argv];
  return setOption(setOption(argv, '--network', '-n', 'tcp'), '--address', '-a', `unix:${socket}`);
}

/** The socket file of `--network unix`, by which one CLI has the plugin for itself; null: it is served to many. */
export function socketOf(argv: readonly string[]): string | null {
  if (optionValue(argv, '--network', '-n') !== 'unix') return null;
  return (optionValue(argv, '--address', '-a') ?? '').replace(/^unix:/, '');
}

/** The value of an option, given as `--name value` or `--name=value`; the last one counts. */
function optionValue(argv: readonly string[], ...names: string[]): string | undefined {
  let value: string | undefined;
  for (const [i, argument] of argv.entries()) {
    const [name, ...rest] = argument.split('=');
    if (names.includes(name as string)) value = rest.length > 0 ? rest.join('=') : argv[i + 1];
  }
  return value;
}

function setOption(argv: readonly string[], name: string, short: string, value: string): string[] {
  const kept = argv.filter((argument, i) => {
    const isValue = argv[i - 1] === name || argv[i - 1] === short;
    return !isValue && ![name, short].includes(argument.split('=')[0] as string);
  });
  return [...kept, name, value];
}

/** The variables that the SDK reads as options of its own. */
const SDK_VARIABLES = new Set([
  'CQ_ADDRESS',
  'CQ_NETWORK',
  'CQ_LICENSE',
  'CQ_LOG_LEVEL',
  'CQ_LOG_FORMAT',
  'CQ_SENTRY',
  'CQ_OTEL_ENDPOINT',
  'CQ_OTEL_ENDPOINT_INSECURE',
  'CQ_TELEMETRY_LEVEL',
]);

/**
 * Removes every `CQ_…` variable that is not an option of the SDK (a `CQ_DSN` for another plugin's spec, say) from
 * `env`, and returns their names: the SDK takes each for an option and ends the process on one it does not know.
 */
export function dropForeignVariables(env: NodeJS.ProcessEnv): string[] {
  const foreign = Object.keys(env).filter((name) => name.startsWith('CQ_') && !SDK_VARIABLES.has(name));
  for (const name of foreign) delete env[name];
  return foreign;
}
