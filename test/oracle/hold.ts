import fc from '../random.ts';
import type { Comparison } from './comparison.ts';
import { GridTooLarge } from './grid.ts';
import { type Features, mixOf, ofDocuments } from './mix.ts';
import { shrunk } from './shrink.ts';

/**
 * Random worlds of one sort, held against the evaluator. The seed is fixed, so that every run is the same. To hunt with
 * other worlds: `ORACLE_SEED=7 ORACLE_RUNS=20000 npx vitest run --project long test/oracle`, where ORACLE_RUNS is the
 * number of worlds of each sort.
 */
const usualSeed = 20261128;

export interface Report {
  /** Wrong answers: at most five, each with the smallest world that shows it. */
  readonly wrong: readonly string[];
  /** Share of "unknown" among the answers for which AWS tells all that decides. */
  readonly unknown: number;
  readonly mix: ReturnType<typeof mixOf>;
  /** Share of worlds with too large a grid. */
  readonly skipped: number;
  /** Seed, numbers and mix in words. */
  readonly text: string;
}

export function hold<T>(
  sort: string,
  worlds: fc.Arbitrary<T>,
  runs: number,
  compare: (world: T) => readonly Comparison[],
  features: Features = ofDocuments,
  ownSeed = usualSeed,
): Report {
  const seed = Number(process.env.ORACLE_SEED ?? ownSeed);
  const sample = fc.sample(worlds, { seed, numRuns: Number(process.env.ORACLE_RUNS ?? runs) });
  const found: { world: T; text: string }[] = [];
  const total = { told: 0, unknown: 0, leaning: 0, skipped: 0 };
  for (const world of sample) {
    const comparisons = compared(world, compare);
    if (comparisons === null) total.skipped += 1;
    for (const { wrong, told, unknown, leaning } of comparisons ?? []) {
      found.push(...wrong.map((text) => ({ world, text })));
      total.told += told;
      total.unknown += unknown;
      total.leaning += leaning;
    }
  }
  const unknown = total.unknown / total.told;
  const mix = mixOf(sample, features);
  return {
    wrong: firstOfEach(found).map(({ world, text }) => {
      const still = (less: T): boolean =>
        compared(less, compare)?.some(({ wrong }) => wrong.includes(text)) ?? false;
      return `${text} (seed ${seed}): ${JSON.stringify(shrunk(world, still))}`;
    }),
    unknown,
    mix,
    skipped: total.skipped / sample.length,
    text: [
      `${sort}: ${sample.length} worlds of seed ${seed}, ${found.length} wrong answers,`,
      `unknown in ${percent(unknown)} of ${total.told} that AWS tells, ${total.leaning} by one reading of several.`,
      `Mix: ${mix.map(({ name, share }) => `${name} ${percent(share)}`).join(', ')}.`,
    ].join(' '),
  };
}

function compared<T>(world: T, compare: (world: T) => readonly Comparison[]): readonly Comparison[] | null {
  try {
    return compare(world);
  } catch (error) {
    if (error instanceof GridTooLarge) return null;
    throw error;
  }
}

/** Five wrong answers, of as many kinds as there are: the same words about other accounts are one kind. */
function firstOfEach<T>(found: readonly { world: T; text: string }[]): readonly { world: T; text: string }[] {
  const kinds = new Map(found.toReversed().map((one) => [one.text.replace(/\d{12}/g, ''), one]));
  return [...kinds.values()].slice(0, 5);
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
