import { groupBy } from '../../group.ts';
import type { CheckResult, Finding } from '../model.ts';
import { sawAll } from '../verdict.ts';
import { withWaivers } from '../waivers/waive.ts';

/** The violations of one check on one resource, as the history has them. Named as its columns. */
export interface Entry {
  readonly check_id: string;
  readonly severity: string;
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly region: string | null;
  readonly resource: string | null;
  /** How many there are on it: grants of a key, say. */
  readonly findings: number;
  /** Whether all of them are. */
  readonly waived: boolean;
}

/** Of which nothing is known now: what was open of it stays so. Nulls stand for all. */
export type Doubt = Pick<Entry, 'check_id' | 'account_id' | 'region' | 'resource'>;

/** What tells entries apart. */
export const identityOf = ({ check_id, account_id, region, resource }: Doubt): string =>
  JSON.stringify([check_id, account_id, region, resource]);

export const placeOf = ({ checkId, accountId, region, resource }: Finding): Doubt => ({
  check_id: checkId,
  account_id: accountId,
  region,
  resource,
});

/** One entry a resource; what is not known is none. */
export function entriesOf(results: readonly CheckResult[]): readonly Entry[] {
  const all = results.flatMap(withWaivers).filter(({ finding }) => finding.status === 'violation');
  return [...groupBy(all, ({ finding }) => identityOf(placeOf(finding))).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { severity, accountName } = first.finding;
    return {
      ...placeOf(first.finding),
      severity,
      account_name: accountName,
      findings: group.length,
      waived: group.every(({ waiver }) => waiver !== null),
    };
  });
}

/** What the checks could not tell, waived or not. */
export const doubtsOf = (results: readonly CheckResult[]): readonly Doubt[] =>
  results
    .flatMap(withWaivers)
    .filter(({ finding }) => finding.status === 'unknown')
    .map(({ finding }) => placeOf(finding));

/** A check, of which what is gone may be called resolved where its tables were read whole. */
export interface Resolving {
  readonly check_id: string;
  readonly needs: readonly string[];
  /** Whether it saw all, everywhere: what is about no account is gone then, too. */
  readonly saw_all: boolean;
}

/**
 * Checks that answered, on fresh data. One that looks at more than the account itself must have seen everything; of the
 * others the account's own coverage decides.
 */
export const resolvingOf = (results: readonly CheckResult[]): readonly Resolving[] =>
  results
    .filter((result) =>
      result.check.sees === 'account'
        ? result.gaps.every(({ kind }) => kind === 'incomplete') && result.notAsked.length === 0
        : sawAll(result),
    )
    .map(({ check: { id, needs }, gaps }) => ({ check_id: id, needs, saw_all: gaps.length === 0 }));

/** That a check was asked, and how much of the answer it knew. Named as the history's columns. */
export interface Asked {
  readonly check_id: string;
  readonly severity: string;
  /** Of all accounts, and everything that it needs was there, read whole and fresh. */
  readonly saw_all: boolean;
  /** Of how many things it could not tell, waived ones and those that nobody asked of included. */
  readonly not_known: number;
}

/** What is said of each check that answered, of all accounts (`isOfAll`) or of some. */
export function askedOf(results: readonly CheckResult[], isOfAll: boolean): readonly Asked[] {
  const doubts = groupBy(doubtsOf(results), ({ check_id }) => check_id);
  return results.map((result) => ({
    check_id: result.check.id,
    severity: result.check.severity,
    saw_all: isOfAll && sawAll(result),
    not_known:
      (doubts.get(result.check.id)?.length ?? 0) + result.notAsked.reduce((sum, { count }) => sum + count, 0),
  }));
}
