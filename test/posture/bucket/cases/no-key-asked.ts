import { withoutKey } from '../../../../src/posture/resource-key.ts';
import { compute, role } from '../../cross-account/cast.ts';
import { arn, read } from '../bucket.ts';
import { type BucketCase, readable, reader, readers, restricted, sseS3, unknown } from './case.ts';

const fromNetwork = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const deny = (changes: object) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `${arn}/*`,
  ...changes,
});
const sseS3Key = withoutKey('aws_owned');

/** Without a key to ask, the doubts of the bucket's own side still stand. */
export const noKeyAsked: readonly BucketCase[] = [
  ['no condition', readers, sseS3Key, { read: 'no_kms_barrier', ...readable }, sseS3],
  [
    'an Allow under an undecided condition',
    [read(reader, fromNetwork)],
    sseS3Key,
    { read: 'unknown', ...unknown },
    sseS3,
  ],
  [
    'a Deny that cannot be decided',
    [...readers, deny(fromNetwork)],
    sseS3Key,
    { read: 'unknown', ...unknown },
    sseS3,
  ],
  [
    'a Deny that is not understood',
    [...readers, { Effect: 'Deny', Nonsense: 1 }],
    sseS3Key,
    { read: 'unknown', ...unknown },
    sseS3,
  ],
  [
    'one role without doubts is enough',
    [read(reader, fromNetwork), read(role(compute, 'batch'))],
    sseS3Key,
    { read: 'no_kms_barrier', ...readable },
    sseS3,
  ],
  [
    'a web identity provider leaves the account open',
    [read({ Federated: 'accounts.google.com' })],
    sseS3Key,
    { read: 'unknown' },
    sseS3,
  ],
  [
    'a default that names no algorithm',
    [read(reader, fromNetwork)],
    withoutKey(null),
    { read: 'unknown', ...unknown },
    sseS3,
  ],
  [
    'what blocks comes before doubts',
    [read(reader, fromNetwork)],
    sseS3Key,
    { read: 'blocked_by_public_access_block', blockedAccounts: [compute] },
    { ...sseS3, ...restricted, policyIsPublic: { state: 'known', value: true } },
  ],
];
