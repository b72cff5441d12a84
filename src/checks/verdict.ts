import { isAtLeast, type Severity } from './check.ts';
import type { CheckResult, Report } from './model.ts';

/**
 * - `violations`: at or above the threshold; exit code 1, whatever else is not known.
 * - `not_known`: none of these, but data that such a check needs is missing, incomplete, too old, or a row is
 *   unknown; exit code 2.
 * - `clean`: whole, fresh, and nothing found; exit code 0.
 */
export type Verdict = 'violations' | 'not_known' | 'clean';

export const exitCodes: Readonly<Record<Verdict, number>> = { clean: 0, violations: 1, not_known: 2 };

/** Checks below the threshold are shown and do not count, nor does what they could not see. */
export function verdictOf({ results }: Report, threshold: Severity): Verdict {
  const counted = results.filter(({ check }) => isAtLeast(check.severity, threshold));
  if (counted.some((result) => countOf(result, 'violation') > 0)) return 'violations';
  return counted.length > 0 && counted.every(isClean) ? 'clean' : 'not_known';
}

/** Whether anything that counts was not seen or not known. */
export function isIncomplete({ results }: Report, threshold: Severity): boolean {
  return results.some(
    (result) =>
      isAtLeast(result.check.severity, threshold) &&
      (!sawAll(result) || countOf(result, 'unknown') > 0 || countOfWaivedUnknown(result) > 0),
  );
}

export const countOf = ({ findings }: CheckResult, status: 'violation' | 'unknown'): number =>
  findings.filter((finding) => finding.status === status).length;

/** As `countOf`, of several checks. */
export const countIn = (results: readonly CheckResult[], status: 'violation' | 'unknown'): number =>
  results.reduce((sum, result) => sum + countOf(result, status), 0);

/** Of some checks those that look for keys that are open to the world. */
export const onPublicKeys = (results: readonly CheckResult[]): readonly CheckResult[] =>
  results.filter(({ check }) => check.urgency === 'public');

/** A violation can be taken on. What is not known stays so, whoever takes it on: it is no violation, and not clean. */
const countOfWaivedUnknown = ({ waived }: CheckResult): number =>
  waived.filter(({ finding }) => finding.status === 'unknown').length;

export const isClean = (result: CheckResult): boolean =>
  result.findings.length === 0 && sawAll(result) && countOfWaivedUnknown(result) === 0;

/** Whether nothing was missing, incomplete, too old or not asked. */
export const sawAll = ({ gaps, notAsked }: CheckResult): boolean =>
  gaps.length === 0 && notAsked.length === 0;
