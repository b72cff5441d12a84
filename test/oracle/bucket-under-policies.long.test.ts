import { test } from 'vitest';
import { anyBucketUnderPolicies } from './arbitrary-world.ts';
import { compareBucket } from './compare-pairs.ts';
import { expectHeld } from './expect-held.ts';
import { hold } from './hold.ts';

test('who can read and write objects of a bucket under organization policies: right in every world of the mix', () => {
  const report = hold('bucket under policies', anyBucketUnderPolicies(), 250, compareBucket);
  // `aws:PrincipalType` does not tell the principals of an account apart.
  expectHeld(report, 0.05);
});
