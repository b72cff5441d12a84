import { test } from 'vitest';
import { anyBucket } from './arbitrary-world.ts';
import { compareBucket } from './compare-pairs.ts';
import { expectHeld } from './expect-held.ts';
import { hold } from './hold.ts';

test('who can read and write objects of a bucket under its key: right in every world of the mix', () => {
  const report = hold('bucket', anyBucket(), 900, compareBucket);
  expectHeld(report);
});
