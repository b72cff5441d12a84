import { withDatabase } from '../postgres/database.ts';
import { messageOf } from '../postgres/failure.ts';
import { visible } from '../visible.ts';
import { readArguments, UsageError, usage } from './arguments.ts';
import { readChecks } from './check.ts';
import { runChecks } from './run.ts';
import { exitCodes, verdictOf } from './verdict.ts';

/** The verb `check`; see `usage` for its exit codes. */
export async function check(argv: readonly string[]): Promise<number> {
  try {
    const options = readArguments(argv, process.env, await readChecks());
    if (options === 'help') {
      process.stdout.write(usage);
      return 0;
    }
    const { connection, threshold, format, maxAge, checks } = options;
    const report = await withDatabase(connection, (client) => runChecks(client, checks, { maxAge }));
    await print(format(report, threshold));
    return exitCodes[verdictOf(report, threshold)];
  } catch (error) {
    process.stderr.write(`${visible(messageOf(error))}\n`);
    if (error instanceof UsageError) {
      process.stderr.write(`\n${usage}`);
      return 64;
    }
    // Nothing was judged, and nothing is fine.
    return exitCodes.not_known;
  }
}

/** Waits until a pipe has taken all: the process may exit right after. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
