import { notTold, type Told, told } from './facts.ts';
import type { Cells } from './rows.ts';

/** What JSON of a row holds where it should be a text, a boolean, …; null for anything else. */
export const textIn = (cells: Cells, column: string): string | null => {
  const value = cells[column];
  return typeof value === 'string' ? value : null;
};

export const flagIn = (cells: Cells, column: string): boolean | null => {
  const value = cells[column];
  return typeof value === 'boolean' ? value : null;
};

export const textsIn = (cells: Cells, column: string): readonly string[] | null => {
  const value = cells[column];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : null;
};

/** A JSON object, or null. */
export const objectIn = (cells: Cells, column: string): Cells | null => {
  const value = cells[column];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Cells) : null;
};

/** A list of JSON objects, or null. */
export const objectsIn = (cells: Cells, column: string): readonly Cells[] | null => {
  const value = cells[column];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : null;
};

/** Tags, or names to values in general. */
export function tagsIn(cells: Cells, column: string): Readonly<Record<string, string>> | null {
  const value = objectIn(cells, column);
  const pairs = value && Object.entries(value).filter(([, text]) => typeof text === 'string');
  return pairs && (Object.fromEntries(pairs) as Record<string, string>);
}

/**
 * The text of a policy. PostgreSQL keeps JSON without what stood in an object twice, so that a document which the sync
 * did not understand for that is not told.
 * @param column of the JSON; @param what `the policy of the queue`
 */
export function policyIn(cells: Cells, column: string, what: string): Told<string> {
  const value = cells[column];
  const problem = textIn(cells, 'problem');
  if (value === null || value === undefined)
    return notTold(`${what} was not read${problem ? ` (${problem})` : whyIn(cells)}`);
  if (problem?.includes('twice')) return notTold(`${what} was not understood (${problem})`);
  return told(JSON.stringify(value));
}

/** ` (s3:GetBucketPolicy: AccessDenied)` by the errors of a row, or nothing. */
function whyIn(cells: Cells): string {
  const errors = Object.entries(objectIn(cells, 'errors') ?? {}).map(([operation, error]) => {
    const code =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'failed';
    return `${operation}: ${code}`;
  });
  return errors.length === 0 ? '' : ` (${errors.join(', ')})`;
}
