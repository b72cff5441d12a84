import { expect, test } from 'vitest';
import { isAwsAccount } from '../../../src/posture/access/aws-accounts.ts';

test.each([
  ['127311923021', true],
  ['156460612806', true],
  ['cloudfront', true],
  ['111122223333', false],
  ['1a', false],
  ['*', false],
  ['', false],
])('an account of AWS: %s: %s', (account, is) => {
  expect(isAwsAccount(account)).toBe(is);
});
