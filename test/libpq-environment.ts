/** The database as PostgreSQL's own programs find it without an argument: in none of them stands the password. */
export function libpqEnvironment(connectionString: string): { readonly [name: string]: string } {
  const { hostname, port, pathname, username, password } = new URL(connectionString);
  return {
    PGHOST: hostname,
    PGPORT: port,
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
  };
}
