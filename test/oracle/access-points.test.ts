import { expect, test } from 'vitest';
import { delegatingBucket } from './arbitrary-access-points.ts';
import { compareDelegatingBucket } from './compare-access-points.ts';
import { hold } from './hold.ts';

test('who can read and write objects through access points: right in the first worlds of the mix', () => {
  const { wrong } = hold('bucket with access points', delegatingBucket, 40, compareDelegatingBucket);
  expect(wrong).toEqual([]);
});
