import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mutant } from './mutants.ts';

/** Inside of the project, so that packages are found. */
const copy = 'build/mutate-types';

/** Those of the mutants that the compiler accepts: it would stop the others before any test does. */
export async function compiling(mutants: readonly Mutant[]): Promise<readonly Mutant[]> {
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  await cp('src', join(copy, 'src'), { recursive: true });
  await cp('package.json', join(copy, 'package.json'));
  const config = { extends: '../../tsconfig.json', compilerOptions: { incremental: true }, include: ['src'] };
  await writeFile(join(copy, 'tsconfig.json'), JSON.stringify(config));
  if (!compiles()) throw new Error('The sources do not compile: run `npm run check`.');

  const accepted: Mutant[] = [];
  for (const mutant of mutants) {
    const path = join(copy, mutant.file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, mutant.start) + mutant.replacement + text.slice(mutant.end));
    if (compiles()) accepted.push(mutant);
    await writeFile(path, text);
  }
  return accepted;
}

const compiles = (): boolean => spawnSync('npx', ['tsc', '-p', copy], { stdio: 'ignore' }).status === 0;
