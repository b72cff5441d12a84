import { matchesGlob } from '../glob.ts';
import type { CheckResult, Finding, WaivedFinding } from '../model.ts';
import { nameOfWaiver, type Selector, type Waiver } from './waiver.ts';

/** Findings apart by whether they are waived. */
export interface Sorted {
  readonly open: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
}

/** Puts apart what waivers hold of on a day (`YYYY-MM-DD`); the first that matches counts. */
export function sortOut(findings: readonly Finding[], waivers: readonly Waiver[], today: string): Sorted {
  const valid = waivers.filter((waiver) => !isExpired(waiver, today));
  const open: Finding[] = [];
  const waived: WaivedFinding[] = [];
  for (const finding of findings) {
    const waiver = valid.find((each) => isAbout(each, finding));
    if (waiver) waived.push({ finding, waiver });
    else open.push(finding);
  }
  return { open, waived };
}

/** All that a check found, with the waiver of each; null where it counts. */
export const withWaivers = ({
  findings,
  waived,
}: CheckResult): readonly { readonly finding: Finding; readonly waiver: Waiver | null }[] => [
  ...findings.map((finding) => ({ finding, waiver: null })),
  ...waived,
];

/** What waivers were held against. */
export interface WaiverSight extends Sorted {
  /** Ids of the checks that were asked of all accounts; of others a waiver may well be needed. */
  readonly asked: readonly string[];
  /** Those of them that saw all. */
  readonly whole: readonly string[];
}

/** Waivers that have expired, or that nothing needs any more: one sentence each. */
export function waiverWarnings(waivers: readonly Waiver[], sight: WaiverSight, today: string): string[] {
  const { open, waived } = sight;
  return waivers.flatMap((waiver) => {
    const counting = open.filter((finding) => isAbout(waiver, finding)).length;
    if (isExpired(waiver, today)) {
      const now = counting === 0 ? '' : `, and what it is about counts again (${counting})`;
      return [`${nameOfWaiver(waiver)} expired on ${waiver.expires}${now}: renew it or take it out`];
    }
    const isNeeded = counting > 0 || waived.some(({ finding }) => isAbout(waiver, finding));
    const asked = sight.asked.filter((id) => matchesGlob(id, waiver.check));
    if (isNeeded || asked.length === 0) return [];
    const isSure = asked.every((id) => sight.whole.includes(id));
    const unsure = isSure ? '' : ' (not all was seen: it may still be needed)';
    return [`${nameOfWaiver(waiver)} is about nothing that was found${unsure}: mend it or take it out`];
  });
}

/** It holds on its last day. */
const isExpired = ({ expires }: Waiver, today: string): boolean => expires !== null && expires < today;

function isAbout({ check, about }: Waiver, finding: Finding): boolean {
  return (
    matchesGlob(finding.checkId, check) &&
    Object.entries(about).every(([selector, glob]) => rules[selector as Selector](finding, glob))
  );
}

const rules: Readonly<Record<Selector, (finding: Finding, glob: string) => boolean>> = {
  key: ({ resource }, glob) => {
    const [, id] = /^arn:[^:]*:kms:[^:]*:[^:]*:key\/(.+)$/.exec(resource ?? '') ?? [];
    return id !== undefined && (matchesGlob(id, glob) || matchesGlob(resource ?? '', glob));
  },
  bucket: ({ resource }, glob) => {
    const [, name] = /^arn:[^:]*:s3:::([^/]+)$/.exec(resource ?? '') ?? [];
    return name !== undefined && (matchesGlob(name, glob) || matchesGlob(resource ?? '', glob));
  },
  resource: ({ resource }, glob) => resource !== null && matchesGlob(resource, glob),
  account: ({ accountId, accountName }, glob) =>
    (accountId !== null && matchesGlob(accountId, glob)) ||
    (accountName !== null && matchesGlob(accountName, glob)),
  // All of them: whoever comes to those that are waived is a finding again.
  principal: ({ principals }, glob) =>
    principals.length > 0 &&
    principals.every((principal) => namesOf(principal).some((name) => matchesGlob(name, glob))),
};

/** A principal as it is written, and its account. */
function namesOf(principal: string): readonly string[] {
  const account = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
  return account === undefined ? [principal] : [principal, account];
}
