import {
  awsManagedKey,
  compute,
  customerKey,
  decrypt,
  keyWith,
  root,
  third,
  vendor,
} from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import { admitting, type BucketCase, reader } from './case.ts';

/** Several accounts. */
export const severalAccounts: readonly BucketCase[] = [
  [
    'one can, one cannot',
    [read(reader), read(root(vendor))],
    admitting,
    {
      read: 'partly_blocked',
      readableAccounts: [compute],
      blockedAccounts: [vendor],
      unknownAccounts: [],
    },
  ],
  [
    'both can',
    [read(reader), read(root(vendor))],
    keyWith(decrypt(reader), decrypt(root(vendor))),
    { read: 'possible', readableAccounts: [compute, vendor] },
  ],
  [
    'neither can',
    [read(reader), read(root(vendor))],
    customerKey(),
    { read: 'blocked_by_key_policy', blockedAccounts: [compute, vendor] },
  ],
  [
    'one can, of the other it is not known',
    [read(reader), read(root(vendor))],
    keyWith(decrypt(reader), decrypt(root(vendor), { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
    { read: 'unknown', readableAccounts: [compute], unknownAccounts: [vendor] },
  ],
  [
    'one cannot, of the other it is not known',
    [read(reader), read(root(vendor))],
    keyWith(decrypt(root(vendor), { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
    { read: 'partly_blocked', blockedAccounts: [compute], unknownAccounts: [vendor] },
  ],
  [
    'one can, one cannot, of the third it is not known',
    [read(reader), read(root(third)), read(root(vendor))],
    keyWith(decrypt(reader), decrypt(root(vendor), { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
    {
      read: 'partly_blocked',
      readableAccounts: [compute],
      blockedAccounts: [third],
      unknownAccounts: [vendor],
    },
  ],
  [
    'locked out in two ways: the first by the order',
    [read('*', { Condition: { Null: { 'aws:PrincipalArn': 'true' } } }), read(reader)],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key', blockedAccounts: [compute], blockedAnyone: true },
  ],
  [
    'one cannot, and others may be let in',
    [read(reader), { Effect: 'Allow', Nonsense: 1 }],
    customerKey(),
    { read: 'partly_blocked', blockedAccounts: [compute] },
  ],
  [
    'one cannot, and others that may be let in could not either',
    [read(reader), { Effect: 'Allow', Nonsense: 1 }],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key', blockedAccounts: [compute] },
  ],
];
