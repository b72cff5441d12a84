/**
 * Texts with wildcards, as policies write them, and what can be proven about two of them.
 *
 * A pattern is a string in which private-use characters stand for the wildcards, so that a literal `*`
 * (of StringEquals, or written `${*}`) stays a literal. The reader refuses documents that contain them.
 */

/** `*` of StringLike: any text, colons included. */
export const ANY_TEXT = '\uE000';
/** `?` of StringLike. */
const ANY_CHARACTER = '\uE001';
/** `*` in one of the first five fields of an ARN under ArnLike: it cannot cross a colon. */
const FIELD_TEXT = '\uE002';
/** `?` in one of the first five fields of an ARN under ArnLike. */
const FIELD_CHARACTER = '\uE003';
/** The value of a condition key that the request does not carry. No wildcard matches it. */
export const ABSENT = '\uE004';
/** Joins patterns that must hold together. */
const AND = '\uE005';
/** `${*}` and `${?}`: the characters themselves, until the wildcards around them are compiled. */
export const LITERAL_STAR = '\uE006';
export const LITERAL_QUESTION_MARK = '\uE007';

const wildcard = /[\uE000-\uE003]/;
const reserved = /[\uE000-\uE007]/;

/** True for a single text: no wildcard, no combination, not the absent value. */
export const isLiteral = (pattern: string): boolean => !reserved.test(pattern);

/** `*` and `?` of StringLike, of actions and of resources. */
export function likePattern(text: string): string {
  return text.replaceAll('*', ANY_TEXT).replaceAll('?', ANY_CHARACTER);
}

/** ArnLike and ArnEquals check the six fields one by one; null when the text has no six fields. */
export function arnPattern(text: string): string | null {
  const fields = text.split(':');
  if (fields.length < 6) return null;
  const head = fields
    .slice(0, 5)
    .map((field) => field.replaceAll('*', FIELD_TEXT).replaceAll('?', FIELD_CHARACTER));
  return [...head, likePattern(fields.slice(5).join(':'))].join(':');
}

/** As a policy would write it, for sentences. */
export function written(pattern: string): string {
  return pattern
    .replaceAll(/[\uE000\uE002]/g, '*')
    .replaceAll(/[\uE001\uE003]/g, '?')
    .replaceAll(AND, ' and ')
    .replaceAll(ABSENT, '(absent)');
}

/** True when every text of `inner` is proven to be a text of `outer`. */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  if (outer === ABSENT || inner === ABSENT) return false;
  if (outer === ANY_TEXT) return true;
  if (outer.includes(AND)) return outer.split(AND).every((part) => covers(part, inner));
  if (inner.includes(AND)) return inner.split(AND).some((part) => covers(outer, part));
  if (!wildcard.test(outer)) return false;
  return absorbs(outer, inner);
}

/** False only when no text can match both. */
export function overlaps(a: string, b: string): boolean {
  if (a === b) return true;
  if (a === ABSENT || b === ABSENT) return false;
  if (a.includes(AND)) return a.split(AND).every((part) => overlaps(part, b));
  if (b.includes(AND)) return b.split(AND).every((part) => overlaps(a, part));
  if (!wildcard.test(a)) return wildcard.test(b) && absorbs(b, a);
  if (!wildcard.test(b)) return absorbs(a, b);
  return meets(a, b);
}

/** The texts that match both, as one pattern; the caller has checked that they overlap. */
export function both(a: string, b: string): string {
  if (covers(a, b)) return b;
  if (covers(b, a)) return a;
  return [...new Set([...a.split(AND), ...b.split(AND)])].sort().join(AND);
}

/** The patterns that must hold together; one in most cases. */
export const conjuncts = (pattern: string): readonly string[] =>
  pattern.includes(AND) ? pattern.split(AND) : [pattern];

const isSequence = (c: string): boolean => c === ANY_TEXT || c === FIELD_TEXT;
const isField = (c: string): boolean => c === FIELD_TEXT || c === FIELD_CHARACTER;

/** May the wildcard or literal `by` take the character (or wildcard) `c` as a part of itself? */
function takes(by: string, c: string): boolean {
  if (by === ANY_TEXT) return true;
  if (by === FIELD_TEXT) return c === FIELD_TEXT || c === FIELD_CHARACTER || isPlain(c, ':');
  if (by === ANY_CHARACTER) return !isSequence(c);
  if (by === FIELD_CHARACTER) return c === FIELD_CHARACTER || isPlain(c, ':');
  return by === c;
}

const isPlain = (c: string, except: string): boolean => !wildcard.test(c) && c !== except;

/** Dynamic programming over positions: linear space, no backtracking, so hostile patterns stay cheap. */
function absorbs(outer: string, inner: string): boolean {
  const n = inner.length;
  let reach = new Uint8Array(n + 1);
  reach[0] = 1;
  for (const by of outer) {
    const next = new Uint8Array(n + 1);
    const sequence = isSequence(by);
    for (let j = 0; j <= n; j++) {
      if (sequence) next[j] = reach[j] || (j > 0 && next[j - 1] && takes(by, inner.charAt(j - 1))) ? 1 : 0;
      else next[j] = j > 0 && reach[j - 1] && takes(by, inner.charAt(j - 1)) ? 1 : 0;
    }
    reach = next;
  }
  return reach[n] === 1;
}

/** Can one character satisfy both? */
function compatible(a: string, b: string): boolean {
  if (!wildcard.test(a)) return wildcard.test(b) ? !(isField(b) && a === ':') : a === b;
  return !(isField(a) && b === ':');
}

function meets(a: string, b: string): boolean {
  const n = b.length;
  let row = new Uint8Array(n + 1);
  row[0] = 1;
  for (let i = 0; i <= a.length; i++) {
    const next = new Uint8Array(n + 1);
    const x = a.charAt(i);
    for (let j = 0; j <= n; j++) {
      if (row[j] !== 1) continue;
      const y = b.charAt(j);
      if (j < n && isSequence(y)) row[j + 1] = 1;
      if (i < a.length && isSequence(x)) next[j] = 1;
      if (i === a.length || j === n || !compatible(x, y)) continue;
      if (isSequence(x)) row[j + 1] = 1;
      if (isSequence(y)) next[j] = 1;
      if (!isSequence(x) && !isSequence(y)) next[j + 1] = 1;
    }
    if (i === a.length) return row[n] === 1;
    row = next;
  }
  return false;
}
