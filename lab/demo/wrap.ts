/** A word that is broken is hard to read: no column is made narrower than this. */
const narrowest = 8;

/** Widths of columns that together take no more than `total` where that can be: the widest give first. */
export function widthsWithin(natural: readonly number[], total: number): number[] {
  const widths = [...natural];
  const sum = () => widths.reduce((all, each) => all + each, 0);
  while (sum() > total) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** A text in lines of at most `width` characters, broken after a space or a separator where there is one. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const at = lastBreak(rest, width);
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

/** After how many characters a line of at most `width` ends. */
function lastBreak(text: string, width: number): number {
  if (text[width] === ' ') return width;
  const space = text.lastIndexOf(' ', width - 1);
  if (space > 0) return space + 1;
  const separator = Math.max(
    ...['_', '-', '/', ':', ',', '.'].map((mark) => text.lastIndexOf(mark, width - 1)),
  );
  return separator > 0 ? separator + 1 : width;
}
