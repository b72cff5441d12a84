import { join } from 'node:path';
import { Client } from 'pg';
import { credentialsEnvironment } from './aws/credentials.ts';
import { demo } from './aws/organizations/demo.ts';
import { startSimulator } from './aws/server.ts';
import { checkout } from './checkout.ts';
import { cloudqueryCli } from './cloudquery.ts';
import { questions } from './demo/questions.ts';
import { textTable } from './demo/text-table.ts';
import { organizationSync, wholeOrganization } from './organization-sync.ts';
import { startPostgres } from './postgres.ts';
import { sync } from './sync.ts';
import { verb } from './verb.ts';

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
  const result = await sync({ ...organizationSync(surroundings, postgres.connectionString, withIam), cli });
  if (result.code !== 0) throw new Error(`cloudquery sync failed: ${result.stderr || result.stdout}`);
  await verb('views', '--connection', postgres.connectionString);
  await answer(postgres.connectionString);
  await writePage(postgres.connectionString);
}

const withIam = { ...wholeOrganization, include_iam: true };

/** Asks the questions of the README, in SQL, of the synced tables and the views over them, and prints the answers. */
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

/** Writes the posture page to where it outlives the demo. */
async function writePage(connection: string): Promise<void> {
  const page = join(checkout, 'build', 'demo-report.html');
  await verb('report', '--connection', connection, '--output', page);
  say(`The same as a page, to open in a browser: ${page}`);
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
