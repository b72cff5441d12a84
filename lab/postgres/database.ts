/** An empty database on a real PostgreSQL, until `stop` is called or this process ends. */
export interface Postgres {
  /** A `postgresql://` URL with user and password, as `pg`, pgx and CloudQuery take it. */
  readonly connectionString: string;
  /** Ends the server (or drops the database of a given one) and removes its files. Safe to call twice. */
  stop(): Promise<void>;
  /** Lets it outlive this process; returns the shell's command that ends it as `stop` does. */
  keep(): Promise<string>;
}
