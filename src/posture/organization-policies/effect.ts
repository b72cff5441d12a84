import type { Standing } from './standing.ts';
import { type Taking, takingText } from './taking.ts';

/**
 * What organization policies make of somebody who is let in.
 * - `none`: none binds;
 * - `allow`: they take nothing away;
 * - `deny`: they lock out;
 * - `conditional`: they take a part away, or may take away what conditions decide;
 * - `not_read`: some that bind were not read, and those that were do not lock out.
 */
export type PolicyState = 'none' | 'allow' | 'deny' | 'conditional' | 'not_read';

export interface PolicyEffect {
  readonly state: PolicyState;
  /** Each once. */
  readonly takings: readonly Taking[];
  /** Why some were not read, a phrase each. */
  readonly notRead: readonly string[];
}

/** @param isDenied whether they lock out */
export function effectOf(
  standings: readonly Standing[],
  takings: readonly Taking[],
  isDenied: boolean,
): PolicyEffect {
  const notRead = standings.flatMap((standing) => (standing.state === 'not_read' ? [standing.problem] : []));
  return {
    state: stateOf(standings, takings, isDenied),
    takings: distinct(takings),
    notRead: [...new Set(notRead)],
  };
}

function stateOf(standings: readonly Standing[], takings: readonly Taking[], isDenied: boolean): PolicyState {
  if (isDenied) return 'deny';
  if (standings.some(({ state }) => state === 'not_read')) return 'not_read';
  if (takings.length > 0) return 'conditional';
  return standings.every(({ state }) => state === 'free') ? 'none' : 'allow';
}

/** Of several, the one that weighs most; null for none. */
const byWeight: readonly PolicyState[] = ['deny', 'not_read', 'conditional', 'allow', 'none'];

/** What policies make of all who are let in. Null: nobody is. */
export function policyState(effects: readonly (PolicyEffect | null)[]): PolicyState | null {
  if (effects.length === 0) return null;
  const states = effects.map((effect) => effect?.state ?? 'not_read');
  return byWeight.find((state) => states.includes(state)) ?? null;
}

/** The policies that take, or may take, something away, ascending. */
export const policyIds = (effects: readonly (PolicyEffect | null)[]): readonly string[] =>
  [
    ...new Set(
      effects.flatMap((effect) =>
        (effect?.takings ?? []).flatMap(({ policies }) => policies.map(({ id }) => id)),
      ),
    ),
  ].sort();

const distinct = (takings: readonly Taking[]): readonly Taking[] => [
  ...new Map(takings.map((taking) => [takingText(taking), taking])).values(),
];

/** Why it is blocked, or not known, or what is taken of it, as phrases. */
export function takingTexts(effect: PolicyEffect | null, accept: (taking: Taking) => boolean): string {
  return (effect?.takings ?? []).filter(accept).map(takingText).join(', and ');
}
