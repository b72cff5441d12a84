import { type ParseArgsConfig, parseArgs } from 'node:util';
import { argumentError, mayBeConnection, unexpectedArgument } from './argument-error.ts';
import { CONNECTION_VARIABLE } from './postgres/database.ts';
import { messageOf } from './postgres/failure.ts';
import { visible } from './visible.ts';

/** Wrong arguments, in one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;
/** The values of options, by their names. */
export type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O }>
>['values'];

/** One of the product's own verbs, by what it asks of the command line and does. */
interface VerbParts<O extends Options, T> {
  readonly usage: string;
  /** All that it takes beside `--help`. */
  readonly options: O;
  /** What its one operand is, as an error calls it; without it, it takes none. */
  readonly operand?: string;
  /** @param operand empty where the verb takes none @throws UsageError */
  readonly read: (values: Values<O>, operand: string) => T | Promise<T>;
  /** Resolves to the exit code. */
  readonly run: (options: T) => Promise<number>;
  /** What is said before the reason when it fails. */
  readonly failure?: string;
}

/** Exit codes that all verbs share: 0 for `--help`, 2 for what fails, 64 for wrong arguments. */
export function defineVerb<const O extends Options, T>(parts: VerbParts<O, T>) {
  const { usage, options, operand, read, run, failure = '' } = parts;
  return async (argv: readonly string[]): Promise<number> => {
    try {
      const all = { ...options, help: { type: 'boolean', short: 'h', default: false } } as const;
      const given = readOptions(argv, all, operand);
      const { values } = given;
      const wantsHelp = 'help' in values && values.help === true;
      if (!wantsHelp) return await run(await read(values, oneOf(given.operands, operand)));
      process.stdout.write(usage);
      return 0;
    } catch (error) {
      const message = visible(messageOf(error));
      const isUsage = error instanceof UsageError;
      process.stderr.write(isUsage ? `${message}\n\n${usage}` : `${failure}${message}\n`);
      return isUsage ? 64 : 2;
    }
  };
}

/** The values of the options, and operands where the verb takes one. @throws UsageError */
function readOptions<O extends Options>(
  argv: readonly string[],
  options: O,
  operand: string | undefined,
): { readonly values: Values<O>; readonly operands: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: operand !== undefined,
    });
    return { values, operands: positionals };
  } catch (error) {
    throw new UsageError(argumentError(error, Object.keys(options)));
  }
}

/** @throws UsageError */
function oneOf(operands: readonly string[], operand: string | undefined): string {
  const [only, ...more] = operands;
  if (operand === undefined) return '';
  if (only === undefined || only === '') throw new UsageError(`Say which one: ${operand} is missing.`);
  if (operands.some(mayBeConnection)) throw new UsageError(unexpectedArgument);
  if (more.length > 0) throw new UsageError(`Say one: ${operands.length} are too many for ${operand}.`);
  return only;
}

/** Prints, and waits until a pipe has taken all: the process may exit right after. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** The items of texts that may hold several, separated by commas. */
export const listed = (...texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => text.split(','))
    .map((item) => item.trim())
    .filter(Boolean);

/** The database that `--connection`, or else the environment, names. @throws UsageError */
export function connectionOf(option: string | undefined): string {
  const connection = option ?? process.env[CONNECTION_VARIABLE];
  if (connection) return connection;
  throw new UsageError(`Say which database: --connection or the variable ${CONNECTION_VARIABLE}.`);
}

/** What writes the answer as `--format` names it. @throws UsageError */
export function formatOf<F>(name: string, formats: ReadonlyMap<string, F>): F {
  const format = formats.get(name);
  if (format !== undefined) return format;
  throw new UsageError(`--format ${name} is none of ${[...formats.keys()].join(', ')}.`);
}

const unitSeconds = new Map([
  ['m', 60],
  ['h', 3_600],
  ['d', 86_400],
]);

/** The seconds of a time such as `90m`, `24h` or `7d`. @throws UsageError */
export function secondsOf(option: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const factor = unitSeconds.get(unit);
  if (factor === undefined || Number(amount) === 0)
    throw new UsageError(`${option} ${text} is no time: write 90m, 24h or 7d.`);
  return Number(amount) * factor;
}
