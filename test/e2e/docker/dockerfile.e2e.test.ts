import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkout } from '../../../lab/checkout.ts';
import { freePort } from '../../../lab/postgres/free-port.ts';
import { eventually } from '../../eventually.ts';
import { type BuiltStage, buildStages } from './build.ts';
import { commandOf, lastOf, parseDockerfile } from './dockerfile.ts';

/** The Dockerfile without a Docker engine: its steps are carried out in folders, its programs run as it says. */
const stages = parseDockerfile(await readFile(join(checkout, 'Dockerfile'), 'utf8'));
let image: BuiltStage;
let folder: string;
let running: ChildProcess | undefined;

beforeAll(async () => {
  const { folder: made, built } = await buildStages(stages);
  folder = made;
  image = built.at(-1) as BuiltStage;
});
afterAll(async () => {
  running?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const run = promisify(execFile);
/** As an image has it: nothing of this machine but the way to Node. */
const env = { PATH: process.env.PATH };

test('the image holds the plugin, its SQL and its licences, and neither node_modules nor a PostgreSQL', async () => {
  const files = (await readdir(image.root, { recursive: true })).sort();
  expect(files).toEqual(
    expect.arrayContaining(
      [
        'dist/main.js',
        'dist/third-party-licenses.txt',
        'dist/sbom.cdx.json',
        'sql/schema.sql',
        'LICENSE',
      ].map((name) => `plugin/${name}`),
    ),
  );
  expect(files.filter((name) => /node_modules|postgres\/|\.ts$/.test(name))).toEqual([]);
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(image.root, name))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(30_000_000);
});

test('it does not run as root, on the Node that .nvmrc asks for, which is pinned by its digest', async () => {
  const version = (await readFile(join(checkout, '.nvmrc'), 'utf8')).trim();
  expect(lastOf(image.stage, 'USER')).toBe('node');
  const bases = new Set(stages.map(({ image: base }) => base));
  expect([...bases]).toEqual([expect.stringMatching(/@sha256:[0-9a-f]{64}$/)]);
  expect([...bases][0]).toContain(`node:${version}-slim@`);
});

test('everything that is copied from the checkout passes .dockerignore', async () => {
  const passes = (await readFile(join(checkout, '.dockerignore'), 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  const copied = stages
    .flatMap(({ instructions }) => instructions)
    .filter(({ name, text }) => name === 'COPY' && !text.includes('--from'))
    .flatMap(({ text }) => text.split(/\s+/).slice(0, -1));
  expect([...new Set(copied)].sort()).toEqual(passes.sort());
});

test('its entry point serves, its health check sees that, and it ends on the signal of `docker stop`', async () => {
  const port = String(await freePort());
  const at = (command: readonly string[]) => command.map((word) => word.replace('7777', port));
  const [program = '', ...args] = [
    ...commandOf(image.stage, 'ENTRYPOINT'),
    ...at(commandOf(image.stage, 'CMD')),
  ];
  const [checker = '', ...checkArgs] = at(commandOf(image.stage, 'HEALTHCHECK'));
  const check = () => run(join(image.workdir, checker), checkArgs, { cwd: image.workdir, env });

  await expect(check()).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No plugin answers'),
  });
  const plugin = spawn(join(image.workdir, program), args, { cwd: image.workdir, env, stdio: 'ignore' });
  running = plugin;
  await eventually(async () => expect((await check()).stdout).toBe('aws-encryption\n'));
  const ended = new Promise((resolve) => plugin.once('exit', resolve));
  plugin.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('the port that it says it exposes is the one that it serves on and checks', () => {
  expect(lastOf(image.stage, 'EXPOSE')).toBe('7777');
  expect(commandOf(image.stage, 'CMD')).toContain('0.0.0.0:7777');
  expect(commandOf(image.stage, 'HEALTHCHECK')).toContain('localhost:7777');
});
