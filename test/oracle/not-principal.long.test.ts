import { expect, test } from 'vitest';
import { notPrincipalBucket } from './arbitrary-not-principal.ts';
import { compareNotPrincipal } from './compare-pairs.ts';
import { hold } from './hold.ts';
import { ofNotPrincipal } from './mix.ts';

test('whom an Allow with NotPrincipal lists: locked out in no world of the mix where a reading lets in', () => {
  const report = hold('NotPrincipal', notPrincipalBucket, 2000, compareNotPrincipal, ofNotPrincipal);
  console.log(report.text);
  expect(report.mix.filter(({ share, least }) => share < least)).toEqual([]);
  expect(report.wrong).toEqual([]);
});
