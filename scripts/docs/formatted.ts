import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pMap from 'p-map';
import { checkout, type GeneratedFile } from './files.ts';

const biome = join(checkout, 'node_modules/.bin/biome');

/** As the project's formatter would have them, so that `npm run check` finds nothing in them. */
export function formatted(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  return pMap(files, async ({ path, text }) => ({ path, text: await format(path, text) }), {
    concurrency: 4,
  });
}

async function format(path: string, text: string): Promise<string> {
  const running = promisify(execFile)(biome, ['format', `--stdin-file-path=${path}`], { cwd: checkout });
  running.child.stdin?.end(text);
  return (await running).stdout;
}
