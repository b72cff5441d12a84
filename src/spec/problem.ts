import type { core } from 'zod/mini';
import { fieldDocs } from './field.ts';
import { nearest } from './nearest.ts';
import { keysAt, schemaAt, sections } from './sections.ts';

type Path = readonly PropertyKey[];

/**
 * The most useful of the problems found, in one sentence. An unknown key comes first: often it is a misspelt one,
 * and its absence under the right name is only the consequence.
 */
export function problemSentence(issues: readonly core.$ZodIssue[], written: unknown): string {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) throw new Error('a refused spec has no issue');
  const { code, path, message } = issue;
  if (code === 'unrecognized_keys') return unknownKey(path, issue.keys[0] ?? '');
  if (code === 'invalid_key') return wrongMapKey(path, issue.issues[0]?.message ?? message);
  if (code === 'custom' && path.length === 0) return `spec ${message}`;
  return wrongValue(path, valueAt(written, path), message);
}

function wrongValue(path: Path, value: unknown, mustBe: string): string {
  const place = placeOf(path);
  if (value === undefined) return `${place} is missing; it must be ${mustBe}`;
  const key = schemaAt(path);
  const isSecret = key !== null && fieldDocs.get(key)?.isSecret === true;
  const shown = isSecret ? kindOf(value) : show(value);
  return `${place} is ${shown}; it must be ${mustBe}`;
}

/** A key of a mapping whose keys are data: account ids. */
function wrongMapKey(path: Path, mustBe: string): string {
  return `${placeOf(path.slice(0, -1))} has the key ${show(String(path.at(-1)))}; it must be ${mustBe}`;
}

/** Keys of the CLI's own source spec, one level above this plugin's. */
const keysOfTheCli = [
  'backend_options',
  'destinations',
  'name',
  'path',
  'registry',
  'skip_dependent_tables',
  'skip_tables',
  'tables',
  'version',
];

function unknownKey(path: Path, key: string): string {
  const problem = `${placeOf([...path, key])} is not a key of this plugin`;
  const here = keysAt(path);
  if (path.length === 0 && keysOfTheCli.includes(key)) {
    return `${problem}; \`${key}\` belongs one level up, beside \`spec\``;
  }
  const near = here.includes(`member_${key}`) ? `member_${key}` : nearest(key, here);
  if (near !== null) return `${problem}; did you mean \`${near}\`?`;
  const homes = sections.filter(({ shape }) => Object.hasOwn(shape, key)).flatMap(({ paths }) => paths);
  if (homes.length > 0) return `${problem}; \`${key}\` belongs in ${homes.map(sectionName).join(' or ')}`;
  return `${problem}; the keys of ${placeOf(path)} are ${here.map((name) => `\`${name}\``).join(', ')}`;
}

const sectionName = (path: string): string => (path === '' ? '`spec`' : `\`spec.${path}\``);

function placeOf(path: Path): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z]\w*$/.test(String(step)) ? `.${String(step)}` : `[${show(step)}]`;
  });
  return `spec${steps.join('')}`;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.getOwnPropertyDescriptor(value, step)?.value;
  }, root);
}

const shownLength = 60;

function show(value: unknown): string {
  const isListOfText = Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (typeof value === 'object' && !isListOfText) return kindOf(value);
  const text = JSON.stringify(value);
  // A name and password in an address are the only secrets that could stand in a value that is shown.
  if (text.includes('@') && text.includes('://')) return 'an address with a user in it';
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? 'text of another form (not shown)' : `a ${typeof value}`;
}
