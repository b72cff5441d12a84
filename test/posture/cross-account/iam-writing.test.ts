import { describe } from 'vitest';
import { read } from '../bucket/bucket.ts';
import { allow } from '../iam/iam.ts';
import { compute, decrypt, keyWith, role, root } from './cast.ts';
import { analytics, cases, mayDecrypt, mayGet } from './iam-case.ts';

const justOne = ['role/analytics'];

describe('writing', () => {
  const put = [read(role(compute), { Action: 's3:PutObject' })];
  const mayPut = allow('s3:PutObject');
  const writing = { bucket: put, does: 'write' } as const;
  cases({
    'with all in place': {
      ...writing,
      iam: [analytics(mayPut, allow(['kms:GenerateDataKey', 'kms:Decrypt']))],
      expected: 'possible',
      who: justOne,
      says: `account ${compute} can write, where IAM allows it to role/analytics`,
    },
    'without s3:PutObject': {
      ...writing,
      iam: [analytics(mayGet, allow('kms:*'))],
      expected: 'blocked_by_iam',
      says: `account ${compute} cannot write, because of its IAM: no user or role may s3:PutObject`,
    },
    'without kms:GenerateDataKey': {
      ...writing,
      iam: [analytics(mayPut, mayDecrypt)],
      expected: 'blocked_by_iam',
      says: '1 role may s3:PutObject, none kms:GenerateDataKey',
    },
    'without kms:Decrypt not in parts': {
      ...writing,
      iam: [analytics(mayPut, allow('kms:GenerateDataKey'))],
      expected: 'possible',
      who: justOne,
      says: 'multipart uploads need kms:Decrypt, too, which IAM there does not allow',
    },
    'replication by a role': {
      bucket: [read(role(compute), { Action: 's3:ReplicateObject' })],
      key: keyWith(decrypt(root(compute)), allow('kms:Encrypt', { Principal: { AWS: root(compute) } })),
      does: 'write',
      iam: [analytics(allow('s3:ReplicateObject'))],
      expected: 'blocked_by_iam',
      says: '1 role may s3:ReplicateObject, none kms:Encrypt',
    },
  });
});
