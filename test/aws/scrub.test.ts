import { expect, test } from 'vitest';
import { scrub } from '../../src/aws/scrub.ts';

const long = 'aB3+/x='.repeat(9);

/** What stands for a secret leaves nothing of it, and takes nothing of the rest. */
test.each<[said: string, shown: string]>([
  ['The key AKIAIOSFODNN7EXAMPLE is of nobody', 'The key … is of nobody'],
  ['User ASIAQWERTYUIOPASDFGH: denied', 'User …: denied'],
  // Other ids of IAM are no secrets, and tell who was denied.
  [
    'User AIDAQWERTYUIOPASDFGH, role AROAQWERTYUIOPASDFGH',
    'User AIDAQWERTYUIOPASDFGH, role AROAQWERTYUIOPASDFGH',
  ],
  ['MAKIAIOSFODNN7EXAMPLE, AKIASHORT', 'MAKIAIOSFODNN7EXAMPLE, AKIASHORT'],
  ['Signature=0123abcd is wrong', '… is wrong'],
  ["AWSAccessKeyId='root' is not known", "…' is not known"],
  ['no x-amz-security-token: abc, no user', 'no …, no user'],
  ['the clientToken = abc; then more', 'the …; then more'],
  ['ExternalId "secret-word" is wrong, external-id: x', '…" is wrong, …'],
  ["the token 'abc' is too old", "the …' is too old"],
  ['(credential is abc)', '(…)'],
  ['{"secret":"abc","name":"x"}', '{"…","name":"x"}'],
  ['access-key-id=a access_key=b accesskeyid=c aws_secret_access_key = d', '… … … …'],
  ['the token issued by "them", the key which is old', 'the token issued by "them", the key which is old'],
  ['the token that was given is too old', 'the token that was given is too old'],
  [`seen ${long} there`, 'seen … there'],
  [`seen ${long.slice(0, 59)} there`, `seen ${long.slice(0, 59)} there`],
])('%s', (said, shown) => {
  expect(scrub(said)).toBe(shown);
});

test('what the caller knows to be secret is gone wherever it stands, and an empty one changes nothing', () => {
  expect(scrub('swordfish: not swordfish2, SWORDFISH', ['', 'swordfish'])).toBe('…: not …2, SWORDFISH');
});

test('one line is left, without the signed request that AWS repeats', () => {
  expect(scrub('  No match. The Canonical String for this request should have been POST')).toBe('No match.');
  expect(scrub('No.\nMore of it.')).toBe('No.');
});

test('what is longer than 600 characters is cut there', () => {
  const words = 'a word, '.repeat(75);
  expect(scrub(`${words.slice(0, 599)}.`)).toBe(`${words.slice(0, 599)}.`);
  expect(scrub(`${words.slice(0, 599)}.!`)).toBe(`${words.slice(0, 599)}.…`);
});
