import { describe } from 'vitest';
import { read } from '../bucket/bucket.ts';
import { bucketKey } from '../bucket/cases/case.ts';
import { allow } from '../iam/iam.ts';
import { compute, decrypt, keyWith, role, root } from './cast.ts';
import { analytics, cases, mayDecrypt, mayGet } from './iam-case.ts';

const arn = 'arn:aws:s3:::lake';
const all = analytics(mayGet, mayDecrypt);
const justOne = ['role/analytics'];

describe('prefixes', () => {
  const under = (prefix: string) => `${arn}/${prefix}/*`;
  const context = (prefix: string) => ({
    Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': under(prefix) } },
  });
  cases({
    'the role may get a part of what the bucket gives': {
      iam: [analytics(allow('s3:GetObject', { Resource: under('a') }), mayDecrypt)],
      expected: 'possible',
      who: justOne,
    },
    'the role may get another part': {
      bucket: [read(role(compute), { Resource: under('b') })],
      iam: [analytics(allow('s3:GetObject', { Resource: under('a') }), mayDecrypt)],
      expected: 'blocked_by_iam',
      says: 'no user or role may s3:GetObject',
    },
    'data and key for different parts': {
      iam: [analytics(allow('s3:GetObject', { Resource: under('a') }), allow('kms:Decrypt', context('b')))],
      expected: 'blocked_by_iam',
      says: '1 role may s3:GetObject, none kms:Decrypt',
    },
    'data for all, the key for a part': {
      iam: [analytics(mayGet, allow('kms:Decrypt', context('b')))],
      expected: 'possible',
      who: justOne,
    },
    'the key policy for a part, which is not that of the role': {
      key: keyWith(decrypt(root(compute), context('b').Condition)),
      iam: [analytics(allow('s3:GetObject', { Resource: under('a') }), mayDecrypt)],
      expected: 'blocked_by_iam',
    },
    'the key policy for a part, the role for all': {
      key: keyWith(decrypt(root(compute), context('b').Condition)),
      iam: [all],
      expected: 'possible',
      who: justOne,
    },
    'a bucket key hides the parts from the key': {
      facts: bucketKey,
      iam: [analytics(allow('s3:GetObject', { Resource: under('a') }), allow('kms:Decrypt', context('a')))],
      expected: 'blocked_by_iam',
    },
    'one of two prefixes, each by its statement': {
      bucket: [read(role(compute), { Resource: [under('a'), under('b')] })],
      iam: [analytics(allow('s3:GetObject', { Resource: under('b') }), allow('kms:Decrypt', context('b')))],
      expected: 'possible',
      who: justOne,
    },
  });
});
