/** How deep lists and objects may lie in each other: a policy of AWS needs six. Readers call themselves for each. */
const deepest = 64;

/** Whether a JSON text nests deeper than any policy does. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted && character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '{' || character === '[')) {
      if (++depth > deepest) return true;
    } else if (!quoted && (character === '}' || character === ']')) depth--;
  }
  return false;
}
