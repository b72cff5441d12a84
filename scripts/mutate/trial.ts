import type { Mutant } from './mutants.ts';
import { planner } from './plan.ts';
import { TestThread } from './threads.ts';

const threadCount = 2;

/**
 * Runs the tests against each mutant; those that no test notices are its answer.
 * @param bundle of the tests (`bundleTests`), and the test files in it
 * @param onTried after each mutant
 * @throws when a test fails without any mutant
 */
export async function survivorsOf(
  mutants: readonly Mutant[],
  bundle: string,
  testFiles: readonly string[],
  onTried: (mutant: Mutant, survived: boolean) => void,
): Promise<ReadonlySet<Mutant>> {
  const threads = Array.from({ length: threadCount }, () => new TestThread(bundle));
  try {
    const planOf = planner(await undisturbed(threads, testFiles));
    const survivors = new Set<Mutant>();
    const waiting = mutants.values();
    const work = async (thread: TestThread): Promise<void> => {
      for (const mutant of waiting) {
        const { order, milliseconds } = planOf(mutant.id);
        const outcome = await thread.run(order, 10_000 + 5 * milliseconds);
        const survived = outcome !== null && outcome.failed === null;
        if (survived) survivors.add(mutant);
        onTried(mutant, survived);
      }
    };
    await Promise.all(threads.map(work));
    return survivors;
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

async function undisturbed([thread]: readonly TestThread[], testFiles: readonly string[]) {
  const files = new Map(testFiles.map((path) => [path, null]));
  const outcome = await thread?.run({ mutant: null, files, hitLimit: 0 }, 600_000);
  if (outcome == null) throw new Error('Without a mutant the tests did not end in ten minutes.');
  if (outcome.failed !== null) throw new Error(`Without a mutant a test fails: ${outcome.failed}.`);
  return outcome;
}
