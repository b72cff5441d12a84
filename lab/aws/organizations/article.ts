import { addAccount, addKey, newOrganization } from '../build.ts';
import type { KeyOptions } from '../keys/key.ts';
import {
  awsManagedKey,
  awsMaterialKey,
  disabled,
  keyPolicy,
  type Place,
  type PolicyStatement,
  pendingDeletion,
} from '../keys.ts';
import type { SimBucket, SimBucketEncryption, SimKey, SimOrganization } from '../model.ts';
import { addBucket, bucketPolicy } from './buckets.ts';
import { demoAccounts } from './demo-accounts.ts';

const region = 'us-east-1';
const { data, compute, security, legacy, vendor } = demoAccounts;
const role = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const root = (account: string): string => `arn:aws:iam::${account}:root`;
const reader = role(compute, 'analytics');

/**
 * The article's walk-through and its variations: a role of the compute account is let in by bucket policies of the
 * data account, and what differs from bucket to bucket is the key. Each bucket is named for its case.
 */
export function article(): SimOrganization {
  const organization = newOrganization({
    id: 'o-article0001',
    managementAccountId: demoAccounts.management,
    root: { id: 'r-arti', policyTypes: new Map() },
    accounts: new Map(),
  });
  for (const [name, id] of Object.entries({ data, compute, security }))
    addAccount(organization, { id, name });
  // Nobody can enter it, so nothing is known of its keys.
  addAccount(organization, { id: legacy, name: 'legacy', roles: new Map() });
  addBuckets(organization);
  return organization;
}

function addBuckets(organization: SimOrganization): void {
  const account = (id: string) => {
    const found = organization.accounts.get(id);
    if (found === undefined) throw new Error(`no account ${id}`);
    return found;
  };
  const owner = account(data);
  const keyIn = (id: string, name: string, options: KeyOptions = {}): SimKey =>
    addKey(account(id), awsMaterialKey(placeIn(id), name, options), `alias/${name}`);
  const key = (name: string, ...statements: PolicyStatement[]) =>
    keyIn(data, name, { policy: keyPolicy(placeIn(data), ...statements) });
  const bucket = (
    name: string,
    encryption: SimBucketEncryption,
    policy: string,
    more: Partial<SimBucket> = {},
  ) => addBucket(owner, { name, region, encryption, policy, ...more });
  const letIn = (name: string, encryption: SimBucketEncryption, ...readers: string[]) =>
    bucket(name, encryption, bucketPolicy(name, ...(readers.length === 0 ? [reader] : readers)));

  addKey(owner, awsManagedKey(placeIn(data), 's3'), 'alias/aws/s3');
  const admitting = key('admitting', decrypt(reader));
  const closed = key('closed');

  letIn('aws-managed-key', { algorithm: 'aws:kms' });
  letIn('customer-key-admits', kms(admitting));
  letIn('customer-key-does-not', kms(closed));
  letIn('sse-s3', { algorithm: 'AES256' });
  letIn('key-disabled', kms(disabled(key('disabled', decrypt(reader)))));
  letIn('key-pending-deletion', kms(pendingDeletion(key('pending-deletion', decrypt(reader)))));
  const third = keyIn(security, 'third', { policy: keyPolicy(placeIn(security), decrypt(reader)) });
  letIn('key-in-third-account', kms(third));
  letIn('key-in-readers-account', kms(keyIn(compute, 'own')));
  letIn('key-out-of-reach', {
    algorithm: 'aws:kms',
    kmsMasterKeyId: `arn:aws:kms:${region}:${legacy}:key/1111`,
  });
  letIn('key-by-alias', { algorithm: 'aws:kms:dsse', kmsMasterKeyId: 'alias/admitting' });
  const granting = keyIn(data, 'granting', {
    grants: [{ GranteePrincipal: reader, Operations: ['Decrypt'] }],
  });
  letIn('grant-only', kms(granting));
  letIn('one-of-two-accounts', kms(admitting), reader, root(vendor));
  letIn('different-roles', kms(key('etl', decrypt(role(compute, 'etl')))));
  const ours = { StringEquals: { 'aws:PrincipalOrgID': organization.id } };
  const orgKey = key('organization', { ...decrypt('*'), Condition: ours });
  bucket('organization-admitted', kms(orgKey), statements(get('organization-admitted', '*', ours)));
  bucket('organization-locked-out', kms(closed), statements(get('organization-locked-out', '*', ours)));
  bucket(
    'public-and-blocked',
    kms(admitting),
    statements(get('public-and-blocked', '*'), get('public-and-blocked', { AWS: reader })),
    { policyIsPublic: true },
  );
  const cdn = { Service: 'cloudfront.amazonaws.com' };
  bucket('cloudfront', { algorithm: 'aws:kms' }, statements(get('cloudfront', cdn)));
  addBucket(owner, { name: 'private', region, encryption: kms(closed) });
}

const placeIn = (accountId: string): Place => ({ partition: 'aws', accountId, region });

const kms = (key: SimKey): SimBucketEncryption => ({
  algorithm: 'aws:kms',
  kmsMasterKeyId: key.metadata.Arn,
  bucketKeyEnabled: true,
});

const decrypt = (principal: string): PolicyStatement => ({
  Sid: 'Allow use of the key',
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action: ['kms:Decrypt', 'kms:DescribeKey'],
  Resource: '*',
});

const get = (bucket: string, principal: unknown, condition?: object): PolicyStatement => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
  ...(condition && { Condition: condition }),
});

const statements = (...list: readonly PolicyStatement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: list });
