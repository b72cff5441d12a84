import { test } from 'vitest';
import { anyBucketUnderPolicies } from './arbitrary-world.ts';
import { compareBucket } from './compare-pairs.ts';
import { expectHeld } from './expect-held.ts';
import { hold } from './hold.ts';

test('who can read and write objects of a bucket under organization policies: right in every world of the mix', () => {
  const report = hold('bucket under policies', anyBucketUnderPolicies(), 600, compareBucket);
  expectHeld(report);
});
