import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { checkout } from '../../lab/checkout.ts';
import { type Ending, startAgainWhenKilled } from '../../lab/cloudquery/starting-again.ts';
import { cloudqueryCli } from '../../lab/cloudquery.ts';
import { organizationSync, pluginPath } from '../../lab/organization-sync.ts';
import type { Postgres } from '../../lab/postgres/database.ts';
import { specFile } from '../../lab/sync.ts';
import { emptyDatabase } from '../empty-database.ts';
import { unpaced } from './state.ts';

/** The script of the schedule at work on a simulated organization and a real PostgreSQL, in a folder of its own. */
export interface Schedule {
  readonly aws: Simulator;
  readonly postgres: Postgres;
  readonly folder: string;
  /** A spec in the folder that syncs these tables; `spec.yml` syncs all. */
  writeSpec(name: string, tables: readonly string[]): Promise<void>;
  start(change?: Readonly<Record<string, string>>): Promise<ScheduledRun>;
  /** A run to its end. */
  run(change?: Readonly<Record<string, string>>): Promise<Ending>;
  close(): Promise<void>;
}

interface ScheduledRun {
  readonly process: ChildProcess;
  readonly result: Promise<Ending>;
}

export async function startSchedule(organization: SimOrganization): Promise<Schedule> {
  const aws = await startSimulator(organization);
  const postgres = await emptyDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-schedule-'));
  const credentials = credentialsEnvironment(organization.managementAccountId);
  const writeSpec = (name: string, tables: readonly string[]): Promise<void> => {
    const options = organizationSync({ url: aws.url, env: credentials }, postgres.connectionString, unpaced);
    return writeFile(join(folder, name), specFile({ ...options, source: { ...options.source, tables } }));
  };
  await writeSpec('spec.yml', ['aws_encryption_*']);

  async function start(change: Readonly<Record<string, string>> = {}): Promise<ScheduledRun> {
    const child = spawn(join(checkout, 'deploy/schedule/sync-and-report.sh'), {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        ...credentials,
        POSTGRES_URL: postgres.connectionString,
        CLOUDQUERY: await cloudqueryCli(),
        PLUGIN: pluginPath,
        CQ_TELEMETRY_LEVEL: 'none',
        ...change,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => (stdout += text));
    child.stderr.on('data', (text) => (stderr += text));
    const result = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { process: child, result: result.then((code) => ({ code, stdout, stderr })) };
  }

  return {
    aws,
    postgres,
    folder,
    writeSpec,
    start,
    run: async (change) =>
      (
        await startAgainWhenKilled(
          () => start(change),
          ({ result }) => result,
        )
      ).result,
    async close() {
      await postgres.stop();
      await aws.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A webhook that keeps what is posted to it. */
export interface Webhook {
  /** With a path that nobody may see. */
  readonly url: string;
  /** The texts of what was posted since this was last called; throws for what is no JSON. */
  taken(): readonly string[];
  /** What it answers with; 200 at first. */
  answer(status: number): void;
  close(): Promise<void>;
}

export async function startWebhook(): Promise<Webhook> {
  let bodies: string[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    if (request.headers['content-type'] === 'application/json') bodies.push(body);
    response.writeHead(status).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/T0secret`,
    taken() {
      const texts = bodies.map((body) => JSON.parse(body).text as string);
      bodies = [];
      return texts;
    },
    answer: (wanted) => (status = wanted),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
