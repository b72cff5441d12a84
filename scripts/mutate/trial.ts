import type { Mutant } from './mutants.ts';
import { planner } from './plan.ts';
import type { Verdict } from './results.ts';
import { TestThread } from './threads.ts';

export interface Trial {
  /** The bundle of the tests (`bundleTests`). */
  readonly bundle: string;
  /** The test files in it. */
  readonly testFiles: readonly string[];
  readonly imports: (testFile: string, file: string) => boolean;
  /** Milliseconds on the clock of `performance.now()` after which no mutant is begun. */
  readonly until: number;
}

/**
 * Runs the tests against each mutant.
 * @param onTried after each mutant
 * @throws when a test fails without any mutant
 */
export async function tryMutants(
  mutants: readonly Mutant[],
  { bundle, testFiles, imports, until }: Trial,
  onTried: (mutant: Mutant, verdict: Verdict) => void,
): Promise<void> {
  const threads = [new TestThread(bundle), new TestThread(bundle)] as const;
  try {
    const planOf = planner(await undisturbed(threads[0], testFiles), imports);
    const waiting = mutants.values();
    const work = async (thread: TestThread): Promise<void> => {
      for (const mutant of waiting) {
        if (performance.now() > until) return;
        const { order, milliseconds } = planOf(mutant);
        const { failed } = await thread.run(order, 60_000 + 30 * milliseconds);
        onTried(mutant, { survived: failed === null, file: failed?.file ?? null });
      }
    };
    await Promise.all(threads.map(work));
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

async function undisturbed(thread: TestThread, testFiles: readonly string[]) {
  const files = new Map(testFiles.map((path) => [path, null]));
  const outcome = await thread.run({ mutant: null, files, hitLimit: 0 }, 1_800_000);
  const { failed } = outcome;
  if (failed !== null) throw new Error(`Without a mutant a test fails: ${failed.file ?? ''}: ${failed.what}`);
  return outcome;
}
