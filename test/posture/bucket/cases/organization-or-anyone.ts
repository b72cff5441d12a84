import { withoutKey } from '../../../../src/posture/resource-key.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  decrypt,
  keyWith,
  ours,
  root,
  third,
  vendor,
} from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import { admitting, type BucketCase, byOrganization, readers, sseS3 } from './case.ts';

/** An organization, or anyone. */
export const organizationOrAnyone: readonly BucketCase[] = [
  [
    'bucket admits anyone, key one account of the organization: the organization is not named',
    [read('*')],
    keyWith(decrypt(root(compute), byOrganization(ours).Condition)),
    { read: 'partly_blocked', readableAccounts: [compute], blockedOrganizations: [], blockedAnyone: true },
  ],
  [
    'anyone of two accounts, one of them a load balancer of AWS',
    [
      read('*', {
        Condition: { StringEquals: { 'aws:PrincipalAccount': ['127311923021', compute] } },
      }),
    ],
    customerKey(),
    { read: 'blocked_by_key_policy', blockedAccounts: [compute], blockedServices: [] },
  ],
  [
    'anyone, aws/s3: nobody else is named',
    [read('*')],
    awsManagedKey(),
    {
      read: 'blocked_by_aws_managed_key',
      blockedAccounts: [],
      blockedOrganizations: [],
      blockedAnyone: true,
    },
  ],
  [
    'bucket and key admit the organization',
    [read('*', byOrganization(ours))],
    keyWith(decrypt('*', byOrganization(ours).Condition)),
    { read: 'possible', blockedOrganizations: [] },
  ],
  [
    'bucket admits the organization, key nobody',
    [read('*', byOrganization(ours))],
    customerKey(),
    { read: 'blocked_by_key_policy', blockedOrganizations: [ours] },
  ],
  [
    'bucket admits the organization, aws/s3',
    [read('*', byOrganization(ours))],
    awsManagedKey(),
    { read: 'blocked_by_aws_managed_key', blockedOrganizations: [ours] },
  ],
  [
    'bucket admits the organization, key one role of it',
    [read('*', byOrganization(ours))],
    admitting,
    { read: 'partly_blocked', readableAccounts: [compute], blockedOrganizations: [ours] },
  ],
  [
    'bucket admits the organization, key one account outside of it',
    [read('*', byOrganization(ours))],
    keyWith(decrypt(root(vendor))),
    { read: 'blocked_by_key_policy', readableAccounts: [], blockedOrganizations: [ours] },
  ],
  [
    'bucket admits the organization, key of a member: its own account can',
    [read('*', byOrganization(ours))],
    customerKey({ account: third }),
    { read: 'partly_blocked', readableAccounts: [third], blockedOrganizations: [ours] },
  ],
  [
    'bucket admits anyone, key nobody else',
    [read('*')],
    customerKey(),
    { read: 'blocked_by_key_policy', blockedAnyone: true },
  ],
  [
    'bucket admits anyone, key one role',
    [read('*')],
    admitting,
    { read: 'partly_blocked', readableAccounts: [compute], blockedAnyone: true },
  ],
  [
    'bucket admits anyone, key the organization',
    [read('*')],
    keyWith(decrypt('*', byOrganization(ours).Condition)),
    { read: 'partly_blocked', blockedAnyone: true, blockedOrganizations: [] },
  ],
  [
    'bucket and key admit anyone',
    [read('*')],
    keyWith(decrypt('*')),
    { read: 'possible', blockedAnyone: false },
  ],
  [
    'bucket admits anyone, SSE-S3',
    [read('*')],
    withoutKey('aws_owned'),
    { read: 'no_kms_barrier', blockedAnyone: false },
    sseS3,
  ],
  ['nobody speaks of anyone', readers, admitting, { read: 'possible', blockedAnyone: null }],
];
