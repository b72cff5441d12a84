const strings = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/**
 * True when an object of the JSON text names a key twice. JSON.parse silently keeps the last one, AWS may keep
 * another: such a text is not understood. Compares the keys in the text with the keys that were kept.
 */
export function hasDuplicateKey(text: string, parsed: unknown): boolean {
  strings.lastIndex = 0;
  let inText = 0;
  for (let match = strings.exec(text); match !== null; match = strings.exec(text))
    if (match[1] !== undefined) inText += 1;
  return inText !== countKeys(parsed);
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  for (const item of Object.values(value)) count += 1 + countKeys(item);
  return Array.isArray(value) ? count - value.length : count;
}
