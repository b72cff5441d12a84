import { describe } from 'vitest';
import { withoutKey } from '../../../src/posture/resource-key.ts';
import { read } from '../bucket/bucket.ts';
import { sseS3 } from '../bucket/cases/case.ts';
import { allow, deny, identity, managed } from '../iam/iam.ts';
import { compute, role, root } from './cast.ts';
import { analytics, cases, mayDecrypt, mayGet } from './iam-case.ts';

const arn = 'arn:aws:s3:::lake';
const toAccount = [read(root(compute))];
const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const ofTeam = (team: string) => ({ Condition: { StringEquals: { 'aws:PrincipalTag/team': team } } });
const all = analytics(mayGet, mayDecrypt);
const justOne = ['role/analytics'];

describe('conditions and tags', () => {
  cases({
    'a condition that nobody can decide': {
      iam: [analytics(allow('s3:GetObject', mfa), mayDecrypt)],
      expected: 'unknown',
      says: `account ${compute} may be able to read or not: by its IAM role/analytics may, depending on aws:MultiFactorAuthPresent (statement 0 of arn:aws:iam::${compute}:policy/own)`,
    },
    'a tag that only sessions of the role may have': {
      iam: [
        identity(compute, {
          says: [allow('s3:GetObject', ofTeam('data')), mayDecrypt],
          trust: [
            {
              Effect: 'Allow',
              Principal: { AWS: root(compute) },
              Action: ['sts:AssumeRole', 'sts:TagSession'],
            },
          ],
        }),
      ],
      expected: 'unknown',
      says: 'depending on aws:PrincipalTag/team',
    },
    'one on the key': {
      iam: [analytics(mayGet, allow('kms:Decrypt', mfa))],
      expected: 'unknown',
      says: 'depending on aws:MultiFactorAuthPresent',
    },
    'a Deny under one': {
      iam: [analytics(mayGet, mayDecrypt, deny('s3:*', mfa))],
      expected: 'unknown',
    },
    'with somebody else who surely can': {
      bucket: toAccount,
      iam: [
        analytics(allow('s3:GetObject', mfa), mayDecrypt),
        identity(compute, { name: 'etl', says: [mayGet, mayDecrypt] }),
      ],
      expected: 'possible',
      who: ['role/etl'],
    },
    'the bucket policy asks for a tag that the role has': {
      bucket: [read(root(compute), ofTeam('data'))],
      iam: [identity(compute, { says: [mayGet, mayDecrypt], tags: { team: 'data' } })],
      expected: 'possible',
      who: justOne,
    },
    'the same where there is no key': {
      facts: sseS3,
      key: withoutKey('aws_owned'),
      bucket: [read(root(compute), ofTeam('data'))],
      iam: [identity(compute, { says: [mayGet], tags: { team: 'data' } })],
      expected: 'no_kms_barrier',
      who: justOne,
    },
    'and that nobody has': {
      bucket: [read(root(compute), ofTeam('data'))],
      iam: [identity(compute, { says: [mayGet, mayDecrypt], tags: { team: 'web' } })],
      expected: 'blocked_by_iam',
    },
    'the bucket policy denies all but a tag that the role has': {
      bucket: [
        ...toAccount,
        read(root(compute), {
          Effect: 'Deny',
          Principal: '*',
          Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'data' } },
        }),
      ],
      iam: [
        identity(compute, { says: [mayGet, mayDecrypt], tags: { team: 'data' } }),
        identity(compute, { name: 'web', says: [mayGet, mayDecrypt], tags: { team: 'web' } }),
      ],
      expected: 'possible',
      who: justOne,
    },
    'roles with the same policies, told apart by their tags': {
      bucket: toAccount,
      iam: ['data', 'web', 'data'].map((team, i) =>
        identity(compute, {
          name: `r${i}`,
          tags: { team },
          policySet: {
            policies: [managed(compute, 'shared', allow('s3:GetObject', ofTeam('data')), mayDecrypt)],
            boundary: null,
          },
        }),
      ),
      expected: 'possible',
      who: ['role/r0', 'role/r2'],
      says: 'where IAM allows it to role/r0 and 1 more',
    },
    'a Resource by the name of the user': {
      bucket: toAccount,
      iam: [
        identity(compute, {
          type: 'user',
          name: 'ada',
          says: [allow('s3:GetObject', { Resource: `${arn}/\${aws:username}/*` }), mayDecrypt],
        }),
      ],
      expected: 'possible',
      who: ['user/ada'],
    },
    'a Resource by the tag of somebody who has none': {
      bucket: toAccount,
      iam: [analytics(allow('s3:GetObject', { Resource: `${arn}/\${aws:PrincipalTag/team}/*` }), mayDecrypt)],
      expected: 'blocked_by_iam',
    },
    'a session of the role': {
      bucket: [read(`arn:aws:sts::${compute}:assumed-role/analytics/nightly`)],
      iam: [all],
      expected: 'unknown',
    },
    'roles by a pattern of their ARNs': {
      bucket: [
        read('*', {
          Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${compute}:role/ana*` } },
        }),
      ],
      iam: [all, identity(compute, { name: 'etl', says: [mayGet, mayDecrypt] })],
      expected: 'possible',
      who: justOne,
    },
    'federated identities are none of IAM': {
      bucket: [read({ Federated: `arn:aws:iam::${compute}:saml-provider/okta` })],
      iam: [analytics()],
      expected: 'unknown',
    },
    'a federated user is no user of IAM': {
      bucket: [read(`arn:aws:sts::${compute}:federated-user/ada`)],
      iam: [analytics()],
      expected: 'unknown',
    },
    'a statement that nobody understands': {
      iam: [analytics(allow('s3:GetObject', { Condition: 'none' }), mayDecrypt)],
      expected: 'unknown',
      says: 'which is not understood',
    },
    'an action that nobody knows': {
      bucket: [read(role(compute), { Action: 's3:GetObjectAsIfNew' })],
      iam: [analytics(mayDecrypt)],
      expected: 'unknown',
    },
  });
});
