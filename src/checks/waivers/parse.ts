import { parse } from 'yaml';
import { messageOf } from '../../postgres/failure.ts';
import { UsageError } from '../../verb.ts';
import { type Selector, selectors, type Waiver } from './waiver.ts';

const optional = ['owner', 'expires'] as const;
const known: readonly string[] = ['check', 'reason', ...optional, ...selectors];

/** Reads a file of waivers: a list in YAML. @throws UsageError that names the waiver and what is wrong with it. */
export function parseWaivers(text: string, ids: readonly string[]): readonly Waiver[] {
  const list = fromYaml(text);
  if (list === null) return [];
  if (!Array.isArray(list)) throw new UsageError('--waivers: the file is no list of waivers (`- check: …`).');
  return list.map((entry: unknown, i) => waiverOf(entry, i + 1, ids));
}

function fromYaml(text: string): unknown {
  try {
    // Without types: account ids stay as they are written, zeros before them too.
    return parse(text, { schema: 'failsafe' });
  } catch (error) {
    throw new UsageError(`--waivers: the file is no YAML: ${messageOf(error).split('\n')[0]}`);
  }
}

function waiverOf(entry: unknown, number: number, ids: readonly string[]): Waiver {
  const fail = (what: string): never => {
    throw new UsageError(`--waivers: waiver ${number} ${what}.`);
  };
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return fail('is no mapping');
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(entry)) {
    if (!known.includes(name)) fail(`has \`${name}\`, which is none of ${known.join(', ')}`);
    if (typeof value !== 'string' || value.trim() === '') fail(`has no text in \`${name}\``);
    fields.set(name, String(value).trim());
  }
  const check = fields.get('check') ?? fail('names no `check`');
  const reason = fields.get('reason') ?? fail('gives no `reason`');
  const expires = fields.get('expires') ?? null;
  if (expires !== null && !isDay(expires)) fail(`expires on ${expires}, which is no day: write 2027-06-30`);
  const isGlob = /[*?]/.test(check);
  if (!isGlob && !ids.includes(check)) fail(`is about ${check}, which is no check`);
  const about: Partial<Record<Selector, string>> = {};
  for (const selector of selectors) {
    const glob = fields.get(selector);
    if (glob !== undefined) about[selector] = glob;
  }
  if (isGlob && Object.keys(about).length === 0)
    fail(`would waive all of \`${check}\`: say of which ${selectors.join(', ')}`);
  return { number, check, about, reason, owner: fields.get('owner') ?? null, expires };
}

/** Whether a text is a day of the calendar. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}
