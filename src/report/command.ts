import { stat } from 'node:fs/promises';
import type { ClientBase } from 'pg';
import { CONNECTION_VARIABLE, withDatabase } from '../postgres/database.ts';
import { connectionOf, defineVerb, formatOf, UsageError } from '../verb.ts';
import { visible } from '../visible.ts';
import { writeCbom } from './cbom/cbom.ts';
import { reportPage } from './report.ts';
import { writeWhole } from './write.ts';

const usage = `Usage: report --output posture.html [--previous earlier.html]
       report --format cbom --output keys.cdx.json

Writes the posture page: one HTML file that needs nothing else, no script, no network. Or, as cbom, all keys as a
cryptography bill of materials (CycloneDX 1.6, JSON), which says what was not seen. It reads the views of the schema
aws_encryption (the verb \`views\` makes them) and changes nothing in the database.

  --connection  the database of the sync; default: the variable ${CONNECTION_VARIABLE}
  --format      html (default) or cbom
  --output      the file to write; it is replaced when the new one is whole, or not at all
  --previous    an earlier page, to tell what has changed since; default: the page that --output replaces
  --help        this text

Exit codes: 0 written, 2 not written (no database, no views, no file), 64 wrong arguments.
`;

interface Files {
  readonly output: string;
  /** The page to compare with. */
  readonly previous: string;
}

/** @returns what is left to do without the database: its failures are not the database's. */
type Write = (client: ClientBase, files: Files) => Promise<() => Promise<void>>;

const writePage: Write = async (client, { output, previous }) => {
  const page = await reportPage(client, previous);
  return () => writeWhole(output, page);
};

/** As it is read: it may be too large for memory. */
const writeKeys: Write = async (client, { output }) => {
  await writeCbom(client, (parts) => writeWhole(output, parts));
  return async () => {};
};

const formats: ReadonlyMap<string, Write> = new Map([
  ['html', writePage],
  ['cbom', writeKeys],
]);

/** The verb `report`. */
export const report = defineVerb({
  usage,
  failure: 'No page was written: ',
  options: {
    connection: { type: 'string' },
    format: { type: 'string', default: 'html' },
    output: { type: 'string' },
    previous: { type: 'string' },
  },
  async read({ connection, format, output, previous }) {
    const database = connectionOf(connection);
    if (!output) throw new UsageError('Say which file to write: --output.');
    const write = formatOf(format, formats);
    if (previous !== undefined && write !== writePage)
      throw new UsageError('--previous is for pages: leave it out, or --format.');
    if (previous !== undefined && !(await isFile(previous)))
      throw new Error(`there is no file ${previous}, which --previous names.`);
    return { connection: database, write, files: { output, previous: previous ?? output } };
  },
  async run({ connection, write, files: { output, previous } }) {
    const finish = await withDatabase(connection, (client) => write(client, { output, previous }));
    await finish();
    process.stdout.write(`Wrote ${visible(output)}\n`);
    return 0;
  },
});

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
