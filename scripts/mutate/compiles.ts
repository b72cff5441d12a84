import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mutant } from './mutants.ts';

/** Inside of the project, so that packages are found; of this run alone. */
const copy = `build/mutate-types-${process.pid}`;

/** What only tidiness asks for does not count. */
const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false };

/**
 * Those of the mutants that the compiler accepts: it would stop the others before any test does. All of them at once,
 * each as a file of its own beside the one that it is of.
 */
export async function compiling(mutants: readonly Mutant[]): Promise<readonly Mutant[]> {
  await mkdir(copy, { recursive: true });
  await cp('src', join(copy, 'src'), { recursive: true });
  await cp('package.json', join(copy, 'package.json'));
  const config = { extends: '../../tsconfig.json', compilerOptions, include: ['src'] };
  await writeFile(join(copy, 'tsconfig.json'), JSON.stringify(config));

  for (const { id, file, start, end, replacement } of mutants) {
    const text = await readFile(file, 'utf8');
    const mutated = text.slice(0, start) + replacement + text.slice(end);
    await writeFile(join(copy, file.replace(/\.ts$/, `.mutant-${id}.ts`)), mutated);
  }
  const { stdout } = spawnSync('npx', ['tsc', '-p', copy, '--pretty', 'false'], { encoding: 'utf8' });
  await rm(copy, { recursive: true });
  const errors = stdout.split('\n').filter((line) => /error TS/.test(line));
  const elsewhere = errors.find((line) => !line.includes('.mutant-'));
  if (elsewhere !== undefined) throw new Error(`The sources do not compile: ${elsewhere}`);
  const refused = new Set(errors.flatMap((line) => /\.mutant-(\d+)\.ts/.exec(line)?.[1] ?? []));
  return mutants.filter(({ id }) => !refused.has(id));
}
