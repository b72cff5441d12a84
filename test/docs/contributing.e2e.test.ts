import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import type { Simulator } from '../../lab/aws/server.ts';
import { checkout } from '../../lab/checkout.ts';
import { clientsEnvironment } from '../../lab/clients.ts';
import { built, organizationSync } from '../../lab/organization-sync.ts';
import type { Postgres } from '../../lab/postgres/database.ts';
import { runCommand, type SyncOptions, sync } from '../../lab/sync.ts';
import { type Ended, runProgram } from '../e2e/run-program.ts';
import { management } from '../e2e/small-organization.ts';
import { unpaced } from '../e2e/state.ts';
import { emptyDatabase } from '../empty-database.ts';
import { libpqEnvironment } from '../libpq-environment.ts';
import { CommandsToRun } from './commands.ts';
import { follow, sectionOf } from './followed.ts';
import { blocksOf } from './markdown.ts';

/** Each task of docs/contributing.md is done as it stands there, on one copy of the checkout, and its result seen. */
const path = 'docs/contributing.md';
const page = { path, text: await readFile(join(checkout, path), 'utf8') };
const tasks = {
  'A column': 2,
  'A check': 1,
  'A key of the spec': 4,
  'A rule': 2,
  'A service': 7,
} as const;
type Task = keyof typeof tasks;
const toRun = new CommandsToRun(page);

let copy: string;
let aws: Simulator;
let postgres: Postgres;
let client: Client;

/** What the tasks touch or need; packages, downloads and what stands for PostgreSQL's destination are the checkout's. */
const copied = ['src', 'lab', 'sql', 'scripts/shipped', 'test/tiers', 'test/closing-line.ts'];
const copiedFiles = ['package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts', 'LICENSE'];
const e2e = 'test/e2e/small-organization.ts';

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'aws-encryption-contributing-'));
  for (const each of [...copied, ...copiedFiles, 'rolldown.plugin.config.ts', e2e])
    await cp(join(checkout, each), join(copy, each), { recursive: true });
  await symlink(join(checkout, 'node_modules'), join(copy, 'node_modules'));
  for (const [task, steps] of Object.entries(tasks))
    expect([task, await follow(sectionOf(page, task), copy)]).toEqual([task, steps]);
  const include = ['src', 'lab', 'test/posture/days-left.test.ts'];
  await writeFile(join(copy, 'tsconfig.tasks.json'), JSON.stringify({ extends: './tsconfig.json', include }));
  await inCopy('npx', 'tsc', '--project', 'tsconfig.tasks.json');
  await inCopy('npx', 'rolldown', '--config', 'rolldown.plugin.config.ts');

  const { smallOrganization } = await import(join(copy, e2e));
  const { healthDataStores } = await import(join(copy, 'lab/aws/services/healthlake.ts'));
  const { addUntargetedAlias } = await import(join(copy, 'lab/aws/build.ts'));
  const { startSimulator } = await import(join(copy, 'lab/aws/server.ts'));
  const organization = smallOrganization();
  const account: SimAccount = organization.accounts.get(management);
  healthDataStores.add(account, 'us-east-1', { name: 'patients', key: 'alias/billing' });
  healthDataStores.add(account, 'us-east-1', { name: 'trials' });
  addUntargetedAlias(organization, account, 'us-east-1', 'alias/aws/s3');
  aws = await startSimulator(organization);
  postgres = await emptyDatabase();
  client = new Client({ connectionString: postgres.connectionString });
  await client.connect();
  expect(await sync(options())).toMatchObject({ code: 0 });
  expect((await verb('views')).code).toBe(0);
});
afterAll(async () => {
  await client?.end();
  await postgres?.stop();
  await aws?.close();
  await rm(copy, { recursive: true, force: true });
});

/** A program in the copy, with no more of our environment than it needs; throws where it fails. */
async function inCopy(program: string, ...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  const { code, stdout, stderr } = await runProgram(program, args, { cwd: copy, env });
  expect({ code, said: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, said: '' });
  return stdout;
}

