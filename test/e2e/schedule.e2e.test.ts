import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { checkout } from '../../lab/checkout.ts';
import { type Ending, startAgainWhenKilled } from '../../lab/cloudquery/starting-again.ts';
import { cloudqueryCli } from '../../lab/cloudquery.ts';
import { organizationSync, pluginPath } from '../../lab/organization-sync.ts';
import { type Postgres, startPostgres } from '../../lab/postgres.ts';
import { specFile } from '../../lab/sync.ts';

let aws: Simulator;
let postgres: Postgres;
let folder: string;
let page: string;

beforeAll(async () => {
  aws = await startSimulator(demo());
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-schedule-'));
  page = join(folder, 'posture.html');
  const env = credentialsEnvironment(aws.organization.managementAccountId);
  const options = organizationSync({ url: aws.url, env }, postgres.connectionString);
  await writeFile(join(folder, 'spec.yml'), specFile(options));
});
afterAll(async () => {
  await postgres?.stop();
  await aws?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  readonly process: ChildProcess;
  readonly result: Promise<Ending>;
}

async function start(change: Record<string, string> = {}): Promise<Run> {
  const child = spawn(join(checkout, 'deploy/schedule/sync-and-report.sh'), {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      ...credentialsEnvironment(aws.organization.managementAccountId),
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

/** The script's run to its end. */
async function run(change: Record<string, string> = {}): Promise<Ending> {
  const { result } = await startAgainWhenKilled(
    () => start(change),
    ({ result }) => result,
  );
  return result;
}

test('syncs, applies the views, checks and writes the page', async () => {
  const { code, stdout } = await run();
  // The demo organization has violations.
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Applied \d+ views in the schema aws_encryption\.$/m);
  expect(stdout).toContain('data-lake-aws-managed-key');
  expect(stdout).toContain('Wrote posture.html');
  expect(await readFile(page, 'utf8')).toContain('Organization o-demo0lab01');
});

test('a failed sync is told, and the page is made of what there is', async () => {
  await rm(page);
  const { code, stdout, stderr } = await run({ SPEC: 'no-such-spec.yml' });
  expect(code).toBe(2);
  expect(stdout + stderr).toContain('no-such-spec.yml');
  expect(await readFile(page, 'utf8')).toContain('Organization o-demo0lab01');
});

test('does nothing while another run is at work', async () => {
  await rm(page);
  // A CLI that is at work until it is told to end.
  const slow = join(folder, 'slow');
  await writeFile(slow, '#!/usr/bin/env bash\necho started\nexec sleep 600\n', { mode: 0o755 });
  const first = await start({ CLOUDQUERY: slow });
  await new Promise((resolve) => first.process.stdout?.once('data', resolve));
  const second = await run();
  expect(second).toEqual({
    code: 75,
    stdout: '',
    stderr: 'Another run is at work (posture.html.lock): nothing done.\n',
  });
  expect(await readdir(folder)).not.toContain('posture.html');

  // And a signal ends the first, its CLI with it, and frees the lock.
  first.process.kill('SIGTERM');
  expect((await first.result).code).toBe(143);
  expect((await run()).code).toBe(1);
});

test('says which variable it needs', async () => {
  const { code, stderr } = await run({ POSTGRES_URL: '' });
  expect(code).toBe(64);
  expect(stderr).toContain('POSTGRES_URL=postgresql://');
});
