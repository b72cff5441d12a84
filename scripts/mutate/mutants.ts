import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Instrumenter } from '@stryker-mutator/instrumenter';

/** One small wrong change of one file. */
export interface Mutant {
  /** Numbers the mutant within one run. */
  readonly id: string;
  readonly file: string;
  /** Counts from 1. */
  readonly lineNumber: number;
  /** Offsets of what is replaced in the file's text. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly change: Change;
}

/** What is changed, in words that hold when files move or lines shift. */
export interface Change {
  /** The line, or the first of them. */
  readonly line: string;
  readonly was: string;
  readonly became: string;
}

export interface Mutation {
  /** The text of each file with all its mutants in it; it asks free functions which one is active (switches.ts). */
  readonly switched: ReadonlyMap<string, string>;
  readonly mutants: readonly Mutant[];
}

const silent = () => {};
const logger = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
};

/** Every mutant that Stryker's mutators know for the files. */
export async function mutate(paths: readonly string[]): Promise<Mutation> {
  const texts = new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)),
  );
  const files = [...texts].map(([name, content]) => ({ name, content, mutate: true }));
  const { files: switched, mutants } = await new Instrumenter(logger).instrument(files, {
    plugins: null,
    ignorers: [],
    excludedMutations: [],
    noHeader: true,
  });
  return {
    switched: new Map(switched.map(({ name, content }) => [name, content])),
    mutants: mutants.map(({ id, fileName, location, replacement }) => {
      const text = texts.get(fileName) ?? '';
      const start = offsetOf(text, location.start);
      const end = offsetOf(text, location.end);
      const line = text.split('\n')[location.start.line] ?? '';
      const change = {
        line: oneLine(line),
        was: oneLine(text.slice(start, end)),
        became: oneLine(replacement),
      };
      return { id, file: fileName, lineNumber: location.start.line + 1, start, end, replacement, change };
    }),
  };
}

/** Stryker's positions count lines from 0. */
function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  let offset = 0;
  for (let passed = 0; passed < line; passed += 1) offset = text.indexOf('\n', offset) + 1;
  return offset + column;
}

const oneLine = (text: string): string => {
  const collapsed = text.replace(/\s+/g, ' ').trim();
  return collapsed.length > 160 ? `${collapsed.slice(0, 159)}…` : collapsed;
};

/** Names a change, the same for equal changes in several places. */
export const nameOf = ({ line, was, became }: Change): string => JSON.stringify([line, was, became]);

/**
 * `count` of the mutants, the same ones for a seed as long as the changed lines stay as they are: files may move, and
 * what is added elsewhere pushes out only as many as it brings.
 */
export function sample(mutants: readonly Mutant[], seed: number, count: number): readonly Mutant[] {
  const occurrences = new Map<string, number>();
  const drawn = mutants.map((mutant) => {
    const name = nameOf(mutant.change);
    const occurrence = (occurrences.get(name) ?? 0) + 1;
    occurrences.set(name, occurrence);
    return { mutant, lot: createHash('sha256').update(`${seed} ${occurrence} ${name}`).digest('hex') };
  });
  return drawn
    .sort((one, other) => (one.lot < other.lot ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
}
