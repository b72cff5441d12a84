import { test } from 'vitest';
import { controlledKey } from './arbitrary-controlled-key.ts';
import { compareControlledKey } from './compare-controlled-key.ts';
import { expectHeld } from './expect-held.ts';
import { hold } from './hold.ts';
import { ofControls } from './mix.ts';

test('what SCPs and RCPs leave of a key’s sharing: right in every world of the mix', () => {
  const compare = (world: Parameters<typeof compareControlledKey>[0]) => [compareControlledKey(world)];
  expectHeld(hold('key under organization policies', controlledKey, 600, compare, ofControls));
});
