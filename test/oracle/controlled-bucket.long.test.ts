import { test } from 'vitest';
import fc from '../random.ts';
import { anyControls } from './arbitrary-controls.ts';
import { openBucket } from './arbitrary-open-bucket.ts';
import { compareControlledBucket } from './compare-pairs.ts';
import { expectHeld } from './expect-held.ts';
import { hold } from './hold.ts';
import { ofControls } from './mix.ts';

test('who can read and write objects under SCPs and RCPs: right in every world of the mix', () => {
  const worlds = fc.record({ bucket: openBucket, controls: anyControls });
  expectHeld(hold('bucket under organization policies', worlds, 900, compareControlledBucket, ofControls));
});
