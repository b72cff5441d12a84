/** What a waiver may be about, beside its check. */
export const selectors = ['key', 'bucket', 'resource', 'account', 'principal'] as const;
export type Selector = (typeof selectors)[number];

/** Findings that somebody has looked at and takes on: they stay in sight, and do not count. */
export interface Waiver {
  /** Its place in the file, from 1. */
  readonly number: number;
  /** A glob of check ids. */
  readonly check: string;
  /** Globs, all of which have to match. */
  readonly about: Readonly<Partial<Record<Selector, string>>>;
  readonly reason: string;
  /** Who answers for it; null where nobody is named. */
  readonly owner: string | null;
  /** The last day on which it holds, `YYYY-MM-DD` (UTC); null: until it is taken out. */
  readonly expires: string | null;
}

/** A waiver by which people find it in the file. */
export function nameOfWaiver({ number, check, about }: Waiver): string {
  const parts = Object.entries(about).map(([selector, glob]) => `${selector}: ${glob}`);
  return `waiver ${number} (${[`check: ${check}`, ...parts].join(', ')})`;
}
