import { expect, it } from 'vitest';
import { assumable } from '../../../src/posture/iam/assumable.ts';
import { SharedPolicies } from '../../../src/posture/iam/shared-policies.ts';

const gone = { AWS: ['AROAAAAAAAAAAAAAAAAAA', 'AIDAAAAAAAAAAAAAAAAAA'] };
const root = { AWS: 'arn:aws:iam::111122223333:root' };
const allow = (Principal: unknown, Action: unknown = 'sts:AssumeRole', more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...more,
});
const deny = (Principal: unknown, Action: unknown = 'sts:*', more: object = {}) => ({
  Effect: 'Deny',
  Principal,
  Action,
  ...more,
});

it.each<[string, unknown, 'yes' | 'no' | 'unknown']>([
  ['an account', [allow(root)], 'yes'],
  ['a service', [allow({ Service: 'ec2.amazonaws.com' })], 'yes'],
  [
    'a SAML provider',
    [allow({ Federated: 'arn:aws:iam::1:saml-provider/x' }, 'sts:AssumeRoleWithSAML')],
    'yes',
  ],
  ['web identities', [allow({ Federated: 'accounts.google.com' }, 'sts:AssumeRoleWithWebIdentity')], 'yes'],
  ['anyone', [allow('*', '*')], 'yes'],
  ['all actions of STS but some', [{ Effect: 'Allow', Principal: root, NotAction: 'sts:TagSession' }], 'yes'],
  ['everybody but one', [{ Effect: 'Allow', NotPrincipal: gone, Action: 'sts:AssumeRole' }], 'yes'],
  [
    'an account, under a condition',
    [allow(root, 'sts:AssumeRole', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
    'yes',
  ],
  ['the deleted and one who is not', [allow({ AWS: [...gone.AWS, ...[root.AWS]] })], 'yes'],
  ['nobody', [], 'no'],
  ['only the deleted', [allow(gone)], 'no'],
  ['only by a Deny', [deny(root)], 'no'],
  [
    'an account that may tag sessions and no more',
    [allow(root, ['sts:TagSession', 'sts:SetSourceIdentity'])],
    'no',
  ],
  ['an account, and everybody is denied', [allow(root), deny('*')], 'no'],
  [
    'an account, and everybody is denied by name of all ways in',
    [allow(root), deny({ AWS: '*' }, 'sts:AssumeRole*')],
    'no',
  ],
  [
    'an account, and one way in is denied to everybody',
    [allow(root), deny('*', 'sts:AssumeRoleWithSAML')],
    'yes',
  ],
  [
    'an account, and everybody is denied under a condition',
    [allow(root), deny('*', 'sts:*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
    'yes',
  ],
  ['an account, and another is denied', [allow(root), deny({ AWS: '444455556666' })], 'yes'],
  ['something nobody understands', [allow(root), { Effect: 'Maybe' }], 'unknown'],
  ['a principal of an unknown form', [allow({ AWS: 'arn:aws:s3:::bucket' })], 'unknown'],
])('a role that trusts %s', (_, Statement, expected) => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement });
  expect(assumable(new SharedPolicies().document(text, 'of_resources'))).toBe(expected);
});

it.each([null, 'no JSON'])('a role whose trust policy is %s: nobody knows', (text) => {
  expect(assumable(new SharedPolicies().document(text, 'of_resources'))).toBe('unknown');
});
