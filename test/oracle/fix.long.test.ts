import { expect, test } from 'vitest';
import { fixedBucket, fixedKey, sharedResource } from './arbitrary-fix-worlds.ts';
import { wrongFixes } from './compare-fix.ts';
import { wrongTakingAwayOfKey } from './compare-key-fix.ts';
import { buckets, resources } from './fix-sorts.ts';
import { holdFixes } from './hold-fix.ts';

test.each([
  ['the rules', 2000, false],
  ['the oracle', 50, true],
])(
  'what is proposed for a bucket unlocks those meant and changes no other answer, by %s',
  (_by, runs, byOracle) => {
    const wrong = holdFixes(fixedBucket(), runs, (bucket) => wrongFixes(buckets, bucket, byOracle));
    expect(wrong).toEqual([]);
  },
);

test.each([
  ['the rules', 3000, false],
  ['the oracle', 150, true],
])(
  'what is proposed for resources of other services, in three partitions, does as well, by %s',
  (_by, runs, byOracle) => {
    const wrong = holdFixes(sharedResource(), runs, (one) => wrongFixes(resources, one, byOracle));
    expect(wrong).toEqual([]);
  },
);

test('what is taken away of a key ends that accounts outside the organization use it, and nothing else', () => {
  const wrong = holdFixes(fixedKey(), 800, wrongTakingAwayOfKey);
  expect(wrong).toEqual([]);
});
