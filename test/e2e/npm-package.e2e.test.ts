import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cacheFolder, checkout } from '../../lab/checkout.ts';
import { cloudqueryCli } from '../../lab/cloudquery.ts';
import { freePort } from '../../lab/postgres/free-port.ts';
import manifest from '../../package.json' with { type: 'json' };
import { eventually } from '../eventually.ts';
import { type KeptDemo, keptDemo } from './kept-demo.ts';
import { type Ended, runProgram } from './run-program.ts';

/** The package as `npm install` brings it to an empty folder: no checkout, no other package. */
let folder: string;
let path: string;
let kept: KeptDemo | undefined;
let served: ChildProcess | undefined;

function run(program: string, args: readonly string[], cwd = folder): Promise<Ended> {
  // The cache of the demo is kept with the checkout's, so that what it fetches is fetched once.
  const env = { ...process.env, PATH: path, XDG_CACHE_HOME: cacheFolder };
  return runProgram(program, args, { cwd, env });
}

/** The executable that npm links: what `npx cloudquery-source-aws-encryption` starts. */
const installed = (...args: readonly string[]): Promise<Ended> =>
  run(join(folder, 'node_modules/.bin', manifest.name), args);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-npm-'));
  path = `${dirname(await cloudqueryCli())}:${process.env.PATH}`;
  // dist/ is built, and may be in use by other tests: `prepack` would build it again.
  const packed = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], checkout);
  const archive = join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
  const options = ['--offline', '--no-audit', '--no-fund', '--prefix', folder];
  expect(await run('npm', ['install', ...options, archive])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  served?.kill('SIGKILL');
  if (kept !== undefined) await run('/bin/sh', ['-c', kept.stop]);
  await rm(folder, { recursive: true, force: true });
});

test('it brings nothing but itself', async () => {
  const names = await readdir(join(folder, 'node_modules'));
  expect(names.filter((name) => !name.startsWith('.'))).toEqual([manifest.name]);
  const files = await readdir(join(folder, 'node_modules', manifest.name));
  expect(files.sort()).toEqual(['LICENSE', 'README.md', 'dist', 'docs', 'package.json', 'sql']);
});

test('demo --keep: shows the organization, and leaves a database to ask', async () => {
  const { code, stdout, stderr } = await installed('demo', '--keep');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`stays in ${join(cacheFolder, manifest.name)}.`);
  kept = keptDemo(stdout);
});

test('views, check and report answer from that database', async () => {
  const connection = ['--connection', kept?.connection ?? ''];
  expect(await installed('views', ...connection)).toMatchObject({ code: 0, stderr: '' });
  const checked = await installed('check', ...connection, '--threshold', 'high');
  expect(checked).toMatchObject({ code: 1, stderr: '' });
  expect(checked.stdout).toContain('aws-managed-key-on-shared-bucket');
  const page = join(folder, 'posture.html');
  expect(await installed('report', ...connection, '--output', page)).toMatchObject({ code: 0, stderr: '' });
  expect(await readFile(page, 'utf8')).toContain('<html');
});

test('serve: listens, and `health` sees it', async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const program = join(folder, 'node_modules/.bin', manifest.name);
  served = spawn(program, ['serve', '--address', address], { cwd: folder, stdio: 'ignore' });
  await eventually(async () =>
    expect(await installed('health', '--address', address)).toMatchObject({ code: 0 }),
  );
  served.kill('SIGTERM');
  expect(await once(served, 'exit')).toEqual([0, null]);
});

test('of the licences of what is bundled for the demo, too, there is a notice', async () => {
  const demo = join(folder, 'node_modules', manifest.name, 'dist/demo');
  const { components } = JSON.parse(await readFile(join(demo, 'sbom.cdx.json'), 'utf8'));
  const notices = await readFile(join(demo, 'third-party-licenses.txt'), 'utf8');
  expect(components.length).toBeGreaterThan(5);
  for (const { name, version } of components) expect(notices).toContain(`${name} ${version} (`);
});
