const strings = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/**
 * True when an object of the JSON text names a key twice. JSON.parse silently keeps the last one, AWS may keep
 * another: such a text is not understood. Compares the keys in the text with the keys that were kept.
 */
export function hasDuplicateKey(text: string, parsed: unknown): boolean {
  let inText = 0;
  for (const match of text.matchAll(strings)) if (match[1] !== undefined) inText += 1;
  return inText !== countKeys(parsed);
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countKeys(item), 0);
  const entries = Object.values(value);
  return entries.reduce<number>((sum, item) => sum + countKeys(item), entries.length);
}
