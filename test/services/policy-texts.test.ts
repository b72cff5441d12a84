import { describe, expect, it } from 'vitest';
import { joinedPolicies } from '../../src/services/policy-texts.ts';

const allow = (Action: string) => ({
  Effect: 'Allow',
  Principal: { AWS: '222222222222' },
  Action,
  Resource: '*',
});
const policy = (...actions: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: actions.map(allow) });

describe('the policies of one resource, as one', () => {
  it.each([
    ['none', [], null],
    ['none that says anything', ['', '{}', null], null],
    ['one, as it is written', [null, policy('ssm:GetParameter')], policy('ssm:GetParameter')],
    ['two', [policy('glue:Get*'), policy('glue:*', 'glue:x')], policy('glue:Get*', 'glue:*', 'glue:x')],
    [
      'a statement without a list',
      [policy('glue:a'), JSON.stringify({ Version: '2012-10-17', Statement: allow('glue:b') })],
      policy('glue:a', 'glue:b'),
    ],
    [
      'other versions without variables',
      [policy('glue:a'), policy('glue:b').replace('2012-10-17', '2008-10-17')],
      policy('glue:a', 'glue:b'),
    ],
  ])('of %s', (_what, texts, joined) => {
    expect(joinedPolicies(texts)).toBe(joined);
  });

  it.each([
    ['one is no JSON', [policy('glue:a'), 'oops']],
    [
      'one has a statement of an unknown form',
      [policy('glue:a'), '{"Version":"2012-10-17","Statement":[7]}'],
    ],
    [
      'their versions differ, and one has a variable',
      [policy('glue:a'), policy(`glue:\${aws:username}`).replace('2012', '2008')],
    ],
  ])('are no JSON where %s', (_what, texts) => {
    expect(() => JSON.parse(joinedPolicies(texts) ?? '{}')).toThrow(SyntaxError);
  });
});
