import { describe } from 'vitest';
import { read } from '../bucket/bucket.ts';
import { allow, deny, identity } from '../iam/iam.ts';
import { awsManagedKey, compute, data, decrypt, keyWith, role, root } from './cast.ts';
import { analytics, cases, mayDecrypt, mayGet } from './iam-case.ts';

const arn = 'arn:aws:s3:::lake';
const toAccount = [read(root(compute))];
const all = analytics(mayGet, mayDecrypt);
const justOne = ['role/analytics'];

describe("the article's role, its policies changed one by one", () => {
  cases({
    'with all in place it reads': {
      iam: [all],
      expected: 'possible',
      who: justOne,
      rootUser: 'no',
      says: `account ${compute} can read, where IAM allows it to role/analytics`,
    },
    'without s3:GetObject': {
      iam: [analytics(mayDecrypt)],
      expected: 'blocked_by_iam',
      says: `account ${compute} cannot read, because of its IAM: no user or role may s3:GetObject`,
    },
    'without kms:Decrypt': {
      iam: [analytics(mayGet)],
      expected: 'blocked_by_iam',
      says: '1 role may s3:GetObject, none kms:Decrypt',
    },
    'without any policy': { iam: [analytics()], expected: 'blocked_by_iam', says: 'no user or role may' },
    'with s3:GetObject on another bucket': {
      iam: [analytics(allow('s3:GetObject', { Resource: 'arn:aws:s3:::other/*' }), mayDecrypt)],
      expected: 'blocked_by_iam',
      says: 'no user or role may s3:GetObject',
    },
    'with a bucket of a longer name': {
      iam: [analytics(allow('s3:GetObject', { Resource: `${arn}2/*` }), mayDecrypt)],
      expected: 'blocked_by_iam',
    },
    'with the bucket and not its objects': {
      iam: [analytics(allow('s3:GetObject', { Resource: arn }), mayDecrypt)],
      expected: 'blocked_by_iam',
    },
    'with kms:Decrypt on another key': {
      iam: [analytics(mayGet, allow('kms:Decrypt', { Resource: `arn:aws:kms:eu-west-1:${data}:key/other` }))],
      expected: 'blocked_by_iam',
      says: '1 role may s3:GetObject, none kms:Decrypt',
    },
    'by the very ARNs': {
      iam: [
        analytics(
          allow('s3:GetObject', { Resource: `${arn}/*` }),
          allow('kms:Decrypt', { Resource: `arn:aws:kms:eu-west-1:${data}:key/k` }),
        ),
      ],
      expected: 'possible',
      who: justOne,
    },
    'with a Deny of the data': {
      iam: [analytics(mayGet, mayDecrypt, deny('s3:*', { Resource: `${arn}/*` }))],
      expected: 'blocked_by_iam',
      says: 'no user or role may s3:GetObject (a Deny of their own policies takes it away)',
    },
    'with a Deny of the key': {
      iam: [analytics(mayGet, mayDecrypt, deny('kms:*'))],
      expected: 'blocked_by_iam',
      says: '1 role may s3:GetObject, none kms:Decrypt (a Deny of their own policies takes it away)',
    },
    'through S3 only': {
      iam: [
        analytics(
          mayGet,
          allow('kms:Decrypt', {
            Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
          }),
        ),
      ],
      expected: 'possible',
      who: justOne,
    },
    'through another service only': {
      iam: [
        analytics(
          mayGet,
          allow('kms:Decrypt', {
            Condition: { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } },
          }),
        ),
      ],
      expected: 'blocked_by_iam',
    },
    'the bucket lets in a role that is not there': {
      bucket: [read(role(compute, 'gone'))],
      iam: [all],
      expected: 'blocked_by_iam',
      says: 'no user or role may s3:GetObject',
    },
    'the key lets in another role': {
      bucket: toAccount,
      key: keyWith(decrypt(role(compute, 'other'))),
      iam: [all, identity(compute, { name: 'other', says: [mayDecrypt] })],
      expected: 'blocked_by_iam',
      says: '1 role may s3:GetObject, none kms:Decrypt',
    },
    'what comes before IAM in the order stays': {
      key: keyWith(),
      iam: [analytics()],
      expected: 'blocked_by_key_policy',
      rootUser: 'no',
    },
    'an AWS managed key stays, too': {
      key: awsManagedKey(),
      iam: [all],
      expected: 'blocked_by_aws_managed_key',
    },
  });
});
