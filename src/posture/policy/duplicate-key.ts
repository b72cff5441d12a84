/**
 * True when an object of the JSON text names a key twice. JSON.parse silently keeps the last one, AWS may keep
 * another: such a text is not understood. Compares the keys in the text with the keys that were kept.
 */
export function hasDuplicateKey(text: string, parsed: unknown): boolean {
  return keysInText(text) !== countKeys(parsed);
}

/** Strings before a colon, in a text that is JSON. */
function keysInText(text: string): number {
  let keys = 0;
  for (let start = text.indexOf('"'); start !== -1; start = text.indexOf('"', start)) {
    let end = text.indexOf('"', start + 1);
    while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
    start = end + 1;
    while (isSpace(text.charCodeAt(start))) start += 1;
    if (text.charCodeAt(start) === colon) keys += 1;
  }
  return keys;
}

const [colon, backslash] = [0x3a, 0x5c];
const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** An odd number of backslashes stands before the quote. */
function isEscaped(text: string, quote: number): boolean {
  let start = quote;
  while (text.charCodeAt(start - 1) === backslash) start -= 1;
  return (quote - start) % 2 === 1;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  for (const item of Object.values(value)) count += 1 + countKeys(item);
  return Array.isArray(value) ? count - value.length : count;
}
