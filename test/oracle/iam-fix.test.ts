import { expect, test } from 'vitest';
import { iamFixWorld } from './arbitrary-iam-fix.ts';
import { wrongByIam, wrongIamFixes } from './compare-iam-fix.ts';
import { holdFixes } from './hold-fix.ts';

test('who of an account can read and write objects under a key by IAM there: right in the first worlds', () => {
  expect(holdFixes(iamFixWorld, 150, wrongByIam)).toEqual([]);
});

test('what is said to be missing in IAM of an account unlocks roles of it, by the rules and by the oracle', () => {
  expect(holdFixes(iamFixWorld, 150, wrongIamFixes)).toEqual([]);
});
