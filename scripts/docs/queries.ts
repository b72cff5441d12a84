import { textOf } from './files.ts';

/** A question about a table, and its answer in SQL. */
export interface Query {
  readonly title: string;
  readonly sql: string;
}

/** The queries of `docs/queries/<table>.sql`: each is a comment of one line, the title, and a statement. */
export async function queriesOf(tableName: string): Promise<readonly Query[]> {
  const path = `docs/queries/${tableName}.sql`;
  const text = await textOf(path);
  if (text === null) throw new Error(`${path} is missing: every table has queries that show what it is for.`);
  return text.split(/\n\n(?=-- )/).map((query) => {
    const [comment = '', ...lines] = query.trim().split('\n');
    return { title: comment.replace(/^-- /, ''), sql: lines.join('\n') };
  });
}
