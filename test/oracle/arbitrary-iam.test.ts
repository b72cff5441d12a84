import { expect, test } from 'vitest';
import { iamWorld } from './arbitrary-iam.ts';
import { askedActions, compareIam, type PairAnswer } from './compare-iam.ts';
import { type Fate, fatesOf } from './fate.ts';
import { hold } from './hold.ts';
import { type IamWorld, pairsOf } from './iam-world.ts';
import { ofIam } from './mix.ts';

test('random worlds have all that decides, and every sort of answer', () => {
  const counts = { always: 0, directly: 0, sometimes: 0, never: 0, open: 0 };
  const count = (fates: ReadonlySet<Fate>): void => {
    const [fate = 'never'] = fates;
    counts[fates.size === 1 ? fate : 'open'] += 1;
  };
  const { mix, skipped, wrong } = hold(
    'who may use a key',
    iamWorld,
    80,
    (world) => {
      for (const pair of pairsOf(world))
        for (const action of askedActions) count(fatesOf(pair, world.controls, action));
      return [];
    },
    ofIam,
  );
  expect(wrong).toEqual([]);
  expect(mix.filter(({ share, least }) => share < least)).toEqual([]);
  expect(skipped, 'share of worlds with too large a grid').toBeLessThan(0.05);
  const { never, ...allowed } = counts;
  const all = Object.values(allowed).reduce((sum, one) => sum + one, 0);
  expect(Math.min(...Object.values(allowed)) / all, JSON.stringify(counts)).toBeGreaterThan(0.01);
  expect(all / (all + never), 'share of what is not plainly denied').toBeGreaterThan(0.1);
});

/** Says the same of everybody. */
const sayingToAll = (answer: PairAnswer) => (world: IamWorld) =>
  compareIam(world, { who: () => new Map(pairsOf(world).map(({ name }) => [name, answer])) });

test('whoever says "maybe" to everything is never wrong, and unknown', () => {
  const { wrong, unknown } = hold('maybe', iamWorld, 20, sayingToAll({ sure: [], maybe: askedActions }));
  expect(wrong).toEqual([]);
  expect(unknown).toBeGreaterThan(0.5);
});

test('whoever says yes, or no, to everything is found out by small worlds', () => {
  const yes = hold('yes', iamWorld, 5, sayingToAll({ sure: askedActions, maybe: [] }));
  const no = hold('no', iamWorld, 5, sayingToAll({ sure: [], maybe: [] }));
  for (const { wrong } of [yes, no]) {
    expect(wrong.length).toBeGreaterThan(0);
    expect(Math.min(...wrong.map((text) => text.length))).toBeLessThan(6000);
  }
});
