import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { checkCycloneDx } from '../../lab/linters.ts';
import manifest from '../../package.json' with { type: 'json' };
import { type Ended, runProgram } from './run-program.ts';

/** What the workflow of a release runs, one by one; Docker, npm's publishing and the Hub are stood for. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-release-'));
  await mkdir(join(folder, 'programs'));
});
afterEach(() => rm(folder, { recursive: true }));

function run(program: string, args: readonly string[], cwd = checkout): Promise<Ended> {
  const env = {
    ...process.env,
    PATH: `${join(folder, 'programs')}:${process.env.PATH}`,
    LOG: join(folder, 'log'),
  };
  return runProgram(program, args, { cwd, env });
}

const script = (name: string, ...args: readonly string[]): Promise<Ended> =>
  run(join(checkout, 'scripts/release', name), args);

/** A program of this name that writes its arguments to a log, one a line, and then does `more`. */
async function standIn(name: string, more = ''): Promise<void> {
  const path = join(folder, 'programs', name);
  await writeFile(path, `#!/bin/sh\nprintf '%s\\n' "${name}" "$@" >>"$LOG"\n${more}\n`);
  await chmod(path, 0o755);
}

const logged = async (): Promise<string[]> => (await readFile(join(folder, 'log'), 'utf8')).split('\n');

/** The scripts with the two files that they read of a version, as after a changelog that names it. */
async function releasedCheckout(changelog: string): Promise<string> {
  const copy = join(folder, 'checkout');
  await cp(join(checkout, 'scripts/release'), join(copy, 'scripts/release'), { recursive: true });
  await writeFile(
    join(copy, 'package.json'),
    JSON.stringify({ name: 'it', version: '1.2.3', license: 'MIT' }),
  );
  await writeFile(join(copy, 'CHANGELOG.md'), changelog);
  return copy;
}

test.each([
  ['v1.2.3', '## [1.2.3]\n', 0, ''],
  ['v1.2.4', '## [1.2.3]\n', 1, 'package.json says 1.2.3: its tag is v1.2.3, not v1.2.4.\n'],
  [
    'v1.2.3',
    '## [Unreleased]\n',
    1,
    'CHANGELOG.md has no heading "## [1.2.3]": name what is under "Unreleased" so.\n',
  ],
])('version.sh: %s with %j', async (tag, changelog, code, stderr) => {
  const copy = await releasedCheckout(changelog);
  expect(await run(join(copy, 'scripts/release/version.sh'), [tag])).toEqual({ code, stdout: '', stderr });
});

test('notes.sh: what the changelog says of this version, and no more', async () => {
  const copy = await releasedCheckout(
    '## [Unreleased]\n\nlater\n\n## [1.2.3]\n\n- this\n\n## [1.2.2]\n\n- that\n',
  );
  const { stdout } = await run(join(copy, 'scripts/release/notes.sh'), []);
  expect(stdout).toBe('\n- this\n\n');
});

test('archive.sh: a program that runs, bills of materials, and checksums that hold', async () => {
  const target = join(folder, 'release');
  expect(await script('archive.sh', target)).toMatchObject({ code: 0, stderr: '' });
  const name = `${manifest.name}-${manifest.version}`;
  const files = [
    `${name}.tar.gz`,
    `${name}.sbom.cdx.json`,
    `${name}.demo.sbom.cdx.json`,
    `${name}.build.sbom.cdx.json`,
  ];
  expect((await readdir(target)).sort()).toEqual(['SHA256SUMS', ...files].sort());
  expect(await run('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], target)).toMatchObject({
    code: 0,
  });
  expect(await checkCycloneDx(join(target, `${name}.build.sbom.cdx.json`))).toBe('');
  await run('tar', ['--extract', '--file', join(target, `${name}.tar.gz`)], folder);
  const version = await run(join(folder, name, 'dist/main.js'), ['--version'], folder);
  expect(version.stdout).toBe(`${manifest.version}\n`);
  expect(await readdir(join(folder, name, 'sql'))).toContain('views');
  const again = join(folder, 'again');
  await script('archive.sh', again);
  const archive = `${name}.tar.gz`;
  expect(await readFile(join(again, archive))).toEqual(await readFile(join(target, archive)));
});

test('image.sh: both platforms, labels, provenance and bill of materials; prints the digest', async () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const keep = `while [ $# -gt 0 ]; do [ "$1" = --metadata-file ] && echo '{"containerimage.digest":"${digest}"}' >"$2"; shift; done`;
  await standIn('docker', keep);
  const { code, stdout } = await script('image.sh', 'ghcr.io/o/n', 'https://example.com/o/n');
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${digest}\n` });
  const args = await logged();
  expect(args.slice(0, 4)).toEqual(['docker', 'buildx', 'build', '.']);
  expect(args).toEqual(
    expect.arrayContaining([
      'linux/amd64,linux/arm64',
      '--push',
      '--sbom=true',
      '--provenance=mode=max',
      `ghcr.io/o/n:${manifest.version}`,
      `org.opencontainers.image.version=${manifest.version}`,
      'org.opencontainers.image.licenses=MPL-2.0',
      'org.opencontainers.image.source=https://example.com/o/n',
      `org.opencontainers.image.description=${manifest.description}`,
      expect.stringMatching(/^org\.opencontainers\.image\.revision=[0-9a-f]{40}$/),
      expect.stringMatching(/^index:org\.opencontainers\.image\.created=\d{4}-/),
    ]),
  );
});

test('npm.sh: names the repository, and publishes with provenance', async () => {
  await standIn('npm');
  expect(await script('npm.sh', 'https://example.com/o/n', '--dry-run')).toMatchObject({ code: 0 });
  expect((await logged()).join(' ').trim()).toBe(
    'npm pkg set repository.type=git repository.url=git+https://example.com/o/n.git ' +
      'npm publish --provenance --access public --ignore-scripts --dry-run',
  );
});

test('hub.sh: packages this version, and uploads a draft', async () => {
  await standIn('docker', 'if [ "$1" = save ]; then echo "$4" > "$3"; fi');
  await standIn('cloudquery');
  expect(await script('hub.sh')).toMatchObject({ code: 0 });
  const args = (await logged()).join(' ');
  expect(args).toContain('cloudquery plugin publish -D build/hub --no-log-file');
  expect(args).not.toMatch(/publish .* (?:-f|--finalize)\b/);
  const packed = JSON.parse(await readFile(join(checkout, 'build/hub/package.json'), 'utf8'));
  expect(packed).toMatchObject({ version: `v${manifest.version}`, package_type: 'docker' });
});
