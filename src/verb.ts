import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CONNECTION_VARIABLE } from './postgres/database.ts';
import { messageOf } from './postgres/failure.ts';
import { visible } from './visible.ts';

/** Wrong arguments, in one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One of the product's own verbs, by what it asks of the command line and does. */
interface VerbParts<T> {
  readonly usage: string;
  /** @throws UsageError */
  readonly read: (argv: readonly string[]) => T | 'help' | Promise<T | 'help'>;
  /** Resolves to the exit code. */
  readonly run: (options: T) => Promise<number>;
  /** What is said before the reason when it fails. */
  readonly failure?: string;
}

/** Exit codes that all verbs share: 0 for `--help`, 2 for what fails, 64 for wrong arguments. */
export function defineVerb<T>({ usage, read, run, failure = '' }: VerbParts<T>) {
  return async (argv: readonly string[]): Promise<number> => {
    try {
      const options = await read(argv);
      if (options !== 'help') return await run(options);
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
export function readOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** The database that `--connection`, or else the environment, names. @throws UsageError */
export function connectionOf(option: string | undefined): string {
  const connection = option ?? process.env[CONNECTION_VARIABLE];
  if (connection) return connection;
  throw new UsageError(`Say which database: --connection or the variable ${CONNECTION_VARIABLE}.`);
}
