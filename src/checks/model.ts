import type { Check, Severity } from './check.ts';
import type { Gap } from './knowledge.ts';
import type { Waiver } from './waivers/waiver.ts';

/** One row of a check: something that is wrong, or of which that is not known. */
export interface Finding {
  readonly checkId: string;
  readonly severity: Severity;
  /** Null where it is about no single account. */
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly region: string | null;
  /** Mostly an ARN; null where it is about no single thing. */
  readonly resource: string | null;
  readonly message: string;
  readonly status: 'violation' | 'unknown';
  /** Whom it is about: those who are let in, or whose key it is; none where a check names nobody, or not all are known. */
  readonly principals: readonly string[];
  /** How this one is mended: a text, or a statement, grant, command or plan; null where the check alone says it. */
  readonly fix: Fix | null;
  /** When a sync first saw it, ISO 8601 in UTC; null where no run was recorded, or it is not known to be wrong. */
  readonly firstSeen: string | null;
}

/** What a column `fix` holds: a text, or what the tables say, one entry for all who fare alike. */
export type Fix = string | Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];

/** A finding, and the waiver that somebody wrote for it. */
export interface WaivedFinding {
  readonly finding: Finding;
  readonly waiver: Waiver;
}

/** Answers that a check could not give since nobody asked AWS: no finding, and no "fine" either. */
export interface NotAsked {
  /** What was not asked, and what to do to have it asked: one sentence for all of them. */
  readonly message: string;
  /** Keys, buckets, … of which that is not known. */
  readonly count: number;
}

/** What one check found, and what it could not see. */
export interface CheckResult {
  readonly check: Check;
  readonly findings: readonly Finding[];
  /** Not empty: an answer without findings is no "fine". */
  readonly gaps: readonly Gap[];
  /** Not empty: the same. */
  readonly notAsked: readonly NotAsked[];
  /** Findings that somebody has taken on: they are shown apart and do not count; those `unknown` stay not known. */
  readonly waived: readonly WaivedFinding[];
}

/** What all checks found in one consistent state of the database. */
export interface Report {
  readonly results: readonly CheckResult[];
  /** Accounts and regions that are left out on purpose or that nobody can read: one sentence each. */
  readonly exceptions: readonly string[];
  /** Why nothing at all was judged, and the one thing to do, as a sentence; null where something was. */
  readonly obstacle: string | null;
  /** Waivers that have expired or are about nothing: one sentence each. */
  readonly warnings: readonly string[];
}
