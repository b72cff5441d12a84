import type { Client } from 'pg';
import { messageOf } from './failure.ts';

/** Where the connection comes from when `--connection` is not given. Not `CQ_…`: the SDK claims those. */
export const CONNECTION_VARIABLE = 'AWS_ENCRYPTION_POSTGRES';

/** A database that cannot be reached or does not do what it is asked, in one sentence without the password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

const patience = 10_000;

/**
 * Connects to the database of a `postgresql://` URL for as long as `work` takes. `?search_path=…` counts, as it does
 * for CloudQuery's destination.
 */
export async function withDatabase<T>(connection: string, work: (client: Client) => Promise<T>): Promise<T> {
  const url = parse(connection);
  const database = decoded(url.pathname.slice(1)) || 'of the user';
  const place = `${url.hostname || 'the local socket'}${url.port ? `:${url.port}` : ''}, database ${database}`;
  const { Client } = await import('pg');
  const client = new Client({
    connectionString: connection,
    connectionTimeoutMillis: patience,
    application_name: 'aws-encryption',
  });
  client.on('error', () => {}); // the query that is waiting rejects with it
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseError(`PostgreSQL (${place}) cannot be reached: ${clear(messageOf(error), url)}.`);
  }
  try {
    const path = url.searchParams.get('search_path');
    if (path !== null) await client.query(`SELECT set_config('search_path', $1, false)`, [path]);
    return await work(client);
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(`PostgreSQL (${place}) says: ${clear(messageOf(error), url)}.`);
  } finally {
    await client.end().catch(() => {}); // it may be gone already
  }
}

function parse(connection: string): URL {
  const url = URL.canParse(connection) ? new URL(connection) : null;
  if (url?.protocol !== 'postgresql:' && url?.protocol !== 'postgres:') {
    throw new DatabaseError('The connection must be a URL: postgresql://user:password@host:5432/database.');
  }
  // A password with a / of its own ends the host early: its rest would be told as the database's name.
  if (`${url.pathname}${url.search}${url.hash}`.includes('@')) {
    throw new DatabaseError(
      'The connection has an @ after its host: characters of a password that mean something in a URL must be encoded, / as %2F and @ as %40.',
    );
  }
  return url;
}

/** As it stands where its percent signs mean nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** No server says a password, but nobody knows what stands between us and it. */
function clear(message: string, url: URL): string {
  const secrets = [url.password, decoded(url.password), url.searchParams.get('password') ?? ''];
  return secrets.filter(Boolean).reduce((text, secret) => text.replaceAll(secret, '***'), message);
}
