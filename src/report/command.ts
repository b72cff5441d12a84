import { stat } from 'node:fs/promises';
import { CONNECTION_VARIABLE, withDatabase } from '../postgres/database.ts';
import { connectionOf, defineVerb, UsageError } from '../verb.ts';
import { visible } from '../visible.ts';
import { reportPage } from './report.ts';
import { writeWhole } from './write.ts';

const usage = `Usage: report --output posture.html [--previous earlier.html]

Writes the posture page: one HTML file that needs nothing else, no script, no network. It reads the views of the
schema aws_encryption (the verb \`views\` makes them) and changes nothing in the database.

  --connection  the database of the sync; default: the variable ${CONNECTION_VARIABLE}
  --output      the file to write; it is replaced when the new page is whole, or not at all
  --previous    an earlier page, to tell what has changed since; default: the page that --output replaces
  --help        this text

Exit codes: 0 written, 2 not written (no database, no views, no file), 64 wrong arguments.
`;

/** The verb `report`. */
export const report = defineVerb({
  usage,
  failure: 'No page was written: ',
  options: {
    connection: { type: 'string' },
    output: { type: 'string' },
    previous: { type: 'string' },
  },
  async read({ connection, output, previous }) {
    const database = connectionOf(connection);
    if (!output) throw new UsageError('Say which file to write: --output.');
    if (previous !== undefined && !(await isFile(previous)))
      throw new Error(`there is no file ${previous}, which --previous names.`);
    return { connection: database, output, previous: previous ?? output };
  },
  async run({ connection, output, previous }) {
    const page = await withDatabase(connection, (client) => reportPage(client, previous));
    await writeWhole(output, page);
    process.stdout.write(`Wrote ${visible(output)}\n`);
    return 0;
  },
});

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
