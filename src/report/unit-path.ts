/**
 * The place of an account in its organization as a page shows it: the units below the root, from the top down.
 * @param units ids from the root down; null: not read
 * @returns null where they were not read
 */
export function unitPath(units: readonly string[] | null): string | null {
  if (units === null) return null;
  const below = units.filter((unit) => !unit.startsWith('r-'));
  return below.length === 0 ? 'root' : below.join(' / ');
}
