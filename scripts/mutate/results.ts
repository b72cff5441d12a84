import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Mutant } from './mutants.ts';
import { nameOf } from './mutants.ts';

/** What became of one mutant. */
export interface Verdict {
  readonly survived: boolean;
  /** The test file that noticed it; null when none did, or when the tests hung. */
  readonly file: string | null;
}

/** A verdict, with what it rests on. */
interface Kept extends Verdict {
  /** Of a mutant that survived: all sources and tests. Of one that was killed: its file, and the test that noticed it. */
  readonly texts: string;
}

/**
 * What earlier runs found, so that one that was stopped goes on and a changed test costs no run of everything: a mutant
 * stays killed while its file and the test file that noticed it are the same, and survives only with the very same texts.
 */
export class Results {
  readonly #path: string;
  readonly #textOf: (file: string) => string;
  readonly #bundle: string;
  readonly #kept: Map<string, Kept>;

  private constructor(
    path: string,
    bundle: string,
    textOf: (file: string) => string,
    kept: Map<string, Kept>,
  ) {
    this.#path = path;
    this.#bundle = bundle;
    this.#textOf = textOf;
    this.#kept = kept;
  }

  /** @param textOf the text of a source or test */
  static async open(path: string, bundle: string, textOf: (file: string) => string): Promise<Results> {
    const text = await readFile(path, 'utf8').catch(() => '{}');
    return new Results(path, bundle, textOf, new Map(Object.entries(JSON.parse(text))));
  }

  /** Undefined when it has to be tried. */
  find(mutant: Mutant): Verdict | undefined {
    const kept = this.#kept.get(keyOf(mutant));
    return kept !== undefined && kept.texts === this.#textsOf(mutant, kept) ? kept : undefined;
  }

  /** Writes it at once: a run may be stopped at any time. */
  add(mutant: Mutant, verdict: Verdict): void {
    this.#kept.set(keyOf(mutant), { ...verdict, texts: this.#textsOf(mutant, verdict) });
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, JSON.stringify(Object.fromEntries(this.#kept)));
  }

  #textsOf({ file }: Mutant, verdict: Verdict): string {
    if (verdict.survived) return hash(this.#bundle);
    return hash(this.#textOf(file) + (verdict.file === null ? '' : this.#textOf(verdict.file)));
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
const keyOf = ({ file, start, end, change, replacement }: Mutant): string =>
  hash(JSON.stringify([file, start, end, nameOf(change), replacement]));
