import { withoutKey } from '../../../../src/posture/resource-key.ts';
import { awsManagedKey, customerKey, data, role, root } from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import { admitting, type BucketCase, blocked, readable, reader, readers, sseS3 } from './case.ts';

/** The article. */
export const article: readonly BucketCase[] = [
  [
    'aws/s3: its policy admits its own account only',
    readers,
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key', ...blocked },
  ],
  ['a customer managed key that admits the role', readers, admitting, { read: 'possible', ...readable }],
  [
    'a customer managed key that admits nobody else',
    readers,
    customerKey(),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  ['SSE-S3', readers, withoutKey('aws_owned'), { read: 'no_kms_barrier', ...readable }, sseS3],
  ['nobody is let in', [], admitting, { read: 'not_shared', readableAccounts: [], blockedAccounts: [] }],
  ['only the own account is let in', [read(root(data))], awsManagedKey(), { read: 'not_shared' }],
  [
    'only a role of the own account is let in: neither account nor service',
    [read(role(data))],
    awsManagedKey(),
    { read: 'not_shared', blockedAccounts: [], blockedServices: [], blockedAnyone: null },
  ],
  [
    'a role of the own account beside another account',
    [read({ AWS: [role(data), reader] })],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key', ...blocked, blockedServices: [] },
  ],
  [
    'let in to write only',
    [read(reader, { Action: 's3:PutObject' })],
    awsManagedKey(),
    { read: 'not_shared' },
  ],
];
