import { describe, expect, it } from 'vitest';
import { rulesOf } from '../../src/explain/rules-of-resource.ts';
import { dynamoDbStreamRules } from '../../src/services/dynamodb/rules.ts';
import { glueRules, roleRules } from '../../src/services/glue/rules.ts';

const row = (service: string, resourceType: string, keyCheckedAgainst: string | null = null) => ({
  arn: `arn:aws:${service}:eu-west-1:222222222222:${resourceType}`,
  service,
  resourceType,
  keyCheckedAgainst,
  explanation: null,
});

describe('the rules behind a row', () => {
  it.each([
    ['a catalog that asks for the key of whoever comes', row('glue', 'data_catalog', 'caller'), glueRules],
    ['a catalog that encrypts by a role', row('glue', 'data_catalog', 'service'), roleRules],
    ['a stream', row('dynamodb', 'stream', 'caller'), dynamoDbStreamRules],
  ])('of %s', (_what, told, rules) => {
    expect(rulesOf(told)).toBe(rules);
  });

  it.each([
    ['connection passwords, which no policy is about', row('glue', 'connection_passwords', 'caller')],
    ['what a list of accounts shares', row('ec2', 'image', 'caller')],
    ['what this version does not know', row('glue', 'dream')],
  ])('of %s are none to explain', (_what, told) => {
    expect(() => rulesOf(told)).toThrow('is not decided by a policy of its own');
  });
});
