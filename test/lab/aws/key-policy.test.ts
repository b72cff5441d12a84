import { expect, test } from 'vitest';
import type { Caller } from '../../../lab/aws/credentials.ts';
import { policyAdmits } from '../../../lab/aws/services/kms/key-policy.ts';

const caller: Caller = {
  accountId: '222222222222',
  arn: 'arn:aws:sts::222222222222:assumed-role/posture/test',
  principalArn: 'arn:aws:iam::222222222222:role/posture',
  userId: 'AROA:test',
  principal: { name: 'posture' },
  isRoleSession: true,
  credentials: { accessKeyId: 'ASIA', secretAccessKey: 'x' },
  expiresAt: null,
};

const root = { Principal: { AWS: 'arn:aws:iam::222222222222:root' } };
const anyone = { Principal: { AWS: '*' } };
const allow = { Effect: 'Allow', Action: 'kms:*' };
const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});

test.each<[string, object | object[], boolean]>([
  ['the account by its root', { ...allow, ...root }, true],
  ['the account by its id', { ...allow, Principal: { AWS: ['222222222222'] } }, true],
  ['the role', { ...allow, Principal: { AWS: caller.principalArn } }, true],
  ['the session', { ...allow, Principal: { AWS: caller.arn } }, true],
  ['anyone', { ...allow, Principal: '*' }, true],
  ['another role', { ...allow, Principal: { AWS: 'arn:aws:iam::222222222222:role/other' } }, false],
  ['another account', { ...allow, Principal: { AWS: 'arn:aws:iam::333333333333:root' } }, false],
  ['a service', { ...allow, Principal: { Service: 's3.amazonaws.com' } }, false],
  ['a matching action', { Effect: 'Allow', Action: ['kms:List*', 'kms:describe*'], ...root }, true],
  ['no matching action', { Effect: 'Allow', Action: 'kms:List*', ...root }, false],
  [
    'a Deny beside it',
    [
      { ...allow, ...root },
      { Effect: 'Deny', Action: 'kms:DescribeKey', ...anyone },
    ],
    false,
  ],
  ['no statement', [], false],
  [
    'its own account',
    { ...allow, ...anyone, ...when('StringEquals', 'kms:CallerAccount', '222222222222') },
    true,
  ],
  [
    'another caller account',
    { ...allow, ...anyone, ...when('StringEquals', 'kms:CallerAccount', '3') },
    false,
  ],
  ['only through a service', { ...allow, ...anyone, ...when('StringEquals', 'kms:ViaService', 's3') }, false],
  ['its organization', { ...allow, ...anyone, ...when('StringEquals', 'aws:PrincipalOrgID', ['o-1']) }, true],
  [
    'another organization',
    { ...allow, ...anyone, ...when('StringEquals', 'aws:PrincipalOrgID', 'o-2') },
    false,
  ],
  [
    'its organization, by a Deny for others',
    [
      { ...allow, ...root },
      {
        ...allow,
        ...anyone,
        Effect: 'Deny',
        ...when('StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-1'),
      },
    ],
    true,
  ],
  [
    'everybody but its organization',
    [
      { ...allow, ...root },
      {
        ...allow,
        ...anyone,
        Effect: 'Deny',
        ...when('StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-2'),
      },
    ],
    false,
  ],
  [
    'a role pattern',
    { ...allow, ...anyone, ...when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/pos*') },
    true,
  ],
  [
    'what it cannot evaluate',
    { ...allow, ...anyone, ...when('IpAddress', 'aws:SourceIp', '10.0.0.0/8') },
    false,
  ],
])('a key policy with %s', (_case, Statement, expected) => {
  const document = JSON.stringify({ Version: '2012-10-17', Statement });
  expect(policyAdmits(document, 'kms:DescribeKey', { caller, organizationId: 'o-1' })).toBe(expected);
});

test('a document that is no JSON admits nobody', () => {
  expect(policyAdmits('{', 'kms:DescribeKey', { caller, organizationId: null })).toBe(false);
});
