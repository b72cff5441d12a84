import { expect, test } from 'vitest';
import { anyBucket, anyKey } from './arbitrary-world.ts';
import { wrongFixes } from './compare-fix.ts';
import { wrongTakingAwayOfKey } from './compare-key-fix.ts';
import { holdFixes } from './hold-fix.ts';

test.each([
  ['the rules', 2000, false],
  ['the oracle', 100, true],
])(
  'what is proposed for a bucket unlocks those meant and changes no other answer, by %s',
  (_by, runs, byOracle) => {
    const wrong = holdFixes(anyBucket(), runs, (bucket) => wrongFixes(bucket, byOracle));
    expect(wrong).toEqual([]);
  },
);

test('what is taken away of a key ends that accounts outside the organization use it, and nothing else', () => {
  const wrong = holdFixes(anyKey('key'), 800, wrongTakingAwayOfKey);
  expect(wrong).toEqual([]);
});
