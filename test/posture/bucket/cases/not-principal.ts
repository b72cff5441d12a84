import { compute, keyWith, role, root, type Statement, vendor } from '../../cross-account/cast.ts';
import { read } from '../bucket.ts';
import { type BucketCase, blocked, reader, readers, unknown } from './case.ts';

/** Lets in to the key anyone but some. */
const othersThan = (listed: object, more: object = {}): Statement => ({
  Effect: 'Allow',
  NotPrincipal: listed,
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  ...more,
});
const ofCompute = { Condition: { StringEquals: { 'aws:PrincipalAccount': compute } } };
const user = `arn:aws:iam::${compute}:user/bob`;
const session = `arn:aws:sts::${compute}:assumed-role/analytics/nightly`;

/** Whom an Allow with NotPrincipal lists, AWS may let in all the same. */
export const notPrincipal: readonly BucketCase[] = [
  [
    'the key lets in anyone but the account: a role of it may be let in',
    readers,
    keyWith(othersThan({ AWS: root(compute) })),
    { read: 'unknown', ...unknown },
  ],
  [
    'the role is listed with its account, and none of its sessions',
    readers,
    keyWith(othersThan({ AWS: [root(compute), reader] })),
    { read: 'unknown', ...unknown },
  ],
  [
    'a user is listed with its account: it is left out',
    [read(user)],
    keyWith(othersThan({ AWS: [root(compute), user] })),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'a session is listed with its role and account, and its role has others',
    readers,
    keyWith(othersThan({ AWS: [root(compute), reader, session] })),
    { read: 'unknown', ...unknown },
  ],
  [
    'another account is listed: the role is one of the others',
    readers,
    keyWith(othersThan({ AWS: root(vendor) })),
    { read: 'possible', unknownAccounts: [] },
  ],
  [
    'a Deny takes away what it may let in to',
    readers,
    keyWith(othersThan({ AWS: root(compute) }), {
      ...othersThan({}),
      Effect: 'Deny',
      NotPrincipal: undefined,
      Principal: { AWS: root(compute) },
    }),
    { read: 'blocked_by_key_policy', ...blocked },
  ],
  [
    'a condition leaves only whom it lists',
    readers,
    keyWith(othersThan({ AWS: root(compute) }, ofCompute)),
    { read: 'unknown', ...unknown },
  ],
  [
    'the bucket lets in anyone but the account: it is not shared with it',
    [read('*', { Principal: undefined, NotPrincipal: { AWS: root(compute) } })],
    keyWith(),
    { read: 'blocked_by_key_policy', blockedAccounts: [], blockedAnyone: true },
  ],
  [
    'nobody but whom it lists is left in the bucket',
    [read('*', { Principal: undefined, NotPrincipal: { AWS: root(compute) }, ...ofCompute })],
    keyWith(othersThan({ AWS: role(vendor) })),
    { read: 'unknown', readableAccounts: [], blockedAccounts: [] },
  ],
];
