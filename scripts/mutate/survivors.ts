import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Change, type Mutant, nameOf } from './mutants.ts';

/** A mutant that no test can or need kill, and why. */
export interface ListedSurvivor extends Change {
  readonly reason: string;
}

const listed = z.record(
  z.string(),
  z.array(
    z.strictObject({ line: z.string(), was: z.string(), became: z.string(), reason: z.string().min(20) }),
  ),
);

/** The survivors that are listed for a role. */
export async function listedSurvivors(path: string, role: string): Promise<readonly ListedSurvivor[]> {
  return listed.parse(JSON.parse(await readFile(path, 'utf8')))[role] ?? [];
}

export interface Comparison {
  readonly unlisted: readonly Mutant[];
  /** Listed, and among the mutants of this run, but killed. */
  readonly outdated: readonly ListedSurvivor[];
}

/** Holds what survived against the list; an entry stands for one mutant. */
export function compare(
  survivors: readonly Mutant[],
  tried: readonly Mutant[],
  listed: readonly ListedSurvivor[],
): Comparison {
  const open = listed.map((entry) => ({ entry, name: nameOf(entry) }));
  const unlisted = survivors.filter(({ change }) => {
    const index = open.findIndex(({ name }) => name === nameOf(change));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  const names = new Set(tried.map(({ change }) => nameOf(change)));
  return { unlisted, outdated: open.filter(({ name }) => names.has(name)).map(({ entry }) => entry) };
}
