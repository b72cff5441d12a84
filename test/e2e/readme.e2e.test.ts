import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { checkout } from '../../lab/checkout.ts';
import { clientsEnvironment } from '../../lab/clients.ts';
import { runCloudquery } from '../../lab/cloudquery.ts';
import { questions } from '../../lab/demo/questions.ts';
import { callsAws, commandsOf, runAsWritten } from '../docs/commands.ts';
import { proofsOfFiles } from '../docs/commands-of-files.ts';
import { blocksIn } from '../docs/markdown.ts';
import { libpqEnvironment } from '../libpq-environment.ts';
import { type DemoWorld, startDemoWorld } from './demo-world.ts';
import { keptDemo } from './kept-demo.ts';
import { type Ended, runProgram } from './run-program.ts';

/** Every command of every page does what it says. */
const text = await readFile(join(checkout, 'README.md'), 'utf8');
const inLine = [...text.matchAll(/`((?:npm|node|\w+=\S+ cloudquery) [^`]+)`/g)].map(
  ([, command = '']) => command,
);
/** Their commands are run by tests of their own, which hold that none is left: operating.e2e.test.ts, and
 * test/docs/contributing.e2e.test.ts. */
const elsewhere = ['docs/operating.md', 'docs/contributing.md'];
const blocks = (await blocksIn('sh')).filter(
  ({ place }) => !elsewhere.some((page) => place.startsWith(`${page}:`)),
);
const lines = blocks.flatMap(commandsOf).filter((command) => !callsAws(command));
const commands = [...lines, ...inLine];
const steps = [...new Set(commands.flatMap((command) => command.split(' && ')))];
const proofOf = (step: string) => Object.keys(proofs).findIndex((beginning) => step.startsWith(beginning));

let world: DemoWorld;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-readme-'));
  await symlink(join(checkout, 'dist'), join(folder, 'dist'));
  world = await startDemoWorld();
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

/** A verb as it is written, on the demo's database; what npm has installed is what is built. */
const verb = async (step: string): Promise<Ended> => {
  const written = step.replace('npx cloudquery-source-aws-encryption', 'node dist/main.js');
  const args = written
    .split(' ')
    .slice(1)
    .map((word) => word.replaceAll('"', ''));
  const env = { ...process.env, AWS_ENCRYPTION_POSTGRES: world.connectionString };
  const ended = await runProgram(process.execPath, args, { cwd: folder, env });
  expect(`${ended.stdout}${ended.stderr}`).not.toContain(new URL(world.connectionString).password);
  return ended;
};

async function scripts(): Promise<Record<string, string>> {
  return JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')).scripts;
}

/** What CI runs before and after these tests, and what stands in the README for it. */
async function isRunByCi(step: string): Promise<void> {
  expect(await readFile(join(checkout, '.ci/run'), 'utf8')).toContain(`\n${step}\n`);
}

async function isTheDemo(stdout: string): Promise<void> {
  for (const { title } of questions) expect(stdout).toContain(title);
  expect(stdout).toContain('data-lake-aws-managed-key');
  expect(stdout).toMatch(/data-lake-stopped-by-rcp +777766665555 +RCP keys-for-the-organization/);
  expect(stdout).toMatch(/alias\/data-lake-europe +compute +SCP batch-works-in-us-east-1/);
  const [tables = ''] = stdout.split('The same as a page');
  expect(tables.split('\n').filter((line) => line.length > 120)).toEqual([]);
}

/** PostgreSQL is up, answers what is printed to be asked, and ends by the command that is printed. */
async function isKept(stdout: string): Promise<void> {
  const { connection, psql, queries, stop } = keptDemo(stdout);
  const database = new Client({ connectionString: connection });
  const ended = new Promise((resolve) => database.once('end', resolve));
  database.on('error', () => {}); // the server is ended under it
  await database.connect();
  try {
    expect(queries).toHaveLength(3);
    const [, address = ''] = psql.split(' psql ');
    expect(address).not.toContain(new URL(connection).password);
    expect(await runAsWritten(`${psql} --command=TABLE\\ pg_am`, await clientsEnvironment())).toMatchObject({
      code: 0,
      stderr: '',
    });
    for (const query of queries) expect((await database.query(query)).rows.length).toBeGreaterThan(0);
  } finally {
    expect(await runProgram('/bin/sh', ['-c', stop], { cwd: folder })).toMatchObject({ code: 0, stderr: '' });
  }
  await ended;
}

const isVerb = {
  views: async (step: string) => expect(await verb(step)).toMatchObject({ code: 0, stderr: '' }),
  check: async (step: string) => {
    const { code, stdout, stderr } = await verb(step);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' }); // the demo has violations, as the README says of them
    expect(stdout).toContain('aws-managed-key-on-shared-bucket');
  },
  report: async (step: string) => {
    expect(await verb(step)).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(join(folder, 'posture.html'), 'utf8')).toContain('<html');
  },
};

async function isPermissions(step: string): Promise<void> {
  const { code, stdout } = await verb(step);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).Statement[0].Action).toContain('kms:ListKeys');
}

/** By the beginning of each command, in the order in which they are run: the verbs need a sync. */
const proofs: Readonly<Record<string, (step: string) => Promise<unknown>>> = {
  'npm ci': isRunByCi,
  'npm test': isRunByCi,
  'npm run check': isRunByCi,
  'npm run build': async () => expect((await scripts()).build).toContain('rolldown -c'),
  'npm run demo -- --keep': async (step) => {
    const program = ((await scripts()).demo ?? '').split(' && ').at(-1) ?? '';
    const [node = '', ...args] = `${program}${step.replace('npm run demo --', '')}`.split(' ');
    const { code, stdout, stderr } = await runProgram(node, args, { cwd: checkout });
    // On a busy machine the CLI kills a plugin that takes long to listen, and the demo says that it starts it again.
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^(The CLI killed .*\n)*$/) });
    await isTheDemo(stdout);
    await isKept(stdout);
  },
  'npm run demo': isRunByCi,
  'POSTGRES_URL=postgresql://… cloudquery sync spec.yml': async () => {
    await writeFile(join(folder, 'spec.yml'), await specAgainst(world.url));
    const env = { ...world.env, POSTGRES_URL: world.connectionString };
    expect(await runCloudquery(['sync', 'spec.yml'], { cwd: folder, env })).toMatchObject({ code: 0 });
    expect((await world.query('select from aws_encryption_keys')).length).toBeGreaterThan(20);
  },
  'node dist/main.js views': isVerb.views,
  'npx cloudquery-source-aws-encryption views': isVerb.views,
  'node dist/main.js check': isVerb.check,
  'npx cloudquery-source-aws-encryption check': isVerb.check,
  // The page shows the answer of another organization: here the command runs, and there is no such bucket.
  'node dist/main.js explain --resource lake': async (step) => {
    const { code, stderr } = await verb(step);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('lake') });
  },
  'node dist/main.js explain': async (step) => {
    const { code, stdout, stderr } = await verb(step);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(
      /^no\n\nCan arn:aws:iam::210987654321:role\/analytics read objects of the bucket data-lake-/,
    );
  },
  'node dist/main.js uses': async (step) => {
    const { code, stdout, stderr } = await verb(step);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toBe(step.split(' ').at(-1));
    expect(stdout).toContain('\nNot seen:\n');
  },
  'node dist/main.js report': isVerb.report,
  'node dist/main.js permissions': isPermissions,
  'npx cloudquery-source-aws-encryption report': isVerb.report,
  'npx cloudquery-source-aws-encryption permissions': isPermissions,
  psql: async (step) => {
    const env = { ...(await clientsEnvironment()), ...libpqEnvironment(world.connectionString) };
    expect(await runAsWritten(step, env)).toMatchObject({ code: 0, stderr: '' });
  },
  // test/e2e/npm-package.e2e.test.ts installs what `npm pack` makes into an empty folder.
  'npm install cloudquery-source-aws-encryption': async () => {
    const { name, dependencies } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8'));
    expect({ name, dependencies }).toEqual({
      name: 'cloudquery-source-aws-encryption',
      dependencies: undefined,
    });
  },
  ...proofsOfFiles,
};

/** The root's spec.yml, with the simulated AWS in AWS's place and our destination in the official one's. */
async function specAgainst(url: string): Promise<string> {
  const documents = parseAllDocuments(await readFile(join(checkout, 'spec.yml'), 'utf8'));
  const [source, destination] = documents.map((document) => document.toJS());
  source.spec.spec.custom_endpoint_url = url;
  // The simulated accounts have the role that AWS makes in each, and not that of deploy/cloudformation.
  source.spec.spec.org.member_role_name = 'OrganizationAccountAccessRole';
  const { version, ...spec } = destination.spec;
  destination.spec = { ...spec, registry: 'local', path: join(checkout, 'dist/demo/destination.js') };
  return `${stringify(source)}---\n${stringify(destination)}`;
}

const inOrder = steps.toSorted((a, b) => proofOf(a) - proofOf(b));
test.each(inOrder)('%s', async (step) => {
  const proof = Object.values(proofs)[proofOf(step)];
  if (proof === undefined) throw new Error('No test runs this command: add it to `proofs`, or take it away.');
  await proof(step);
});

test('there are commands in the README', () => {
  expect(steps.length).toBeGreaterThan(5);
});

test("the README's answer is the demo's", async () => {
  const [, query = ''] = /```sql\n(select account_name as owner, name as bucket[\s\S]*?)```/.exec(text) ?? [];
  const [, table = ''] = /\| owner .*\n\|[ -|]*\n((?:\|.*\n)+)/.exec(text) ?? [];
  const told = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, owner, bucket, , keyType, verdict]) => [owner, bucket, keyType, verdict]);
  const rows = await world.query(query);
  expect(told.length).toBeGreaterThan(3);
  const answered = rows.map((row) => [row.owner, row.bucket, row.key_type, row.cross_account_read]);
  expect(answered).toEqual(expect.arrayContaining(told));
});
