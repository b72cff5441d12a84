import { compute, data, decrypt, keyWith, ours, role, root, theirs } from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import { admitting, type BucketCase, blocked, readable, reader, readers, unknown } from './case.ts';

/** One principal must be admitted by both. */
export const samePrincipal: readonly BucketCase[] = [
  [
    'a role of the own account is nobody beyond it, whatever the key says',
    [read(role(data)), read(root(data))],
    keyWith(decrypt(role(data, 'etl'))),
    { read: 'not_shared', blockedAccounts: [], blockedServices: [], unknownAccounts: [] },
  ],
  [
    'a role of the own account beside one of another',
    [read(role(data)), ...readers],
    admitting,
    { read: 'possible', ...readable, blockedServices: [] },
  ],
  [
    'different roles',
    readers,
    keyWith(decrypt(role(compute, 'etl'))),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'bucket names the role, key the account',
    readers,
    keyWith(decrypt(root(compute))),
    { read: 'possible', ...readable },
  ],
  [
    'bucket names the account, key the role',
    [read(root(compute))],
    admitting,
    { read: 'possible', ...readable },
  ],
  ['both name the account', [read(compute)], keyWith(decrypt(compute)), { read: 'possible', ...readable }],
  [
    'key admits by kms:CallerAccount',
    readers,
    keyWith(decrypt('*', { StringEquals: { 'kms:CallerAccount': compute } })),
    { read: 'possible', ...readable },
  ],
  [
    'key admits by aws:PrincipalArn, another role',
    readers,
    keyWith(decrypt(root(compute), { ArnLike: { 'aws:PrincipalArn': role(compute, 'etl-*') } })),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'key admits the organization',
    readers,
    keyWith(decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': ours } })),
    { read: 'possible', ...readable },
  ],
  [
    'key admits another organization',
    readers,
    keyWith(decrypt('*', { StringEquals: { 'aws:PrincipalOrgID': theirs } })),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'key lets the role encrypt only',
    readers,
    keyWith({ ...decrypt(reader), Action: 'kms:Encrypt' }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'key denies the role',
    readers,
    keyWith(decrypt(root(compute)), { ...decrypt(reader), Effect: 'Deny' }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'bucket denies the role',
    [...readers, read(reader, { Effect: 'Deny' })],
    admitting,
    { read: 'not_shared' },
  ],
  [
    'the session of the role that the key names',
    [read(`arn:aws:sts::${compute}:assumed-role/analytics/job`)],
    admitting,
    { read: 'possible', ...readable },
  ],
  [
    'key under a condition on the network',
    readers,
    keyWith(decrypt(reader, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
    { read: 'unknown', ...unknown },
  ],
  [
    'bucket under a condition on the network',
    [read(reader, { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } })],
    admitting,
    { read: 'unknown', ...unknown },
  ],
  [
    'bucket lets the role read versions by their id',
    [read(reader, { Action: 's3:GetObjectVersion' })],
    admitting,
    { read: 'possible', ...readable },
  ],
  [
    'bucket lets the role read versions by their id, key does not admit it',
    [read(reader, { Action: 's3:GetObjectVersion' })],
    keyWith(),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'bucket denies all but a role and its account: whether another role of it is spared, AWS leaves open',
    [
      read(role(compute, 'etl')),
      {
        ...read(reader, { Effect: 'Deny', NotPrincipal: { AWS: [root(compute), reader] } }),
        Principal: undefined,
      },
    ],
    keyWith(decrypt(root(compute))),
    { read: 'unknown', ...unknown },
  ],
];
