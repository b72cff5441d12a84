import type { Documents, FixSort } from './fix-sorts.ts';
import type { Resource, Way } from './operation.ts';
import { type Certainty, type Outcome, outcomeOfService, outcomes } from './outcome.ts';
import type { Answers } from './product-fix.ts';

/** Whose answers before and after a fix are compared. */
export type Judge = 'rules' | 'oracle';

/** One state of a world, of which each question is asked once, however many fixes are compared with it. */
export interface Asked<T extends Documents> {
  readonly world: T;
  /** By the product: an operation → what becomes of each entity. */
  answers(): Answers;
  /** Of which the oracle is asked. */
  readonly operations: readonly string[];
  /** By the oracle, of one operation. */
  outcomes(operation: string): readonly Outcome[];
  outcomeOfService(operation: string, service: string): Certainty;
}

/**
 * @param ways an operation → its ways, the same in all states of a world
 * @param beside the policy of `world` is that of another resource under the same key
 */
export function asked<T extends Documents>(
  sort: FixSort<T>,
  world: T,
  ways: Readonly<Record<string, readonly Way[]>>,
  beside = false,
): Asked<T> {
  const resource = asResource(world);
  const waysOf = (operation: string): readonly Way[] => ways[operation] ?? [];
  const answers = once(() => sort.answers(world, beside));
  const ofAccounts = once((operation) => outcomes(resource, waysOf(operation)));
  const ofServices = once((operation, service = '') =>
    outcomeOfService(resource, waysOf(operation), service),
  );
  return {
    world,
    operations: Object.keys(ways),
    answers: () => answers(''),
    outcomes: ofAccounts,
    outcomeOfService: ofServices,
  };
}

function once<T>(
  ask: (operation: string, service?: string) => T,
): (operation: string, service?: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (...about) => {
    const name = about.join(' ');
    const answered = known.get(name) ?? { answer: ask(...about) };
    known.set(name, answered);
    return answered.answer;
  };
}

/** As the oracle takes it. */
const asResource = ({ policy, key, blocked = false, controls = null, ...list }: Documents): Resource => ({
  policy,
  ...(list.accounts && { accounts: list.accounts, everybody: list.everybody ?? false }),
  key,
  blocked,
  controls,
});
