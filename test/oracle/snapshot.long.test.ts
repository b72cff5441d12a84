import { test } from 'vitest';
import { anySnapshot } from './arbitrary-world.ts';
import { compareSnapshot } from './compare-pairs.ts';
import { expectHeld } from './expect-held.ts';
import { hold } from './hold.ts';

test('who can copy a snapshot under its key: right in every world of the mix', () => {
  const report = hold('snapshot', anySnapshot(), 1000, compareSnapshot);
  expectHeld(report);
});
