/** An empty database on a real PostgreSQL, for as long as `stop` is not called. */
export interface Postgres {
  /** A `postgresql://` URL with user and password, as `pg`, pgx and CloudQuery take it. */
  readonly connectionString: string;
  /** Ends the server (or drops the database of a given one) and removes its files. Safe to call twice. */
  stop(): Promise<void>;
}
