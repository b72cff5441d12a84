import { expect, test } from 'vitest';
import { delegatingBucket } from './arbitrary-access-points.ts';
import { compareDelegatingBucket } from './compare-access-points.ts';
import { hold } from './hold.ts';
import { ofAccessPoints } from './mix.ts';

test('who can read and write objects through access points: right in every world of the mix', () => {
  const { wrong, unknown, mix, text } = hold(
    'bucket with access points',
    delegatingBucket,
    250,
    compareDelegatingBucket,
    ofAccessPoints,
  );
  console.log(text);
  expect(mix.filter(({ share, least }) => share < least)).toEqual([]);
  expect.soft(wrong, 'wrong answers').toEqual([]);
  // Who is let in by any access point can make one: that stays open.
  expect.soft(unknown, 'share of "unknown"').toBeLessThan(0.25);
});
