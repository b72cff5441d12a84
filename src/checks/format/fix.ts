import { type FixEntry, type FixStep, fixEntry } from '../../fix-column.ts';
import { visible } from '../../visible.ts';
import type { Fix } from '../model.ts';

/** One step towards the end of a finding, as it is read. */
export interface ReadStep {
  /** Why, and of what: one sentence. */
  readonly text: string;
  /** What is added or run, a line each; empty: the sentence says all. */
  readonly lines: readonly string[];
  /** What else changes by it, a line each. */
  readonly also: readonly string[];
}

/** What a fix is for, and its steps in their order. */
export interface ReadFix {
  /** Empty where the fix says no more than its steps. */
  readonly purpose: string;
  readonly steps: readonly ReadStep[];
}

/** The column `fix` of a table, or the text or object that a check of one's own gives, without control characters. */
export function readFix(fix: Fix): readonly ReadFix[] {
  const entries: readonly unknown[] = Array.isArray(fix) ? fix : [fix];
  return entries.map((value) => {
    const entry = fixEntry(value);
    if (entry !== null) return { purpose: purposeOf(entry), steps: entry.steps.map(readStep) };
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { purpose: '', steps: [{ text: visible(text), lines: [], also: [] }] };
  });
}

/** Parties that are named. */
const namesAtMost = 4;

function purposeOf({ purpose, names, parties }: FixEntry): string {
  if (purpose === 'keep_key') return 'To keep the key';
  if (purpose === 'turn_on') return 'To turn it on';
  const shown = names.slice(0, namesAtMost).map(visible).join(', ');
  const more = parties > namesAtMost ? ` and ${parties - namesAtMost} more` : '';
  return `${purpose === 'unlock' ? 'To let in' : 'To take it away from'} ${shown}${more}`;
}

const readStep = ({ kind, on, statement, command, why, also }: FixStep): ReadStep => ({
  text: visible(`${why} (${kind.replaceAll('_', ' ')}, ${on})`.trim()),
  lines: [
    ...(statement === null ? [] : [visible(JSON.stringify(statement))]),
    // Its line breaks are our own.
    ...(command === null ? [] : command.split('\n').map(visible)),
  ],
  also: also.map(visible),
});
