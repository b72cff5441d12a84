import type { AccessFinding } from './row.ts';

/**
 * Whether anybody but principals of the owner's account is let in, AWS services included: only then do organization
 * policies change what is said of other accounts. Whoever is let in by an id that tells no account counts, too.
 */
export const letsOthersIn = (findings: readonly AccessFinding[]): boolean =>
  findings.some(({ row, admissions }) => admissions.length > 0 && row.trust !== 'same_account');
