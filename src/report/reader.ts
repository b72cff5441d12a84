import type { ClientBase } from 'pg';
import { DatabaseError } from '../postgres/database.ts';
import { codeOf } from '../postgres/failure.ts';

/** The views of one state of the database, and which of them can answer. */
export interface Reader {
  /** Rows of a query; cast counts to integer, since PostgreSQL's bigint arrives as text. */
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The one row of a query. */
  row<Row>(sql: string): Promise<Row>;
  /** Views that should be in the database and are not, though their tables are synced. */
  readonly missingViews: readonly string[];
  /** Why a view cannot answer, in one sentence; null when it can. */
  whyNot(view: string): string | null;
}

/** Reads the views in one read-only snapshot, so that a sync at work does not show the page two states. */
export async function withReader<T>(client: ClientBase, work: (reader: Reader) => Promise<T>): Promise<T> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await work(await newReader(client));
  } finally {
    await client.query('ROLLBACK').catch(() => {}); // the connection may be gone
  }
}

interface Question {
  readonly view_name: string;
  readonly status: 'answered' | 'not_synced' | 'not_applied';
  readonly tables_not_synced: readonly string[];
}

async function newReader(client: ClientBase): Promise<Reader> {
  const questions = new Map((await readQuestions(client)).map((question) => [question.view_name, question]));
  const rows = async <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await client.query(sql, [...values])).rows;
  return {
    rows,
    async row<Row>(sql: string) {
      const [first] = await rows<Row>(sql);
      if (first === undefined) throw new Error(`No row came of: ${sql}`);
      return first;
    },
    missingViews: [...questions.values()]
      .filter(({ status }) => status === 'not_applied')
      .map(({ view_name }) => view_name),
    whyNot(view) {
      const question = questions.get(view);
      if (question?.status === 'answered') return null;
      if (question?.status === 'not_synced')
        return `Not synced: ${question.tables_not_synced.join(', ')} (add to tables in the source’s spec)`;
      return `The view ${view} is not in the database: apply the views (verb views)`;
    },
  };
}

async function readQuestions(client: ClientBase): Promise<Question[]> {
  try {
    const { rows } = await client.query<Question>(
      'SELECT view_name, status, tables_not_synced FROM aws_encryption.questions',
    );
    return rows;
  } catch (error) {
    if (!['3F000', '42P01', '42501'].includes(codeOf(error) ?? '')) throw error;
    throw new DatabaseError(
      'The views of the schema aws_encryption are not there or may not be read: sync, then apply the views (verb `views`).',
    );
  }
}
