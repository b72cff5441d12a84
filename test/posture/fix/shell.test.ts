import { expect, test } from 'vitest';
import { awsCommand, quoted } from '../../../src/posture/fix/shell.ts';

test.each([
  ['arn:aws:kms:eu-west-1:111122223333:key/k', 'arn:aws:kms:eu-west-1:111122223333:key/k'],
  ['', "''"],
  ['a b', "'a b'"],
  ['$(reboot)', "'$(reboot)'"],
  ["it's", "'it'\\''s'"],
  ['a;b', "'a;b'"],
  ['arn:aws:iam::111122223333:role/*', "'arn:aws:iam::111122223333:role/*'"],
  ['a\nb', "'a\nb'"],
])('a word of a shell: %j', (word, expected) => {
  expect(quoted(word)).toBe(expected);
});

test('a command', () => {
  expect(awsCommand('kms', 'enable-key', 'cn-north-1', ['--key-id', 'k'])).toBe(
    'aws kms enable-key --region cn-north-1 --key-id k',
  );
});
