import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { pluginPath } from '../../lab/organization-sync.ts';
import manifest from '../../package.json' with { type: 'json' };
import { tables } from '../../src/tables/index.ts';
import { type Ended, runProgram } from './run-program.ts';

const version = `v${manifest.version}`;
let folder: string;
/** All of PATH: Node, and what a test puts beside it. */
let programs: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-package-'));
  programs = join(folder, 'programs');
  await mkdir(programs);
  for (const [name, path] of [
    ['node', process.execPath],
    ['sh', '/bin/sh'],
    ['env', '/usr/bin/env'],
  ] as const) {
    await symlink(path, join(programs, name));
  }
});
afterEach(() => rm(folder, { recursive: true }));

/** `dist/main.js package` into `<folder>/package`. */
function pack(...args: readonly string[]): Promise<Ended> {
  const all = ['package', '-m', 'First version', '-D', join(folder, 'package'), ...args];
  return runProgram(pluginPath, all, { cwd: checkout, env: { PATH: programs } });
}

const packed = async (name: string) => JSON.parse(await readFile(join(folder, 'package', name), 'utf8'));

async function dockerThat(script: string): Promise<void> {
  await writeFile(join(programs, 'docker'), `#!/bin/sh\n${script}\n`);
  await chmod(join(programs, 'docker'), 0o755);
}

test('without Docker: documentation and tables are written, and one sentence says what is missing', async () => {
  const { code, stderr } = await pack(version, '.');
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    'docs and tables.json are written, but no image was built and no package.json written: `docker buildx` could not be run (there is no docker on PATH). Start a Docker engine and run this again.',
  ]);
  expect((await readdir(join(folder, 'package'))).sort()).toEqual(['docs', 'tables.json']);
  const written: { name: string; description: string }[] = await packed('tables.json');
  expect(written.map(({ name }) => name)).toEqual(tables.map(({ name }) => name));
  for (const { description } of written) expect(description).not.toBe('');
  expect(await readdir(join(folder, 'package/docs'))).toEqual(
    expect.arrayContaining(['overview.md', '_configuration.md', '_authentication.md', 'tables']),
  );
});

test('with Docker, but no engine: the sentence says what Docker said', async () => {
  await dockerThat('echo "Cannot connect to the Docker daemon" >&2; exit 1');
  const { code, stderr } = await pack(version, '.');
  expect(code).toBe(1);
  expect(stderr).toContain('(Cannot connect to the Docker daemon)');
});

test('with something in the place of Docker: the package is whole', async () => {
  await dockerThat('if [ "$1" = save ]; then echo "$4" > "$3"; fi');
  const { code } = await pack(version, '.');
  expect(code).toBe(0);
  expect(await packed('package.json')).toMatchObject({
    schema_version: 1,
    name: 'aws-encryption',
    kind: 'source',
    version,
    message: 'First version',
    protocols: [3],
    package_type: 'docker',
    supported_targets: [
      { os: 'linux', arch: 'amd64', checksum: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { os: 'linux', arch: 'arm64', checksum: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ],
  });
});

test.each(['v9.9.9', 'latest'])('only the version of package.json can be packaged: not %s', async (other) => {
  const { code, stderr } = await pack(other, '.');
  expect(code).toBe(1);
  expect(stderr).toContain(`This is ${version}, not ${other}: the version is the one in package.json.`);
});
