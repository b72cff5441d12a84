import { expect, test } from 'vitest';
import { notPrincipalBucket } from './arbitrary-not-principal.ts';
import { compareNotPrincipal } from './compare-pairs.ts';
import { hold } from './hold.ts';
import { ofNotPrincipal } from './mix.ts';

test('whom an Allow with NotPrincipal lists: locked out only where every reading says so', () => {
  const { wrong } = hold('NotPrincipal', notPrincipalBucket, 100, compareNotPrincipal, ofNotPrincipal);
  expect(wrong).toEqual([]);
});
