import { CONNECTION_VARIABLE, withDatabase } from '../postgres/database.ts';
import { connectionOf, defineVerb, formatOf, print, secondsOf } from '../verb.ts';
import { visibleJson } from '../visible.ts';
import { formatPrometheus } from './format/prometheus.ts';
import { formatText } from './format/text.ts';
import { isFine, readStatus, type Status } from './read.ts';

const usage = `Usage: status [--max-age 24h] [--format text]

Says how fresh and how whole the synced data is: which accounts were not read, or in part, and what was read too long
ago. What the spec leaves out is no gap, nor is what AWS lets nobody read: a suspended account, say.

  --connection  the database of the sync; default: the variable ${CONNECTION_VARIABLE}
  --max-age     how old a reading may be: 90m, 24h (default), 7d
  --format      text (default), json or prometheus
  --help        this text

It needs the right to read the views (the verb \`views\` makes them), and no table.

Exit codes: 0 fresh and whole, 1 stale or incomplete, 2 not known (no database, no views, no sync), 64 wrong arguments.
`;

const formats = new Map<string, (status: Status) => string>([
  ['text', formatText],
  ['json', formatJson],
  ['prometheus', formatPrometheus],
]);

/** The verb `status`. */
export const status = defineVerb({
  usage,
  options: {
    connection: { type: 'string' },
    'max-age': { type: 'string', default: '24h' },
    format: { type: 'string', default: 'text' },
  },
  read: (values) => ({
    connection: connectionOf(values.connection),
    maxAge: secondsOf('--max-age', values['max-age']),
    format: formatOf(values.format, formats),
  }),
  async run({ connection, maxAge, format }) {
    const found = await withDatabase(connection, (client) => readStatus(client, maxAge));
    await print(format(found));
    return isFine(found) ? 0 : 1;
  },
});

function formatJson(found: Status): string {
  const verdict = { fresh: found.stale.length === 0, whole: found.incomplete.length === 0 };
  return `${visibleJson({ ...verdict, ...found })}\n`;
}
