import type { ClientBase } from 'pg';
import { codeOf, messageOf } from '../postgres/failure.ts';

/** Missing schema, table, column or function, or no right to read one: there is nothing to judge by, and the next check may do. */
const ABSENT = new Set(['3F000', '42P01', '42703', '42883', '42501']);

/** What came of it, or what was missing as PostgreSQL says it. */
export interface Attempt<T> {
  readonly value: T | null;
  readonly failure: string | null;
}

/** Asks within a transaction, which goes on where something is missing. */
export async function attempt<T>(client: ClientBase, work: () => Promise<T>): Promise<Attempt<T>> {
  await client.query('SAVEPOINT attempt');
  try {
    return { value: await work(), failure: null };
  } catch (error) {
    if (!ABSENT.has(codeOf(error) ?? '')) throw error;
    await client.query('ROLLBACK TO SAVEPOINT attempt');
    return { value: null, failure: messageOf(error) };
  }
}
