import { compute, customerKey, data, decrypt, grantTo, role } from '../../cross-account/cast.ts';
import { arn } from '../bucket.ts';
import { type BucketCase, blocked, bucketKey, readable, reader, readers, unknown } from './case.ts';

/** Grants count. */
export const grants: readonly BucketCase[] = [
  ['a grant only', readers, customerKey({ grants: [grantTo(reader)] }), { read: 'possible', ...readable }],
  [
    'a grant to another role',
    readers,
    customerKey({ grants: [grantTo(role(compute, 'etl'))] }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'a grant to encrypt only',
    readers,
    customerKey({ grants: [grantTo(reader, { operations: ['Encrypt'] })] }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'a grant that the role may only retire',
    readers,
    customerKey({ grants: [grantTo(role(data), { retiringPrincipal: reader })] }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'a grant for this bucket, with a bucket key',
    readers,
    customerKey({
      grants: [grantTo(reader, { constraints: { EncryptionContextSubset: { 'aws:s3:arn': arn } } })],
    }),
    { read: 'possible', ...readable },
    bucketKey,
  ],
  [
    'a grant for another data set',
    readers,
    customerKey({
      grants: [grantTo(reader, { constraints: { EncryptionContextSubset: { dataset: 'public' } } })],
    }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'a grant beaten by a Deny of the key policy',
    readers,
    customerKey({ statements: [{ ...decrypt(reader), Effect: 'Deny' }], grants: [grantTo(reader)] }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'grants denied, policy admits nobody',
    readers,
    customerKey({ grants: 'unread' }),
    { read: 'unknown', ...unknown },
  ],
  [
    'grants switched off, policy admits nobody',
    readers,
    customerKey({ grants: 'not_asked' }),
    { read: 'unknown', ...unknown },
  ],
  [
    'grants switched off, policy admits the role',
    readers,
    customerKey({ statements: [decrypt(reader)], grants: 'not_asked' }),
    { read: 'possible', ...readable },
  ],
];
