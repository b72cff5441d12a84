/** Generations in ascending order, each once. */
export type GenerationSet = readonly number[];

export const noGenerations: GenerationSet = [];

export const union = (...sets: readonly GenerationSet[]): GenerationSet =>
  [...new Set(sets.flat())].toSorted((a, b) => a - b);

export const without = (set: GenerationSet, generation: number): GenerationSet =>
  set.filter((each) => each !== generation);

/** As page ranges, `3,5-9`: a scope that fails for a year costs a few characters. */
export function formatGenerations(set: GenerationSet): string {
  const ranges: [number, number][] = [];
  for (const generation of set) {
    const last = ranges.at(-1);
    if (last?.[1] === generation - 1) last[1] = generation;
    else ranges.push([generation, generation]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

/** Above this a set is damaged, not long. */
const longestSet = 1_000_000;

/** The opposite of `formatGenerations`; null for any other text. */
export function parseGenerations(text: string): GenerationSet | null {
  const set: number[] = [];
  for (const range of text === '' ? [] : text.split(',')) {
    const [, from, to = from] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(range) ?? [];
    const length = Number(to) - Number(from);
    if (from === undefined || length < 0 || length > longestSet) return null;
    for (let generation = Number(from); generation <= Number(to); generation++) set.push(generation);
  }
  return set.every((generation, index) => index === 0 || generation > (set[index - 1] as number))
    ? set
    : null;
}
