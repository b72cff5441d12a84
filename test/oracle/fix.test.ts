import { expect, test } from 'vitest';
import { anyBucket } from './arbitrary-world.ts';
import { wrongFixes } from './compare-fix.ts';
import { holdFixes } from './hold-fix.ts';

test.each([
  ['the rules', 300, false],
  ['the oracle', 10, true],
])(
  'what is proposed for a bucket unlocks those meant and changes no other answer, by %s',
  (_by, runs, byOracle) => {
    const wrong = holdFixes(anyBucket(), runs, (bucket) => wrongFixes(bucket, byOracle));
    expect(wrong.slice(0, 5)).toEqual([]);
  },
);
