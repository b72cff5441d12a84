import { describe } from 'vitest';
import { read } from '../bucket/bucket.ts';
import { allow, deny, identity } from '../iam/iam.ts';
import { denyAction, denyEverybody, type Given, outsiders } from '../organization-policies/organization.ts';
import { compute, role, root } from './cast.ts';
import { analytics, cases, mayDecrypt, mayGet } from './iam-case.ts';

const arn = 'arn:aws:s3:::lake';
const toAccount = [read(root(compute))];
const all = analytics(mayGet, mayDecrypt);
const justOne = ['role/analytics'];

describe('boundaries and organization policies', () => {
  const scp = (...statements: Parameters<typeof denyAction>[]): Given => ({
    scp: { [compute]: { Guard: statements.map((given) => denyAction(...given)) } },
  });
  const both = [mayGet, mayDecrypt];
  cases({
    'a boundary that allows both': {
      iam: [identity(compute, { says: both, boundary: [allow(['s3:*', 'kms:*'])] })],
      expected: 'possible',
      who: justOne,
    },
    'a boundary silent on the key': {
      iam: [identity(compute, { says: both, boundary: [allow('s3:*')] })],
      expected: 'blocked_by_iam',
      says: '1 role may s3:GetObject, none kms:Decrypt (a permissions boundary takes it away)',
    },
    'a boundary silent on the data': {
      iam: [identity(compute, { says: both, boundary: [allow('kms:*')] })],
      expected: 'blocked_by_iam',
      says: 'no user or role may s3:GetObject (a permissions boundary takes it away)',
    },
    'a boundary that denies': {
      iam: [identity(compute, { says: both, boundary: [allow('*'), deny('s3:*')] })],
      expected: 'blocked_by_iam',
    },
    'a boundary alone allows nothing': {
      iam: [identity(compute, { boundary: [allow('*')] })],
      expected: 'blocked_by_iam',
    },
    'a Deny with NotPrincipal hits whoever has a boundary': {
      bucket: [
        ...toAccount,
        {
          Effect: 'Deny',
          NotPrincipal: { AWS: [root(compute), role(compute)] },
          Action: 's3:GetObject',
          Resource: `${arn}/*`,
        },
      ],
      iam: [identity(compute, { says: both, boundary: [allow('*')] })],
      expected: 'blocked_by_iam',
    },
    'a service control policy that denies by tag': {
      policies: scp(['kms:Decrypt', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web' } } }]),
      bucket: toAccount,
      iam: [
        identity(compute, { says: both, tags: { team: 'web' } }),
        identity(compute, { name: 'etl', says: both, tags: { team: 'etl' } }),
      ],
      expected: 'possible',
      who: ['role/etl'],
    },
    'the same for the data': {
      policies: scp(['s3:*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web' } } }]),
      bucket: toAccount,
      iam: [identity(compute, { says: both, tags: { team: 'web' } })],
      expected: 'blocked_by_iam',
      says: 'no user or role may s3:GetObject (organization policies take it away)',
    },
    'a service control policy that denies all but a role': {
      policies: scp([
        's3:*',
        { Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/etl` } } },
      ]),
      bucket: toAccount,
      iam: [all, identity(compute, { name: 'etl', says: both })],
      expected: 'possible',
      who: ['role/etl'],
    },
    'a service-linked role is free of them': {
      policies: scp([
        's3:*',
        { Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/etl` } } },
      ]),
      bucket: toAccount,
      iam: [
        all,
        identity(compute, { path: '/aws-service-role/x.amazonaws.com/', name: 'linked', says: both }),
      ],
      expected: 'possible',
      who: ['role/aws-service-role/x.amazonaws.com/linked'],
    },
    'an account that the organization locks out': {
      policies: scp(['s3:*']),
      iam: [all],
      expected: 'blocked_by_organization_policy',
      rootUser: 'no',
    },
    'a perimeter around the data lets members in': {
      policies: { rcp: { root: { Perimeter: [denyEverybody('*', outsiders)] } } },
      iam: [all],
      expected: 'possible',
      who: justOne,
    },
    'organization policies that were not read leave what IAM says': {
      policies: { scp: 'not_read', rcp: 'not_read' },
      iam: [all],
      expected: 'possible',
      who: justOne,
    },
  });
});
