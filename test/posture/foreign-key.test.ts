import { expect, it } from 'vitest';
import { foreignKeyOf } from '../../src/posture/foreign-key.ts';

const [user, member, vendor, stranger] = ['111111111111', '222222222222', '999988887777', '888877776666'];
const aws = '127311923021'; // Elastic Load Balancing, us-east-1

const organization = {
  organizationId: 'o-exampleorg1',
  memberAccountIds: new Set([user, member]),
  knownAccounts: { [vendor]: 'vendor', [member]: 'also a member' },
};
const notListed = { ...organization, memberAccountIds: null };
const arn = (owner: string) => `arn:aws:kms:eu-west-1:${owner}:key/1`;

it.each([
  ['a member, known or not', arn(member), user, organization, 'organization'],
  ['a known account', arn(vendor), user, organization, 'known_account'],
  ['a stranger', arn(stranger), user, organization, 'outside'],
  ['an account of AWS', arn(aws), user, organization, 'aws'],
  ['a known account, where nobody listed the organization', arn(vendor), user, notListed, 'known_account'],
  ['anybody else then', arn(stranger), user, notListed, 'unknown'],
  [
    'anybody else, for an account of another organization',
    arn(member.replace('2', '3')),
    stranger,
    organization,
    'unknown',
  ],
  ['what names no account', 'alias/lake', user, organization, 'unknown'],
])('the key of %s', (_who, key, account, knowledge, standing) => {
  expect(foreignKeyOf(key, account, knowledge).standing).toBe(standing);
});
