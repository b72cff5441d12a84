import { groupBy } from '../../group.ts';
import { severities } from '../check.ts';
import type { CheckResult, Finding } from '../model.ts';
import { withWaivers } from '../waivers/waive.ts';
import type { Waiver } from '../waivers/waiver.ts';

/** Findings of one check that are told as one result. */
export interface ResultGroup {
  readonly result: CheckResult;
  /** One, where it is no group; never none. All of one status. */
  readonly findings: readonly Finding[];
  /** Who has taken them on; null where they count. One waiver for all of a group. */
  readonly waiver: Waiver | null;
}

/**
 * Results of a run that GitHub code scanning shows; of more it leaves out the rest, and above 25,000 it refuses the file
 * (docs.github.com, "SARIF results exceed one or more limits", read 2026-11-30).
 */
export const mostResults = 5_000;

/**
 * Every finding by itself where that is no more than the limit. Else those of one check and account go together, the
 * least urgent first, until it is; where even that is too much, those of one check.
 */
export function resultGroups(results: readonly CheckResult[], most = mostResults): readonly ResultGroup[] {
  const places = results.flatMap((result) =>
    groupsOf(result, ({ accountId, status }) => `${status} ${accountId}`),
  );
  let count = places.reduce((sum, { findings }) => sum + findings.length, 0);
  const together = new Set<ResultGroup>();
  for (const place of places.toSorted(leastUrgentFirst)) {
    if (count <= most) break;
    together.add(place);
    count -= place.findings.length - 1;
  }
  if (count > most) return results.flatMap((result) => groupsOf(result, ({ status }) => status));
  return places.flatMap((place) =>
    together.has(place) ? [place] : place.findings.map((finding) => ({ ...place, findings: [finding] })),
  );
}

function groupsOf(result: CheckResult, keyOf: (finding: Finding) => string): ResultGroup[] {
  return [...groupBy(withWaivers(result), ({ waiver }) => waiver)].flatMap(([waiver, group]) => {
    const findings = group.map(({ finding }) => finding);
    return [...groupBy(findings, keyOf).values()].map((alike) => ({ result, findings: alike, waiver }));
  });
}

function leastUrgentFirst(a: ResultGroup, b: ResultGroup): number {
  const urgency = ({ result, findings }: ResultGroup): number =>
    2 * severities.indexOf(result.check.severity) + (findings[0]?.status === 'violation' ? 1 : 0);
  return urgency(a) - urgency(b) || b.findings.length - a.findings.length;
}
