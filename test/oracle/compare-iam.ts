import type { Comparison } from './comparison.ts';
import { type Fate, fatesOf } from './fate.ts';
import { type IamWorld, type Pair, pairsOf } from './iam-world.ts';

/** What the product says of one principal and one key. An action that is in neither list is not allowed. */
export interface PairAnswer {
  /** Actions that are surely allowed, under no condition. */
  readonly sure: readonly string[];
  /** Actions that are allowed under conditions, or not known to be. */
  readonly maybe: readonly string[];
}

/** The product, told of a world. */
export interface IamProduct {
  /** By `pairName` of principal and key; a pair that is not there can do nothing. */
  who(world: IamWorld): ReadonlyMap<string, PairAnswer>;
}

/** Use, grants, metadata, administration: what principals are asked for. */
export const askedActions = [
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:CreateGrant',
  'kms:DescribeKey',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
] as const;

export type Said = 'sure' | 'maybe' | 'no';

const holdsUnder: Readonly<Record<Said, (fate: Fate) => boolean>> = {
  sure: (fate) => fate === 'always' || fate === 'directly',
  maybe: () => true,
  no: (fate) => fate === 'never',
};

/** How one answer about one action is judged. */
export interface Judgement {
  /** Under every reading of what AWS leaves open. */
  readonly isWrong: boolean;
  /** Right under some readings only. */
  readonly isLeaning: boolean;
  /** AWS tells the answer, and it is not that nobody is allowed and nothing was said. */
  readonly isTold: boolean;
  /** "Maybe", where AWS tells that it is so in every context or in none. */
  readonly isUnknown: boolean;
}

/** @param fates under each reading. @param isReadWhole false: policies bind the principal that nobody here reads */
export function judge(said: Said, fates: ReadonlySet<Fate>, isReadWhole = true): Judgement {
  const right = [...fates].filter(holdsUnder[said]);
  const isOne = fates.size === 1;
  const isTold = isReadWhole && isOne && !(said === 'no' && fates.has('never'));
  return {
    isWrong: right.length === 0,
    isLeaning: right.length > 0 && right.length < fates.size,
    isTold,
    isUnknown: isTold && said === 'maybe' && (fates.has('always') || fates.has('never')),
  };
}

/** Holds what the product says of a world against the evaluator, a comparison for each pair. */
export function compareIam(world: IamWorld, product: IamProduct): readonly Comparison[] {
  const answers = product.who(world);
  const pairs = pairsOf(world);
  const known = new Set(pairs.map(({ name }) => name));
  const strangers = [...answers.keys()].filter((name) => !known.has(name));
  const unheard = strangers.map((name) => `${name}: there is no such pair`);
  return [
    { wrong: unheard, leaning: 0, told: 0, unknown: 0 },
    ...pairs.map((pair) => comparePair(pair, world, answers.get(pair.name))),
  ];
}

function comparePair(
  pair: Pair,
  { controls }: IamWorld,
  { sure, maybe }: PairAnswer = { sure: [], maybe: [] },
): Comparison {
  const judged = askedActions.map((action) => {
    const said: Said = sure.includes(action) ? 'sure' : maybe.includes(action) ? 'maybe' : 'no';
    const fates = fatesOf(pair, controls, action);
    // SCPs of another organization are not told.
    return { action, said, fates, ...judge(said, fates, pair.account.membership !== null) };
  });
  const count = (is: (one: Judgement) => boolean): number => judged.filter(is).length;
  return {
    wrong: judged
      .filter(({ isWrong }) => isWrong)
      .map(
        ({ action, said, fates }) => `${pair.name}: ${action}: ${said}, and is ${[...fates].join(' or ')}`,
      ),
    leaning: count(({ isLeaning }) => isLeaning),
    told: count(({ isTold }) => isTold),
    unknown: count(({ isUnknown }) => isUnknown),
  };
}
