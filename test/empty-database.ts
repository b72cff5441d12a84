import { inject } from 'vitest';
import type { Postgres } from '../lab/postgres/database.ts';
import { startPostgres } from '../lab/postgres.ts';

/**
 * An empty database on the server that the tests of a tier share; `stop` drops it. Roles are the server's, so a test of
 * which roles there are takes `startPostgres`, as does one that ends the server.
 */
export const emptyDatabase = (): Promise<Postgres> => startPostgres({ server: inject('postgres') });
