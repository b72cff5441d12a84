import { parseArgs } from 'node:util';
import { CONNECTION_VARIABLE, withDatabase } from '../postgres/database.ts';
import { messageOf } from '../postgres/failure.ts';
import { visible } from '../visible.ts';
import { reportPage } from './report.ts';
import { writeWhole } from './write.ts';

const usage = `Usage: report --connection <postgresql://…> --output posture.html [--previous earlier.html]

Writes the posture page: one HTML file that needs nothing else, no script, no network. It reads the views of the
schema aws_encryption (the verb \`views\` makes them) and changes nothing in the database.

  --connection  the database of the sync; default: the variable ${CONNECTION_VARIABLE}
  --output      the file to write; it is replaced when the new page is whole, or not at all
  --previous    an earlier page, to tell what has changed since; default: the page that --output replaces
  --help        this text

Exit codes: 0 written, 2 not written (no database, no views, no file), 64 wrong arguments.
`;

/** The verb `report`. */
export async function report(argv: readonly string[]): Promise<number> {
  let options: ReturnType<typeof read>;
  try {
    options = read(argv);
  } catch (error) {
    process.stderr.write(`${visible(messageOf(error))}\n\n${usage}`);
    return 64;
  }
  if (options === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const { connection, output, previous } = options;
  try {
    const page = await withDatabase(connection, (client) => reportPage(client, previous));
    await writeWhole(output, page);
  } catch (error) {
    process.stderr.write(`No page was written: ${visible(messageOf(error))}\n`);
    return 2;
  }
  process.stdout.write(`Wrote ${visible(output)}\n`);
  return 0;
}

function read(argv: readonly string[]) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      connection: { type: 'string' },
      output: { type: 'string' },
      previous: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const connection = values.connection ?? process.env[CONNECTION_VARIABLE];
  if (!connection)
    throw new Error(`Say which database: --connection or the variable ${CONNECTION_VARIABLE}.`);
  if (!values.output) throw new Error('Say which file to write: --output.');
  return { connection, output: values.output, previous: values.previous ?? values.output };
}
