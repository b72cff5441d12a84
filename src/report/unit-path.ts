/**
 * The place of an account in its organization as a page shows it: the units below the root, from the top down.
 * @param units ids from the root down; null: not read
 * @param names their names, in the same order; null: one was not read, and ids stand for them
 * @returns null where the units were not read
 */
export function unitPath(units: readonly string[] | null, names: readonly string[] | null): string | null {
  if (units === null) return null;
  const below = units.flatMap((unit, place) => (unit.startsWith('r-') ? [] : [names?.[place] ?? unit]));
  return below.length === 0 ? 'root' : below.join(' / ');
}
