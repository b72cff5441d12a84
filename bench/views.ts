import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { createTables } from '../lab/postgres/create-tables.ts';
import { startPostgres } from '../lab/postgres.ts';
import { applyViews } from '../src/views/apply.ts';
import { edges, fill, keys, oneKey } from './million-edges.ts';
import { print } from './print.ts';

/** What is asked, as users do: of one key all that hangs on it, of all keys how much does. */
const questions = [
  ['key_uses of one key', `SELECT * FROM aws_encryption.key_uses WHERE key_arn = '${oneKey}'`],
  ['key_uses, all', 'SELECT * FROM aws_encryption.key_uses'],
  ['key_blast_radius of all keys', 'SELECT * FROM aws_encryption.key_blast_radius'],
  ['pending_deletion_uses', 'SELECT * FROM aws_encryption.pending_deletion_uses'],
  ['uses_of_lost_keys', 'SELECT * FROM aws_encryption.uses_of_lost_keys'],
  ['keys_seen', 'SELECT * FROM aws_encryption.keys_seen'],
  ['cost_of_use', 'SELECT * FROM aws_encryption.cost_of_use'],
  ['unused_keys', 'SELECT * FROM aws_encryption.unused_keys'],
] as const;

/** What the views over keys take where a million things use 20,000 keys, with the indexes of sql/indexes.sql. */
export async function views(): Promise<void> {
  const server = await startPostgres();
  const client = new Client({ connectionString: server.connectionString });
  try {
    await client.connect();
    await createTables(client);
    for (const statement of fill) await client.query(statement);
    await client.query(await readFile('sql/indexes.sql', 'utf8'));
    await applyViews(client);
    const rows = [];
    for (const [question, sql] of questions) rows.push({ question, ...(await asked(client, sql)) });
    print(`Views over ${edges.toLocaleString('en-US')} uses of ${keys.toLocaleString('en-US')} keys`, rows);
  } finally {
    await client.end().catch(() => {});
    await server.stop();
  }
}

/** The quicker of two runs: the first one reads from the disk, too. */
async function asked(client: Client, sql: string): Promise<object> {
  const times: number[] = [];
  let rows = 0;
  for (let turn = 0; turn < 2; turn += 1) {
    const start = performance.now();
    // OFFSET 0 keeps PostgreSQL from leaving out what a count does not need.
    const counted = await client.query(`SELECT count(*)::integer AS rows FROM (${sql} OFFSET 0) AS answer`);
    times.push((performance.now() - start) / 1000);
    rows = counted.rows[0].rows;
  }
  return { rows: String(rows), seconds: Math.min(...times), 'goal seconds': 2 };
}
