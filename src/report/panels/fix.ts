import { consoleOfKey } from '../console-link.ts';
import { type Html, html, nothing } from '../html.ts';
import { list, number } from '../words.ts';

/** Steps that are shown of one row; the column has all. */
const stepsAtMost = 12;

type Raw = Readonly<Record<string, unknown>>;

/**
 * What ends a finding, folded away: whom it is for, each step with what it adds or removes, and its command.
 * @param fix the column `fix`. @param key the ARN of the key, null where there is none to open in the console
 */
export function fixDetails(fix: unknown, key: string | null): Html {
  const entries = objects(fix);
  const link = consoleOfKey(key);
  const console =
    link === null ? nothing : html`<p><a href="${link}" rel="noreferrer">The key in the AWS console</a></p>`;
  if (entries.length === 0) return console;
  let left = stepsAtMost;
  const parts = entries.flatMap((entry) => {
    const steps = objects(entry.steps).slice(0, left);
    left -= steps.length;
    return steps.length === 0 ? [] : [entryOf(entry, steps)];
  });
  const more = left > 0 ? nothing : html`<p class="note">More may follow: the column fix has all.</p>`;
  return html`<details class="why"><summary>Fix</summary>${parts}${more}${console}</details>`;
}

function entryOf(entry: Raw, steps: readonly Raw[]): Html {
  const names = Array.isArray(entry.for) ? entry.for.map(String) : [];
  const verb = entry.purpose === 'unlock' ? 'Let in' : 'Take away from';
  const parties = Number(entry.parties);
  const more = parties > names.length ? ` of ${number(parties)}` : '';
  return html`<p><strong>${verb} ${list(names, 4)}${more}</strong></p>${steps.map(stepOf)}\n`;
}

function stepOf({ kind, on, statement, command, why }: Raw): Html {
  const added = typeof statement === 'object' && statement !== null ? JSON.stringify(statement, null, 1) : '';
  return html`<div class="step"><p>${String(why ?? '')} <span class="quiet">${String(kind ?? '')}, ${String(on ?? '')}</span></p>
${added === '' ? nothing : lines(added)}
${typeof command === 'string' ? lines(command) : nothing}</div>`;
}

/** Line breaks of our own; in what others wrote they are made visible. */
const lines = (text: string): Html =>
  html`<pre>${text.split('\n').map((line, i) => (i === 0 ? html`${line}` : html`\n${line}`))}</pre>`;

const objects = (value: unknown): readonly Raw[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];
