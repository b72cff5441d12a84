import { test } from 'vitest';
import { anyQueue } from './arbitrary-world.ts';
import { compareQueue } from './compare-pairs.ts';
import { expectHeld } from './expect-held.ts';
import { hold } from './hold.ts';

test('who can send to and receive from a queue under its key: right in every world of the mix', () => {
  const report = hold('queue', anyQueue(), 1000, compareQueue);
  expectHeld(report);
});
