import { test } from 'vitest';
import { anyKey } from './arbitrary-world.ts';
import { compareKey } from './compare-key.ts';
import { expectHeld } from './expect-held.ts';
import { hold } from './hold.ts';

test('who may use a key: right in every world of the mix', () => {
  const report = hold('key', anyKey('key'), 1500, (key) => [compareKey(key)]);
  expectHeld(report);
});
