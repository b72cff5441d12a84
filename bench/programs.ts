/** A build of the plugin that is measured. */
export interface Program {
  readonly name: 'this build' | 'baseline';
  readonly path: string;
}

const candidate: Program = { name: 'this build', path: 'dist/main.js' };

/** This build and, where another is to be compared, that one, too. */
export function programs(baseline: string | null): readonly Program[] {
  return baseline === null ? [candidate] : [{ name: 'baseline', path: baseline }, candidate];
}

/** What a run of a program costs, as it is compared. */
interface Cost {
  readonly seconds: number;
  readonly 'CPU µs a call': number;
}

/**
 * One line for each program. Where there are two, each runs twice, in turns, and the quicker run counts: whatever else
 * the machine does then strikes both alike. The last line is this build divided by the baseline.
 */
export async function inTurns<C extends Cost>(
  measured: readonly Program[],
  measure: (program: Program) => Promise<C>,
): Promise<object[]> {
  const [first, second] = measured;
  if (first === undefined) return [];
  if (second === undefined) return [await measure(first)];
  const runs = [
    await measure(first),
    await measure(second),
    await measure(second),
    await measure(first),
  ] as const;
  const baseline = quicker(runs[0], runs[3]);
  const candidate = quicker(runs[1], runs[2]);
  return [
    { build: first.name, ...baseline },
    { build: second.name, ...candidate },
    { build: 'quotient', ...quotient(candidate, baseline) },
  ];
}

const quicker = <C extends Cost>(one: C, other: C): C => (one.seconds <= other.seconds ? one : other);

/** Of what is measured, not of goals; names are left out. */
function quotient(candidate: object, baseline: object): Record<string, unknown> {
  const before = new Map<string, unknown>(Object.entries(baseline));
  return Object.fromEntries(
    Object.entries(candidate).map(([column, after]) => {
      const then = before.get(column);
      const isMeasured = typeof after === 'number' && typeof then === 'number' && !column.includes('goal');
      return [column, isMeasured && then !== 0 ? after / then : ''];
    }),
  );
}
