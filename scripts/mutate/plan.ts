import type { Mutant } from './mutants.ts';
import type { Order, Outcome, TestRun } from './order.ts';

export interface Plan {
  /** The tests that can notice the mutant: those named like its file first, then those of the quickest files. */
  readonly order: Order;
  /** What they took without a mutant. */
  readonly milliseconds: number;
}

/**
 * Which tests can notice a mutant, by a run without one: those that reach it; those of a file that reaches it when it is
 * read; all that import its file, when it is reached as modules are loaded.
 */
export function planner(
  { hits, loading, reading, tests }: Outcome,
  imports: (testFile: string, file: string) => boolean,
): (mutant: Pick<Mutant, 'id' | 'file'>) => Plan {
  const files = new Map<string, [string, TestRun][]>();
  for (const [id, test] of tests) files.set(test.file, [...(files.get(test.file) ?? []), [id, test]]);
  const millisecondsOf = (ids: Iterable<string>) =>
    [...ids].reduce((sum, id) => sum + (tests.get(id)?.milliseconds ?? 0), 0);
  return ({ id: mutant, file: mutated }) => {
    const chosen = [...files].flatMap(([file, ofFile]) => {
      const all = (loading.has(mutant) && imports(file, mutated)) || reading.get(file)?.has(mutant);
      const ids = ofFile.filter(([, { reached }]) => all || reached.has(mutant)).map(([id]) => id);
      if (ids.length === 0) return [];
      return [{ file, ids: all ? null : new Set(ids), milliseconds: millisecondsOf(ids) }];
    });
    const isOwn = (test: string) => stemOf(test) === stemOf(mutated);
    chosen.sort(
      (one, other) =>
        Number(isOwn(other.file)) - Number(isOwn(one.file)) || one.milliseconds - other.milliseconds,
    );
    return {
      order: {
        mutant,
        files: new Map(chosen.map(({ file, ids }) => [file, ids])),
        hitLimit: 1000 + 100 * (hits.get(mutant) ?? 0),
      },
      milliseconds: chosen.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    };
  };
}

/** The name of a file without its folders and endings. */
const stemOf = (path: string): string => path.replace(/^.*\//, '').replace(/\..*$/, '');
