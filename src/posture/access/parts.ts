import type { Admission } from './admission.ts';

/**
 * An admission taken apart by a test: requests for which it surely holds, for which it surely fails, and for
 * which it cannot be decided. The parts together always cover the whole.
 */
export interface Split<T> {
  readonly holds: T | null;
  readonly may: T | null;
  readonly fails: T | null;
}

/** The same with several parts each, for tests that one admission can meet in several ways. */
export interface Parts {
  readonly holds: readonly Admission[];
  readonly may: readonly Admission[];
  readonly fails: readonly Admission[];
}

export const asParts = ({ holds, may, fails }: Split<Admission>): Parts => ({
  holds: holds === null ? [] : [holds],
  may: may === null ? [] : [may],
  fails: fails === null ? [] : [fails],
});

export const always = <T>(whole: T): Split<T> => ({ holds: whole, may: null, fails: null });
export const maybe = <T>(whole: T): Split<T> => ({ holds: null, may: whole, fails: null });
export const never = <T>(whole: T): Split<T> => ({ holds: null, may: null, fails: whole });
