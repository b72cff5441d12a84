import { expect, test } from 'vitest';
import { ticksFor } from '../../src/report/chart/days.ts';

test.each([
  ['a desk', 8, [0, 7, 14, 21, 30]],
  ['a tablet', 3, [0, 14, 30]],
  ['a phone', 1.5, [0, 30]],
  ['no room', 0.5, [0]],
])('days are marked as far as they can be read: %s', (_, perDay, days) => {
  expect(ticksFor(perDay)).toEqual(days);
});
