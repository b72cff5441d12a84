import { withDatabase } from '../postgres/database.ts';
import { defineVerb, print } from '../verb.ts';
import { options, readArguments, usage } from './arguments.ts';
import { type Explanation, explain as explainQuery } from './explain.ts';
import type { Word } from './link.ts';
import { ExplainError } from './rows.ts';

const exitCodes: Readonly<Record<Word, number>> = { yes: 0, no: 1, unknown: 2 };

/** The verb `explain`; see `usage` for its exit codes. */
export const explain = defineVerb({
  usage,
  options,
  read: readArguments,
  async run({ connection, format, ...query }) {
    const outcome = await withDatabase(connection, (client) => explainQuery(client, query).catch(asOutcome));
    if (outcome instanceof ExplainError) throw outcome;
    await print(format(outcome));
    return exitCodes[outcome.by.answer.word];
  },
});

/** What is not there is no failure of the database. */
function asOutcome(error: unknown): Explanation | ExplainError {
  if (error instanceof ExplainError) return error;
  throw error;
}
