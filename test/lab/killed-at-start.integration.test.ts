import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { compile } from '../../lab/compile.ts';
import { runCommand } from '../../lab/sync.ts';

test('a plugin that the CLI itself killed, since it did not listen in time, is started again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-deaf-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  const plugin = await compile('test/lab/destination/scripted-source.ts', 'scripted-source');
  const path = join(folder, 'deaf');
  const lines = [
    '#!/bin/sh',
    // Whatever number of times one CLI tries: the first one never hears of it.
    `[ -e ${folder}/first ] || echo "$PPID" >${folder}/first`,
    `[ "$(cat ${folder}/first)" = "$PPID" ] && exec sleep 600`,
    `exec ${plugin} "$@"`,
  ];
  await writeFile(path, lines.join('\n'), { mode: 0o755 });
  const script = Buffer.from(JSON.stringify({ tables: [], steps: [] })).toString('base64');
  const source = { name: 'scripted', path, tables: ['*'], spec: { script } };
  const destinations = [{ name: 'none', path: plugin }];
  // Not the log: the CLI sometimes ends before it has read a plugin's last line, and calls that an error.
  const { code } = await runCommand('tables', { source, destinations });
  expect(warn).toHaveBeenCalled();
  expect(code).toBe(0);
});
