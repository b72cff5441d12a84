import type { Postgres } from './postgres/database.ts';
import { freshDatabase } from './postgres/given-server.ts';
import { launchServer } from './postgres/server.ts';

export type { Postgres } from './postgres/database.ts';

/** Names a PostgreSQL server to use in place of one of our own (not `CQ_…`: the plugin SDK claims those). */
const SERVER_VARIABLE = 'AWS_ENCRYPTION_TEST_DSN';

export interface PostgresOptions {
  /** A server to use: a fresh database is created in it. Default: `AWS_ENCRYPTION_TEST_DSN`, else a server of our own. */
  readonly server?: string | undefined;
  /** The files of our own server: a folder with `bin`, `lib` and `share`. Default: what npm installed here. */
  readonly files?: (() => Promise<string>) | undefined;
}

/**
 * A fresh PostgreSQL database: on our own PostgreSQL 18 from npm, which listens on loopback with a random password
 * and ends with this process however that dies, or on a given server.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const given = options.server ?? process.env[SERVER_VARIABLE];
  return given ? freshDatabase(given) : launchServer(options.files);
}
