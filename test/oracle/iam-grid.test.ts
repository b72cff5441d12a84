import { expect, test } from 'vitest';
import { fatesOf } from './fate.ts';
import { expectedOf, type IamCase, iamCases, worldOf } from './iam-grid.ts';
import { pairsOf } from './iam-world.ts';

/** What the evaluator says of the case's role: `always` or `never`, or that it depends on how AWS is read. */
function said(one: IamCase): string {
  const world = worldOf(one);
  const pair = pairsOf(world).find(({ principal }) => principal !== null);
  if (pair === undefined) throw new Error('the world has no role');
  const fates = fatesOf(pair, world.controls, 'kms:Decrypt');
  return fates.size === 1 ? [...fates].join() : 'open';
}

test('every combination of key, IAM, boundary, SCP and RCP is among the cases', () => {
  expect(new Set(iamCases.map((one) => JSON.stringify(one))).size).toBe((4 + 5) * 3 * 3 * 3 * 2);
});

test.each(['own', 'other'] as const)('the rules say what the evaluator says: %s account', (account) => {
  const cases = iamCases.filter((one) => one.account === account);
  expect(cases.filter((one) => said(one) !== expectedOf(one)).map((one) => [one, said(one)])).toEqual([]);
  expect(new Set(cases.map(said))).toEqual(new Set(['always', 'never', 'open']));
});
