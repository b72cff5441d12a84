import { createHash } from 'node:crypto';
import { isObject } from './condition.ts';
import { isTooDeep } from './depth.ts';
import { hasDuplicateKey } from './duplicate-key.ts';
import type { PolicyForm, Statement, StatementReading, UnreadStatement } from './statement.ts';
import { readStatement } from './statement.ts';

/** A policy, read as far as it can be. */
export interface PolicyDocument {
  /** The JSON value; null when the text is no JSON. */
  readonly value: unknown;
  /** SHA-256 of the text, hexadecimal. */
  readonly sha256: string;
  /** True when all of every statement is understood: only then is what the policy says complete. */
  readonly understood: boolean;
  /** One sentence on what is not understood; null when all is. */
  readonly problem: string | null;
  readonly statements: readonly Statement[];
  /** What may allow or deny anything, statement by statement. A document that cannot be read at all counts as one. */
  readonly unread: readonly UnreadStatement[];
}

/** The characters themselves, or their JSON escapes. */
const reservedInJson = /[\uE000-\uE007]|\\ue00[0-7]/i;

const elements = new Set(['Version', 'Id', 'Statement']);

/** Identical texts are common (AWS managed keys apart from the account, templates): read them once. */
const recent: Readonly<Record<PolicyForm, Map<string, PolicyDocument>>> = {
  of_resources: new Map(),
  of_principals: new Map(),
};
const recentLimit = 256;

/** Reads a policy's text (IAM JSON policy grammar; AWS IAM user guide, read 2026-11-23). */
export function readPolicy(text: string, form: PolicyForm = 'of_resources'): PolicyDocument {
  const ofForm = recent[form];
  const cached = ofForm.get(text);
  if (cached !== undefined) return cached;
  const document = read(text, form);
  if (ofForm.size >= recentLimit) ofForm.delete(ofForm.keys().next().value ?? '');
  ofForm.set(text, document);
  return document;
}

/** A policy of which nothing is known but why, a phrase: it may allow or deny anything. */
export const unreadablePolicy = (problem: string): PolicyDocument => unreadable(null, '', problem);

/** Whether what is not understood of it may allow anything to anybody. */
export const mayAllowAnything = ({ unread }: Pick<PolicyDocument, 'unread'>): boolean =>
  unread.some(({ effect }) => effect !== 'Deny');

/** The statements of a document as they are written, understood or not; null where it has none, or cannot tell. */
export function writtenStatements({ value }: Pick<PolicyDocument, 'value'>): readonly unknown[] | null {
  const raw = isObject(value) ? value.Statement : undefined;
  return raw === undefined ? null : listed(raw);
}

/** How many statements a document has, understood or not; null where it has no statements, or cannot tell. */
export const statementsIn = (document: Pick<PolicyDocument, 'value'>): number | null =>
  writtenStatements(document)?.length ?? null;

/** One statement may stand without a list around it. */
const listed = (raw: unknown): readonly unknown[] => (Array.isArray(raw) ? raw : [raw]);

function read(text: string, form: PolicyForm): PolicyDocument {
  const sha256 = createHash('sha256').update(text).digest('hex');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable(null, sha256, 'the policy is not JSON');
  }
  if (isTooDeep(text)) return unreadable(null, sha256, 'the policy is nested deeper than any policy of AWS');
  if (!isObject(value)) return unreadable(value, sha256, 'the policy is not a JSON object');
  if (hasDuplicateKey(text, value))
    return unreadable(value, sha256, 'the policy names an element twice in one object');

  const { Version: version, Statement: raw } = value;
  const unknown = Object.keys(value).find((name) => !elements.has(name));
  if (unknown !== undefined) return unreadable(value, sha256, `the policy has an unknown element ${unknown}`);
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17')
    return unreadable(value, sha256, `the policy has an unknown version ${String(version)}`);
  if (raw === undefined) return unreadable(value, sha256, 'the policy has no Statement');

  // The reader's wildcards are private-use characters: a policy has none of its own.
  if (reservedInJson.test(text)) return unreadable(value, sha256, 'the policy has private-use characters');
  const readings = listed(raw).map((item, index) =>
    readStatement(item, index, version === '2012-10-17', form),
  );
  return assemble(value, sha256, readings);
}

function assemble(value: unknown, sha256: string, readings: readonly StatementReading[]): PolicyDocument {
  const statements = readings.flatMap(({ statement }) => statement ?? []);
  const unread = readings.flatMap((reading) => reading.unread ?? []);
  const problem = readings.flatMap(problemOf).join('; ') || null;
  return { value, sha256, understood: problem === null, problem, statements, unread };
}

function problemOf({ statement, unread }: StatementReading): readonly string[] {
  const problem = unread?.problem ?? statement?.unreadExceptions ?? null;
  const index = unread?.index ?? statement?.index;
  return problem === null ? [] : [`statement ${index} is not understood: ${problem}`];
}

function unreadable(value: unknown, sha256: string, problem: string): PolicyDocument {
  const everything: UnreadStatement = { index: 0, sid: null, effect: null, problem };
  return { value, sha256, understood: false, problem, statements: [], unread: [everything] };
}
