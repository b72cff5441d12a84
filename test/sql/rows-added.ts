import type { Client } from 'pg';
import { type Cells, insert } from './tables.ts';

/** Rows to add, by their table without `aws_encryption_`. */
export type Given = Readonly<Record<string, readonly Cells[]>>;

/** What a query answers after some statements and some rows more, all of which are taken back. */
export async function answerWith(
  client: Client,
  given: Given,
  query: string,
  ...before: readonly string[]
): Promise<unknown[][]> {
  await client.query('BEGIN');
  try {
    for (const statement of before) await client.query(statement);
    for (const [table, rows] of Object.entries(given))
      await insert(client, `aws_encryption_${table}`, ...rows);
    const { rows } = await client.query({ text: query, rowMode: 'array' });
    return rows;
  } finally {
    await client.query('ROLLBACK');
  }
}
