import { Client } from 'pg';
import { credentialsEnvironment } from './aws/credentials.ts';
import { demo } from './aws/organizations/demo.ts';
import { startSimulator } from './aws/server.ts';
import { cloudqueryCli } from './cloudquery.ts';
import { questions } from './demo/questions.ts';
import { textTable } from './demo/text-table.ts';
import { organizationSync } from './organization-sync.ts';
import { startPostgres } from './postgres.ts';
import { sync } from './sync.ts';

/** Everything that has to end with the demo, latest first. */
const endings: (() => Promise<void>)[] = [];

async function run(): Promise<void> {
  say('Starting a simulated AWS Organization and a real PostgreSQL …');
  const aws = await startSimulator(demo());
  endings.unshift(() => aws.close());
  const postgres = await startPostgres();
  endings.unshift(() => postgres.stop());
  say('Fetching the CloudQuery CLI, if this is the first time …');
  const cli = await cloudqueryCli({ allowPath: true });
  say('Running `cloudquery sync` …\n');
  const env = credentialsEnvironment(aws.organization.managementAccountId);
  const surroundings = { url: aws.url, env };
  const result = await sync({ ...organizationSync(surroundings, postgres.connectionString), cli });
  if (result.code !== 0) throw new Error(`cloudquery sync failed: ${result.stderr || result.stdout}`);
  await answer(postgres.connectionString);
}

/** Asks the questions of the README, in SQL, and prints the answers. */
async function answer(connectionString: string): Promise<void> {
  const database = new Client({ connectionString });
  await database.connect();
  endings.unshift(() => database.end());
  for (const { title, sql } of questions) {
    const { fields, rows } = await database.query({ text: sql, rowMode: 'array' });
    say(
      `${title}\n\n${textTable(
        fields.map(({ name }) => name),
        rows,
      )}`,
    );
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await run();
} catch (error) {
  process.stderr.write(`The demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  for (const end of endings) await end();
}
