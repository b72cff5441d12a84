import { startPostgres } from '../../lab/postgres.ts';

/** Starts a server, says where it is, and never stops it: the test kills this process. */
const { connectionString } = await startPostgres();
process.stdout.write(`${connectionString}\n`);
setInterval(() => {}, 60_000);
