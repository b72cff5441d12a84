/** The name that was most likely meant, or null when none is near. Case, `_` and `-` do not count. */
export function nearest(written: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(written.length / 4)) + 1;
  for (const name of names) {
    const edits = editDistance(plain(written), plain(name));
    if (edits < least) {
      best = name;
      least = edits;
    }
  }
  return best;
}

const plain = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

/** Levenshtein distance: insertions, deletions and replacements. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
