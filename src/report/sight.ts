import { gaps, isOld, type ReportCoverage } from './coverage.ts';
import type { Panel } from './panel.ts';
import type { PostureNumber } from './posture-number.ts';
import { tellsUnknown } from './words.ts';

/**
 * How much the page may say that it knows, decided here and nowhere else:
 * - `nothing`: no key was read.
 * - `part`: a reading failed, is missing or old, a view is missing, or a number or a panel has something unknown.
 * - `asked`: all that was asked for is known; accounts, regions or tables are left out on purpose or read by nobody.
 * - `all`: all is known.
 */
export type Sight = 'nothing' | 'part' | 'asked' | 'all';

/** What it is decided by. */
export interface Seen {
  readonly coverage: ReportCoverage;
  readonly numbers: readonly PostureNumber[];
  readonly panels: readonly Pick<Panel, 'lead'>[];
  /** Views that should be in the database and are not. */
  readonly missingViews: readonly string[];
}

export function sightOf({ coverage, numbers, panels, missingViews }: Seen): Sight {
  if (coverage.places === 0) return 'nothing';
  const isWhole =
    gaps(coverage).length === 0 &&
    coverage.keptKeys === 0 &&
    !isOld(coverage) &&
    missingViews.length === 0 &&
    numbers.every(isKnown) &&
    !panels.some(({ lead }) => tellsUnknown(lead));
  if (!isWhole) return 'part';
  return coverage.notSeen.length > 0 ? 'asked' : 'all';
}

/** Whether nothing of a number is open. */
export const isKnown = ({ value, unknown, atLeast }: PostureNumber): boolean =>
  value !== null && unknown === 0 && !atLeast;
