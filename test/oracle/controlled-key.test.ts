import { expect, test } from 'vitest';
import { controlledKey } from './arbitrary-controlled-key.ts';
import { compareControlledKey } from './compare-controlled-key.ts';
import { hold } from './hold.ts';
import { ofControls } from './mix.ts';

test('what SCPs and RCPs leave of a key’s sharing: right in the first worlds of the mix', () => {
  const { wrong } = hold(
    'key under organization policies',
    controlledKey,
    60,
    (world) => [compareControlledKey(world)],
    ofControls,
  );
  expect(wrong).toEqual([]);
});
