import { Client } from 'pg';
import { startPostgres } from '../../lab/postgres.ts';

/** Starts a server, names its folder, and comes to its end without stopping it. */
const { connectionString } = await startPostgres();
const client = new Client({ connectionString });
await client.connect();
const { rows } = await client.query('SHOW data_directory');
await client.end();
process.stdout.write(`${rows[0].data_directory.replace(/\/data$/, '')}\n`);
