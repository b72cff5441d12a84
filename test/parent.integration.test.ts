import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pluginPath } from '../lab/organization-sync.ts';
import { eventually } from './eventually.ts';

/** As the CLI starts a plugin: a child that gets its pipe, and no word when it is killed. */
const starter = `
const { spawn } = require('node:child_process');
const [program, ...args] = process.argv.slice(1);
const child = spawn(program, ['serve', '--log-format=json', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
child.stdout.on('data', (text) => process.stdout.write(text.toString().replace(/^/gm, child.pid + ' ')));
`;

let folder: string;
const started: number[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-parent-'));
});
afterAll(async () => {
  for (const pid of started) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  await rm(folder, { recursive: true });
});

/** A parent and the plugin that it has started, once that listens. */
async function start(
  args: readonly string[],
): Promise<{ parent: ChildProcess; plugin: number; line: string }> {
  const parent = spawn(process.execPath, ['-e', starter, pluginPath, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: parent.stdout as NodeJS.ReadableStream });
  for await (const line of lines) {
    if (!line.includes('server running')) continue;
    const plugin = Number.parseInt(line, 10);
    started.push(plugin);
    return { parent, plugin, line };
  }
  throw new Error('the plugin did not start');
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function killed(parent: ChildProcess): Promise<void> {
  const gone = once(parent, 'exit');
  parent.kill('SIGKILL');
  await gone;
}

test('a plugin that its CLI has for itself ends after its death, one that is served for many stays', async () => {
  const socket = join(folder, 'plugin.sock');
  const own = await start(['--network=unix', `--address=${socket}`]);
  expect(JSON.parse(own.line.replace(/^\d+ /, ''))).toMatchObject({
    message: `server running on ${socket}`,
    module: 'aws-encryption-src',
  });
  const forMany = await start(['--network=tcp', '--address=127.0.0.1:0']);
  expect(forMany.line).toMatch(/server running on port: \d+/);
  // The one that stays is left alone first: by when the other one has ended it would have, too.
  await killed(forMany.parent);
  await killed(own.parent);
  await eventually(() => expect(isRunning(own.plugin)).toBe(false));
  expect(isRunning(forMany.plugin)).toBe(true);
});
