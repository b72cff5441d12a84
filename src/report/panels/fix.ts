import { type FixEntry, type FixStep, fixEntry } from '../../fix-column.ts';
import { consoleOfKey } from '../console-link.ts';
import { type Html, html, nothing, trusted } from '../html.ts';
import { list, number, phrase } from '../words.ts';

/** Steps that are shown of one row; the column has all. */
const stepsAtMost = 12;

/**
 * What ends a finding, folded away: whom it is for, each step with what it adds or removes, and its command.
 * @param fix the column `fix`. @param key the ARN of the key, null where there is none to open in the console
 * @param isOpen for what is in a fold already
 */
export function fixDetails(fix: unknown, key: string | null, isOpen = false): Html {
  const entries = Array.isArray(fix) ? fix.flatMap((value) => fixEntry(value) ?? []) : [];
  const link = consoleOfKey(key);
  const console =
    link === null ? nothing : html`<p><a href="${link}" rel="noreferrer">The key in the AWS console</a></p>`;
  if (entries.length === 0) return console;
  let left = stepsAtMost;
  const parts = entries.flatMap((entry) => {
    const steps = entry.steps.slice(0, left);
    left -= steps.length;
    return steps.length === 0 ? [] : [entryOf(entry, steps)];
  });
  const more = left > 0 ? nothing : html`<p class="note">More may follow: the column fix has all.</p>`;
  return html`<details class="why"${isOpen ? trusted(' open') : nothing}><summary>Fix</summary>${parts}${more}${console}</details>`;
}

const verbs = {
  unlock: 'Let in',
  take_away: 'Take away from',
  keep_key: 'Keep the key',
  turn_on: 'Turn it on',
} as const;

function entryOf({ names, parties, purpose }: FixEntry, steps: readonly FixStep[]): Html {
  const more = parties > names.length ? ` of ${number(parties)}` : '';
  return html`<p><strong>${verbs[purpose]} ${list(names, 4)}${more}</strong></p>${steps.map(stepOf)}\n`;
}

const stepOf = ({ kind, on, statement, command, why, also }: FixStep): Html =>
  html`<div class="step"><p>${why} <span class="quiet">${phrase(kind)}, ${on}</span></p>
${statement === null ? nothing : lines(JSON.stringify(statement, null, 1))}
${command === null ? nothing : lines(command)}${also.length === 0 ? nothing : html`<p>What else changes:</p><ul>${also.map((line) => html`<li>${line}</li>`)}</ul>`}</div>`;

/** Line breaks of our own; in what others wrote they are made visible. */
const lines = (text: string): Html =>
  html`<pre>${text.split('\n').map((line, i) => (i === 0 ? html`${line}` : html`\n${line}`))}</pre>`;
