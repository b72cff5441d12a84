import { compute, customerKey, decrypt, keyWith, root, vendor } from '../../cross-account/cast.ts';
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
    { read: 'blocked_by_key_policy', blockedAccounts: [compute], unknownAccounts: [vendor] },
  ],
];
