import { expect, test } from 'vitest';
import type { Admission } from '../../../src/posture/access/admission.ts';
import {
  accountsNamedBy,
  isByUniqueId,
  type NamedAccounts,
  uniqueIdText,
} from '../../../src/posture/access/identity.ts';
import { type Condition, readConditions } from '../../../src/posture/policy/condition.ts';

const [own, member] = ['111122223333', '222233334444'];
const role = 'AROAEXAMPLEID12345:session';

function read(operator: string, key: string, ...values: readonly string[]): Condition {
  const [condition] = readConditions({ [operator]: { [key]: values } }, true);
  if (condition === undefined || typeof condition === 'string')
    throw new Error(`${operator} is not understood`);
  return condition;
}
const leftWith = (...leftover: readonly Condition[]) => ({ leftover }) as Admission;
const valuesOf = (named: NamedAccounts | null) =>
  named && {
    byAccount: named.byAccount?.values ?? null,
    accounts: named.accounts,
    rest: named.rest?.values ?? null,
  };

test.each<[what: string, condition: Condition, expected: ReturnType<typeof valuesOf>]>([
  ['a root user', read('StringEquals', 'aws:userid', own), { byAccount: [own], accounts: [own], rest: null }],
  [
    'a federated user',
    read('StringLike', 'aws:userid', `${own}:name`),
    { byAccount: [`${own}:name`], accounts: [own], rest: null },
  ],
  [
    'a role, whose account nobody can tell',
    read('StringLike', 'aws:userid', role),
    { byAccount: null, accounts: [], rest: [role] },
  ],
  ['anybody', read('StringLike', 'aws:userid', '*'), { byAccount: null, accounts: [], rest: ['*'] }],
  [
    'some of each, the accounts in order and once',
    read('StringLike', 'aws:userid', `${member}:b`, role, own, `${member}:a`),
    { byAccount: [`${member}:b`, own, `${member}:a`], accounts: [own, member], rest: [role] },
  ],
  [
    'a number of other length',
    read('StringEquals', 'aws:userid', `${own}0`),
    { byAccount: null, accounts: [], rest: [`${own}0`] },
  ],
  [
    'a function',
    read('ArnEquals', 'lambda:SourceFunctionArn', `arn:aws:lambda:eu-west-1:${own}:function:f`),
    { byAccount: [`arn:aws:lambda:eu-west-1:${own}:function:f`], accounts: [own], rest: null },
  ],
  [
    'functions of any account',
    read('ArnLike', 'lambda:SourceFunctionArn', 'arn:aws:lambda:eu-west-1:*:function:f'),
    { byAccount: null, accounts: [], rest: ['arn:aws:lambda:eu-west-1:*:function:f'] },
  ],
  ['those who are left out', read('StringNotEquals', 'aws:userid', own), null],
  ['where the key may be missing', read('StringEqualsIfExists', 'aws:userid', own), null],
  ['another key', read('StringEquals', 'aws:PrincipalAccount', own), null],
])('%s', (_what, condition, expected) => {
  expect(valuesOf(accountsNamedBy(condition))).toEqual(expected);
});

test.each<[what: string, condition: Condition, is: boolean]>([
  ['a role', read('StringLike', 'aws:userid', role), true],
  ['two roles', read('StringLike', 'aws:userid', role, 'AIDAEXAMPLEID12345'), true],
  ['a role, or anybody', read('StringLike', 'aws:userid', role, '*'), false],
  ['who is named after an account', read('StringLike', 'aws:userid', own), false],
  ['anybody with such a session', read('StringLike', 'aws:userid', '*:session'), false],
  ['a web identity', read('StringEquals', 'cognito-identity.amazonaws.com:sub', 'eu-west-1:1234'), true],
  ['web identities by an end', read('StringLike', 'cognito-identity.amazonaws.com:sub', '*1234'), false],
  ['a variable', read('StringLike', 'cognito-identity.amazonaws.com:sub', `$\{aws:username}`), false],
  ['everybody else', read('StringNotLike', 'aws:userid', role), false],
  ['nobody', read('StringLike', 'aws:userid'), false],
  ['another key', read('StringLike', 'aws:PrincipalArn', role), false],
])('pins callers to somebody whom nobody can name: %s: %j', (_what, condition, is) => {
  expect(isByUniqueId(leftWith(condition))).toBe(is);
});

test('somebody in words', () => {
  const conditions = [
    read('StringLike', 'aws:userid', role, 'AIDAEXAMPLEID12345'),
    read('IpAddress', 'aws:SourceIp', '10.0.0.0/8'),
    read('StringEquals', 'cognito-identity.amazonaws.com:sub', 'x'),
  ];
  expect(uniqueIdText(leftWith(...conditions))).toBe(
    `aws:userid ${role}, AIDAEXAMPLEID12345 and cognito-identity.amazonaws.com:sub x`,
  );
});
