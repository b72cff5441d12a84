import fc from '../random.ts';
import { GridTooLarge } from './grid.ts';

const seed = Number(process.env.ORACLE_SEED ?? 20261130);

/** Random worlds of one sort, and what is wrong with what is proposed for each: a sentence each, with its world. */
export function holdFixes<T>(
  worlds: fc.Arbitrary<T>,
  runs: number,
  wrongIn: (world: T) => readonly string[],
): readonly string[] {
  const sample = fc.sample(worlds, { seed, numRuns: Number(process.env.ORACLE_RUNS ?? runs) });
  return sample.flatMap((world) => {
    try {
      return wrongIn(world).map((text) => `${text} (seed ${seed}): ${JSON.stringify(world)}`);
    } catch (error) {
      // The grid of the world has too many points.
      if (error instanceof GridTooLarge) return [];
      throw error;
    }
  });
}
