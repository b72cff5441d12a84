import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CONNECTION_VARIABLE } from './postgres/database.ts';
import { messageOf } from './postgres/failure.ts';
import { nearest } from './spec/nearest.ts';
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
  /** @throws UsageError */
  readonly read: (values: Values<O>) => T | Promise<T>;
  /** Resolves to the exit code. */
  readonly run: (options: T) => Promise<number>;
  /** What is said before the reason when it fails. */
  readonly failure?: string;
}

/** Exit codes that all verbs share: 0 for `--help`, 2 for what fails, 64 for wrong arguments. */
export function defineVerb<const O extends Options, T>(parts: VerbParts<O, T>) {
  const { usage, options, read, run, failure = '' } = parts;
  return async (argv: readonly string[]): Promise<number> => {
    try {
      const values = readOptions(argv, { ...options, help: { type: 'boolean', short: 'h', default: false } });
      const wantsHelp = 'help' in values && values.help === true;
      if (!wantsHelp) return await run(await read(values));
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

/** The values of the options, and nothing beside them. @throws UsageError */
function readOptions<O extends Options>(argv: readonly string[], options: O): Values<O> {
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new UsageError(withMeant(messageOf(error), Object.keys(options)));
  }
}

/** Node's sentence about an option that there is not, with the one that was most likely meant. */
function withMeant(message: string, options: readonly string[]): string {
  const written = /^Unknown option '--([^']+)'/.exec(message)?.[1];
  const meant = written === undefined ? null : nearest(written, options);
  return meant === null ? message : `There is no option --${written}: did you mean --${meant}?`;
}

/** The database that `--connection`, or else the environment, names. @throws UsageError */
export function connectionOf(option: string | undefined): string {
  const connection = option ?? process.env[CONNECTION_VARIABLE];
  if (connection) return connection;
  throw new UsageError(`Say which database: --connection or the variable ${CONNECTION_VARIABLE}.`);
}
