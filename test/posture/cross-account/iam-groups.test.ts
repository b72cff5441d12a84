import { describe } from 'vitest';
import { known, unread } from '../../../src/aws/fact.ts';
import { withoutKey } from '../../../src/posture/resource-key.ts';
import { read } from '../bucket/bucket.ts';
import { restricted, sseS3 } from '../bucket/cases/case.ts';
import { identity, managed } from '../iam/iam.ts';
import {
  compute,
  customerKey,
  decrypt,
  denied,
  grantTo,
  keyWith,
  role,
  root,
  unreachableKey,
} from './cast.ts';
import { analytics, cases, mayDecrypt, mayGet } from './iam-case.ts';

const forCompute = { Condition: { StringEquals: { 'aws:SourceAccount': compute } } };
const toAccount = [read(root(compute))];
const all = analytics(mayGet, mayDecrypt);
const justOne = ['role/analytics'];

describe('groups, grants, root users', () => {
  const shared = { policies: [managed(compute, 'shared', mayGet, mayDecrypt)], boundary: null };
  cases({
    'roles and users with the same policies': {
      bucket: toAccount,
      iam: [
        identity(compute, { name: 'b', policySet: shared }),
        identity(compute, { name: 'a', policySet: shared }),
        identity(compute, { type: 'user', name: 'ada', policySet: shared }),
      ],
      expected: 'possible',
      who: ['role/a', 'role/b', 'user/ada'],
      rootUser: 'yes',
      says: 'where IAM allows it to role/a and 2 more',
    },
    'one of them is let in': {
      iam: [identity(compute, { name: 'b', policySet: shared }), identity(compute, { policySet: shared })],
      expected: 'possible',
      who: justOne,
      rootUser: 'no',
    },
    'how many lack the key': {
      bucket: toAccount,
      iam: [
        analytics(mayGet),
        identity(compute, { name: 'etl', says: [mayGet] }),
        identity(compute, { type: 'user', name: 'ada', says: [mayGet] }),
        identity(compute, { name: 'crypto', says: [mayDecrypt] }),
      ],
      expected: 'blocked_by_iam',
      rootUser: 'yes',
      says: '1 user and 2 roles may s3:GetObject, none kms:Decrypt',
    },
    'nobody is there but the root user, who needs no policy': {
      bucket: toAccount,
      iam: [],
      expected: 'blocked_by_iam',
      rootUser: 'yes',
    },
    'a grant to a role whose own policies allow': {
      key: customerKey({ grants: [grantTo(role(compute))] }),
      iam: [all],
      expected: 'possible',
      who: justOne,
    },
    'a grant to a role whose own policies are silent': {
      key: customerKey({ grants: [grantTo(role(compute))] }),
      iam: [analytics(mayGet)],
      expected: 'unknown',
    },
    'a grant to one of two that are alike': {
      bucket: toAccount,
      key: customerKey({ grants: [grantTo(role(compute))] }),
      iam: [identity(compute, { name: 'b', policySet: shared }), identity(compute, { policySet: shared })],
      expected: 'possible',
      who: justOne,
    },
    'grants that were not read may let in whom IAM does not': {
      key: customerKey({ grants: 'unread', statements: [decrypt(root(compute))] }),
      iam: [analytics(mayGet)],
      expected: 'unknown',
    },
    'and do not matter where IAM has no data': {
      key: customerKey({ grants: 'unread', statements: [decrypt(root(compute))] }),
      iam: [analytics(mayDecrypt)],
      expected: 'blocked_by_iam',
    },
    'a grant to somebody whom KMS does not name': {
      key: customerKey({ grants: [grantTo('?')], statements: [decrypt(root(compute))] }),
      iam: [analytics(mayGet)],
      expected: 'unknown',
    },
    'a key whose state was not read': {
      key: customerKey({ metadata: 'unread', statements: [decrypt(root(compute))] }),
      iam: [all],
      expected: 'unknown',
    },
    'a key policy that was not read': {
      key: customerKey({ policy: 'unread' }),
      iam: [all],
      expected: 'unknown',
    },
    'a key that nobody reached, and no data': {
      key: unreachableKey,
      iam: [analytics(mayDecrypt)],
      expected: 'blocked_by_iam',
    },
    "a key of the readers' own account": {
      key: customerKey({ account: compute }),
      iam: [all, identity(compute, { name: 'other', says: [mayGet] })],
      bucket: toAccount,
      expected: 'possible',
      who: justOne,
    },
    'no key at all': {
      facts: sseS3,
      key: withoutKey('aws_owned'),
      iam: [analytics(mayGet)],
      expected: 'no_kms_barrier',
      who: justOne,
    },
    'no key at all, and no data': {
      facts: sseS3,
      key: withoutKey('aws_owned'),
      iam: [analytics(mayDecrypt)],
      expected: 'blocked_by_iam',
    },
    'Block Public Access that was not read': {
      facts: {
        accountPublicAccessBlock: unread(denied('s3:GetAccountPublicAccessBlock')),
        policyIsPublic: known(true),
      },
      iam: [all],
      expected: 'unknown',
    },
    'Block Public Access, which services that act for the account pass': {
      facts: { ...restricted, policyIsPublic: known(true) },
      bucket: [...toAccount, read({ Service: 'logs.amazonaws.com' }, forCompute)],
      key: keyWith(decrypt(root(compute)), decrypt({ Service: 'logs.amazonaws.com' })),
      iam: [all],
      expected: 'possible',
    },
    'Block Public Access': {
      facts: { ...restricted, policyIsPublic: known(true) },
      iam: [all],
      expected: 'blocked_by_public_access_block',
    },
  });
});
