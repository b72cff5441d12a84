import { visible } from '../../visible.ts';
import type { Fix } from '../model.ts';

/** One step towards the end of a finding, as it is read. */
export interface ReadStep {
  /** Why, and of what: one sentence. */
  readonly text: string;
  /** What is added or run, a line each; empty: the sentence says all. */
  readonly lines: readonly string[];
}

/** What a fix is for, and its steps in their order. */
export interface ReadFix {
  /** Empty where the fix says no more than its steps. */
  readonly purpose: string;
  readonly steps: readonly ReadStep[];
}

type Raw = Readonly<Record<string, unknown>>;

/** The column `fix` of a table, or the text or object that a check of one's own gives, without control characters. */
export function readFix(fix: Fix): readonly ReadFix[] {
  if (typeof fix === 'string') return [{ purpose: '', steps: [{ text: visible(fix), lines: [] }] }];
  const entries: readonly Raw[] = Array.isArray(fix) ? fix : [fix as Raw];
  return entries.map((entry) =>
    Array.isArray(entry.steps)
      ? { purpose: purposeOf(entry), steps: entry.steps.map((step: Raw) => readStep(step)) }
      : { purpose: '', steps: [{ text: visible(JSON.stringify(entry)), lines: [] }] },
  );
}

/** Parties that are named. */
const namesAtMost = 4;

function purposeOf({ purpose, for: names, parties }: Raw): string {
  const all = Array.isArray(names) ? names.map((name) => visible(String(name))) : [];
  const count = typeof parties === 'number' ? parties : all.length;
  const shown = all.slice(0, namesAtMost).join(', ');
  const more = count > namesAtMost ? ` and ${count - namesAtMost} more` : '';
  return `${purpose === 'unlock' ? 'To let in' : 'To take it away from'} ${shown}${more}`;
}

function readStep({ kind, on, statement, command, why }: Raw): ReadStep {
  const isAdded = typeof statement === 'object' && statement !== null;
  return {
    text: visible(`${why ?? ''} (${String(kind).replaceAll('_', ' ')}, ${on ?? ''})`.trim()),
    lines: [
      ...(isAdded ? [visible(JSON.stringify(statement))] : []),
      // Its line breaks are our own.
      ...(typeof command === 'string' ? command.split('\n').map((line) => visible(line)) : []),
    ],
  };
}
