import { withDatabase } from '../postgres/database.ts';
import { defineVerb, print } from '../verb.ts';
import { options, readArguments, usage } from './arguments.ts';
import { NoSuchKey, usesOf } from './uses.ts';

/** The verb `uses`; see `usage` for its exit codes. */
export const uses = defineVerb({
  usage,
  options,
  operand: 'KEY',
  read: readArguments,
  async run({ connection, key, format }) {
    const answer = await withDatabase(connection, (client) => usesOf(client, key));
    // What is not there is no failure of the database.
    if (answer instanceof NoSuchKey) throw answer;
    await print(format(answer));
    return answer.kind === 'several' ? 2 : 0;
  },
});
