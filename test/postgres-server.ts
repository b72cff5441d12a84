import type { TestProject } from 'vitest/node';
import { startPostgres } from '../lab/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a PostgreSQL server for all tests of the run: `emptyDatabase` makes databases in it. */
    postgres: string;
  }
}

/** One PostgreSQL for the tests of a tier: to start one for each file takes longer than many files do. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { connectionString, stop } = await startPostgres();
  provide('postgres', connectionString);
  return stop;
}