function options(spec: Record<string, unknown> = {}, tables = ['aws_encryption_*']): SyncOptions {
  const env = credentialsEnvironment(management);
  const asked = { ...unpaced, resource_services: ['healthlake'], ...spec };
  const programs = { ...built, plugin: join(copy, 'dist/main.js') };
  const usual = organizationSync({ url: aws.url, env }, postgres.connectionString, asked, programs);
  return { ...usual, source: { ...usual.source, tables } };
}

/** A verb of the copy's plugin, on the database. */
function verb(...args: readonly string[]): Promise<Ended> {
  const env = { PATH: process.env.PATH, AWS_ENCRYPTION_POSTGRES: postgres.connectionString };
  return runProgram(process.execPath, ['dist/main.js', ...args], { cwd: copy, env });
}

/** The one command, query or YAML of a section. */
function blockOf(task: Task, language: string): string {
  const found = blocksOf(sectionOf(page, task)).filter((block) => block.language === language);
  return found.at(-1)?.text.trim() ?? '';
}

/** The command of a section, as it is written. */
const run = async (task: Task): Promise<Ended> => {
  const env = {
    ...(await clientsEnvironment()),
    ...libpqEnvironment(postgres.connectionString),
    AWS_ENCRYPTION_POSTGRES: postgres.connectionString,
  };
  return toRun.run(blockOf(task, 'sh'), env, copy);
};

test('a column: the destination has it, and rows have its value', async () => {
  const { code, stdout } = await run('A column');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ alias\/orders +\| orders *$/m);
});

test('a check: it finds what is wrong', async () => {
  const { code, stdout } = await run('A check');
  expect(code).toBe(1);
  expect(stdout).toContain('LOW       key-without-owner: 3 violations');
});

test('a key of the spec: it does what it says, and its schema and Init refuse another value', async () => {
  const aliases = async () =>
    (await client.query(`SELECT FROM aws_encryption_key_aliases WHERE alias_name = 'alias/aws/s3'`)).rowCount;
  expect(await aliases()).toBe(1);
  expect(blockOf('A key of the spec', 'yaml')).toBe('include_aws_aliases: false');
  const tables = ['aws_encryption_key_aliases'];
  expect(await sync(options({ include_aws_aliases: false }, tables))).toMatchObject({ code: 0 });
  expect(await aliases()).toBe(0);

  const validate = async (value: unknown) => {
    const { code, stdout, stderr } = await runCommand(
      'validate-config',
      options({ include_aws_aliases: value }),
    );
    return { code, named: `${stdout}${stderr}`.includes('include_aws_aliases') };
  };
  expect(await validate(true)).toEqual({ code: 0, named: false });
  expect(await validate('no')).toEqual({ code: 1, named: true });
  const refused = await sync(options({ include_aws_aliases: 'no' }, tables));
  expect(refused.code).toBe(1);
});

test('a rule: its table of cases holds, and no other rule', async () => {
  expect((await run('A rule')).stdout).toMatch(/5 passed/);
  const rule = join(copy, 'src/posture/days-left.ts');
  const text = await readFile(rule, 'utf8');
  await writeFile(rule, text.replace("return 'unknown'", "return 'never'"));
  const broken = await run('A rule');
  await writeFile(rule, text);
  expect(broken.code).toBe(1);
});

test('a service: its resources are rows with their keys, and its call is in the policy', async () => {
  const { rows } = await client.query(
    `SELECT resource_type, encryption_state, key_type FROM aws_encryption_resources ORDER BY arn`,
  );
  expect(rows).toEqual([
    {
      resource_type: 'health_data_store',
      encryption_state: 'kms',
      key_type: 'customer_managed_aws_material',
    },
    { resource_type: 'health_data_store', encryption_state: 'aws_owned', key_type: 'aws_owned' },
  ]);
  const { code, stdout } = await run('A service');
  expect(code).toBe(0);
  expect(stdout).toContain('healthlake:ListFHIRDatastores');
});

test('no command of the page is left that no test runs', () => {
  expect(toRun.left).toEqual([]);
});
