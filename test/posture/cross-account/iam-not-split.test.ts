import { describe } from 'vitest';
import { read } from '../bucket/bucket.ts';
import { allow } from '../iam/iam.ts';
import { compute, decrypt, keyWith, ours, root, vendor } from './cast.ts';
import { analytics, cases, mayDecrypt, mayGet } from './iam-case.ts';

const all = analytics(mayGet, mayDecrypt);
const justOne = ['role/analytics'];

describe('whom IAM does not split, and IAM that was not read', () => {
  cases({
    'IAM is off': { iam: 'off', expected: 'possible', who: null, says: 'can read where IAM there allows it' },
    'IAM was not read': { iam: 'unread', expected: 'possible', who: null },
    'IAM was not read of an account that the key locks out': {
      iam: 'unread',
      key: keyWith(),
      expected: 'blocked_by_key_policy',
      who: null,
    },
    'an organization': {
      bucket: [read('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': ours } } })],
      key: keyWith(decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': ours } })),
      of: `organization ${ours}`,
      iam: [],
      expected: 'possible',
      who: null,
    },
    'an account that the key names, of an organization': {
      bucket: [read('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': ours } } })],
      iam: [all],
      expected: 'possible',
      who: justOne,
    },
    'an account whose IAM nobody could read': {
      bucket: [read(root(vendor))],
      key: keyWith(decrypt(root(vendor))),
      of: `account ${vendor}`,
      iam: [],
      expected: 'possible',
      who: null,
    },
    'a role that may read through access points, whose buckets nobody knows': {
      iam: [
        analytics(
          allow('s3:GetObject', { Resource: `arn:aws:s3:eu-west-1:${compute}:accesspoint/reports/object/*` }),
          mayDecrypt,
        ),
      ],
      expected: 'unknown',
      says: 'depending on whether the access points of statement 0 of',
    },
    'access points do not give the key': {
      iam: [analytics(allow('s3:GetObject', { Resource: 'arn:aws:s3:*:*:accesspoint/*' }))],
      expected: 'blocked_by_iam',
    },
    'nor do they matter beside the bucket itself': {
      iam: [
        analytics(allow('s3:GetObject', { Resource: ['arn:aws:s3:*:*:accesspoint/*', '*'] }), mayDecrypt),
      ],
      expected: 'possible',
      who: ['role/analytics'],
    },
    'a service that acts for the account': {
      bucket: [
        read(
          { Service: 'logs.amazonaws.com' },
          { Condition: { StringEquals: { 'aws:SourceAccount': compute } } },
        ),
      ],
      key: keyWith(decrypt({ Service: 'logs.amazonaws.com' })),
      iam: [],
      expected: 'possible',
    },
  });
});
