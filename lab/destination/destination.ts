import { status } from '@grpc/grpc-js';
import { Pool, type PoolClient } from 'pg';
import { databaseFailure, Failure } from './failure.ts';
import { log } from './log.ts';
import { read } from './read.ts';
import { parseSpec, type Spec } from './spec.ts';
import { type WriteRequest, write } from './write.ts';

/** One PostgreSQL, as the calls of the protocol see it. */
export class Destination {
  #pool: Pool | undefined;
  #spec: Spec | undefined;

  /** Checks the spec and, unless told not to, that PostgreSQL answers. */
  async init(specJson: string, noConnection: boolean): Promise<void> {
    this.#spec = parseSpec(specJson);
    if (noConnection) return;
    await this.close();
    this.#pool = new Pool({ connectionString: this.#spec.connection_string });
    this.#pool.on('error', () => {}); // an idle connection broke: the next call meets it and says so
    await this.#withClient((client) => client.query('SELECT'));
  }

  write(messages: AsyncIterable<WriteRequest>): Promise<void> {
    const { batch_size: batchSize = 1, delete_record: canDelete = true } = this.#spec ?? {};
    const told = new Set<string>();
    const onNul = (table: string, column: string): void => {
      if (told.has(`${table}.${column}`)) return;
      told.add(`${table}.${column}`);
      log('warn', `NUL characters were left out of ${table}.${column}: PostgreSQL cannot store them`);
    };
    return this.#withClient((client) => write(messages, client, { batchSize, canDelete, onNul }));
  }

  async read(table: Uint8Array): Promise<Iterable<Uint8Array>> {
    // In the words of the official file destination.
    if (this.#spec?.readable === false)
      throw new Failure(status.UNKNOWN, 'reading is not supported when `no_rotate` is false.');
    return this.#withClient((client) => read(client, table));
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.end();
  }

  async #withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    if (!this.#pool) throw new Failure(status.FAILED_PRECONDITION, 'The destination was not initialised.');
    const client = await this.#pool.connect().catch((cause: unknown) => {
      throw databaseFailure('connect to PostgreSQL', cause);
    });
    const ignore = (): void => {}; // a connection that breaks fails its query too, which says so
    client.on('error', ignore);
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(true); // never used again: who knows in which state it is
      throw error;
    } finally {
      client.off('error', ignore);
    }
  }
}
