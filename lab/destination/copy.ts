import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ClientBase, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Where rows go. */
export interface CopyTarget {
  readonly table: string;
  /** In the order of a row's values. */
  readonly columns: readonly string[];
  /** Rows that agree in these columns replace each other; none: every row is added. */
  readonly primaryKey: readonly string[];
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One line of COPY's text format: null is `\N`, and a text `\N` is `\\N`. */
export function copyRow(values: readonly (string | null | undefined)[]): string {
  const fields = values.map((value) => value?.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c] as string) ?? '\\N');
  return `${fields.join('\t')}\n`;
}

/** Writes rows by COPY. COPY cannot replace, so rows of a table with a key go through a temporary table. */
export async function copyRows(
  client: ClientBase,
  target: CopyTarget,
  lines: Iterable<string>,
): Promise<void> {
  const table = escapeIdentifier(target.table);
  const columns = target.columns.map(escapeIdentifier);
  if (target.primaryKey.length === 0) {
    await copy(client, `${table} (${columns})`, lines);
    return;
  }
  await client.query(
    `CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT ${columns} FROM ${table} LIMIT 0`,
  );
  await copy(client, `incoming (${columns})`, lines);
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM incoming
     ON CONFLICT (${target.primaryKey.map(escapeIdentifier)})
     DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`)}`,
  );
  await client.query('DROP TABLE incoming');
}

async function copy(client: ClientBase, target: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(chunks(lines)), client.query(copyFrom(`COPY ${target} FROM STDIN`)));
}

/** Lines joined to some 64 kB: one write per row would cost more than the row. */
function* chunks(lines: Iterable<string>): Generator<Buffer> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length >= 65_536) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  if (chunk) yield Buffer.from(chunk);
}
