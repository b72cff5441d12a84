import { withChanges } from '../fixes/with-changes.ts';
import type { Reader } from './reader.ts';

/** Rows whose fixes say what else changes by them. */
export async function withFixChanges<T extends { readonly fix: unknown; readonly arn: string | null }>(
  rows: readonly T[],
  reader: Reader,
): Promise<readonly T[]> {
  const fixes = rows.map(({ fix, arn }) => ({ fix, resource: arn }));
  const told = await withChanges(fixes, reader.whyNot('key_uses') === null ? reader.rows : null);
  return rows.map((row, i) => ({ ...row, fix: told[i] }));
}
