import { test } from 'vitest';
import { iamWorld } from './arbitrary-iam.ts';
import { compareIam } from './compare-iam.ts';
import { expectHeld } from './expect-held.ts';
import { hold } from './hold.ts';
import { iamProduct } from './iam-product.ts';
import { ofIam } from './mix.ts';

test('what users and roles can do with a key: right in every world of the mix', () => {
  const report = hold('iam', iamWorld, 400, (world) => compareIam(world, iamProduct), ofIam);
  expectHeld(report);
});
