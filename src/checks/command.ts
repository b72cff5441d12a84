import { withDatabase } from '../postgres/database.ts';
import { defineVerb, print } from '../verb.ts';
import { options, readArguments } from './arguments.ts';
import { readChecks } from './check.ts';
import { displayOf } from './format/display.ts';
import { runChecks } from './run.ts';
import { usage } from './usage.ts';
import { exitCodes, verdictOf } from './verdict.ts';

/** The verb `check`; see `usage` for its exit codes. Where it fails nothing was judged, and nothing is fine: `not_known`. */
export const check = defineVerb({
  usage,
  options,
  read: async (values) => readArguments(values, await readChecks()),
  async run({ connection, threshold, format, maxAge, checks, scope, waivers, record }) {
    const report = await withDatabase(connection, (client) =>
      runChecks(client, checks, { maxAge, scope, waivers, record }),
    );
    await print(format(report, threshold, displayOf(process.stdout)));
    return exitCodes[verdictOf(report, threshold)];
  },
});
