/** Patterns that were asked for, compiled once: every finding is held against every waiver. */
const compiled = new Map<string, RegExp>();

/** Whether a text is what a pattern says: `*` stands for any characters, `?` for one, all others for themselves. */
export const matchesGlob = (text: string, pattern: string): boolean =>
  (compiled.get(pattern) ?? compile(pattern)).test(text);

function compile(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  const glob = new RegExp(`^${source}$`, 'su');
  compiled.set(pattern, glob);
  return glob;
}
