import { expect, test } from 'vitest';
import { consoleOfKey } from '../../src/report/console-link.ts';
import { fixDetails } from '../../src/report/panels/fix.ts';

test.each([
  [
    'arn:aws:kms:eu-west-1:111122223333:key/mrk-1',
    'https://eu-west-1.console.aws.amazon.com/kms/home?region=eu-west-1#/kms/keys/mrk-1',
  ],
  [
    'arn:aws-cn:kms:cn-north-1:111122223333:key/k',
    'https://console.amazonaws.cn/kms/home?region=cn-north-1#/kms/keys/k',
  ],
  [
    'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/k',
    'https://console.amazonaws-us-gov.com/kms/home?region=us-gov-west-1#/kms/keys/k',
  ],
  ['arn:aws-iso:kms:us-iso-east-1:111122223333:key/k', null],
  ['arn:aws:kms:evil.example/:111122223333:key/k', null],
  ['javascript:alert(1)', null],
  [null, null],
])('the console of %s', (arn, expected) => {
  expect(consoleOfKey(arn)).toBe(expected);
});

const step = {
  kind: 'key_policy_statement',
  on: 'arn:aws:kms:eu-west-1:111122223333:key/k',
  statement: { Effect: 'Allow' },
  command: 'aws kms get-key-policy\naws kms put-key-policy',
  why: 'It does not <b>admit</b> them.',
};

test('whom it is for, what is added, and each line of the command', () => {
  const entry = { for: ['account 1', 'account 2'], parties: 3, purpose: 'unlock', steps: [step] };
  const { markup } = fixDetails([entry], step.on);
  expect(markup).toContain('Let in account 1 and account 2 of 3');
  expect(markup).toContain('&quot;Effect&quot;: &quot;Allow&quot;');
  expect(markup).toContain('<pre>aws kms get-key-policy\naws kms put-key-policy</pre>');
  expect(markup).toContain('It does not &lt;b&gt;admit&lt;/b&gt; them.');
  expect(markup).toContain('<a href="https://eu-west-1.console.aws.amazon.com/');
});

test.each([[null], ['text'], [{}], [[null, 1, { steps: 'x' }]]])('what is no fix shows none: %j', (fix) => {
  expect(fixDetails(fix, null).markup).not.toContain('<pre>');
});

test('many steps: the first, and that there are more', () => {
  const entry = { for: [], parties: 0, purpose: 'take_away', steps: Array.from({ length: 40 }, () => step) };
  const { markup } = fixDetails([entry], null);
  expect(markup.match(/class="step"/g)).toHaveLength(12);
  expect(markup).toContain('the column fix has all');
});
