import { addIamRole, addIamUser, addManagedPolicy } from '../../lab/aws/account-iam.ts';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import type { KeyOptions } from '../../lab/aws/keys/key.ts';
import {
  awsManagedKey,
  awsMaterialKey,
  disabled,
  keyPolicy,
  type PolicyStatement,
} from '../../lab/aws/keys.ts';
import type { SimAccount, SimBucketEncryption, SimKey, SimOrganization } from '../../lab/aws/model.ts';
import { addOrganizationPolicy } from '../../lab/aws/organization-policies.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { addQueue } from '../../lab/aws/organizations/messaging.ts';

const region = 'us-east-1';
const { security } = demoAccounts;
export const { data, compute } = demoAccounts;
/** A member whose SCP denies what readers need. */
export const sandbox = '555566667777';
export const role = (name: string, account: string = compute): string =>
  `arn:aws:iam::${account}:role/${name}`;
const root = (account: string): string => `arn:aws:iam::${account}:root`;

const statement = (Effect: string, Action: unknown, more: object = {}) => ({
  Effect,
  Action,
  Resource: '*',
  ...more,
});
const documentOf = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

const get = statement('Allow', 's3:GetObject', { Sid: 'Get', Resource: 'arn:aws:s3:::lake*/*' });
const decrypt = statement('Allow', 'kms:Decrypt', { Sid: 'Decrypt' });
const decryptFor = (...accounts: readonly string[]): PolicyStatement => ({
  ...statement('Allow', ['kms:Decrypt', 'kms:DescribeKey'], { Sid: 'Use' }),
  Principal: { AWS: accounts.map(root) },
});

/**
 * The article's scenario with the role's own policies: roles of the compute account that have all they need, or all but
 * one thing, and buckets of the data account that differ in one thing from the bucket `lake`.
 */
export function readerOrganization(): SimOrganization {
  const organization = newOrganization({
    id: 'o-readers0001',
    managementAccountId: demoAccounts.management,
    root: {
      id: 'r-read',
      policyTypes: new Map([
        ['SERVICE_CONTROL_POLICY', 'ENABLED'],
        ['RESOURCE_CONTROL_POLICY', 'ENABLED'],
      ]),
    },
    organizationalUnits: [{ id: 'ou-read-sandboxx', name: 'sandbox', parentId: 'r-read' }],
  });
  const owner = addAccount(organization, { id: data, name: 'data' });
  const readers = addAccount(organization, { id: compute, name: 'compute' });
  const vault = addAccount(organization, { id: security, name: 'vault' });
  const limited = addAccount(organization, { id: sandbox, name: 'sandbox', parentId: 'ou-read-sandboxx' });
  addReaders(readers);
  addIamRole(limited, { name: 'analytics', inline: { own: documentOf(get, decrypt) } });
  addIamRole(owner, { name: 'etl', inline: { own: documentOf(get, decrypt, statement('Allow', 'sqs:*')) } });
  addBuckets(owner);
  addLake(vault, 'lake-vault');
  addOrganizationPolicy(
    organization,
    {
      id: 'p-nodecrypt',
      name: 'no-decrypt',
      content: documentOf({ ...statement('Deny', 'kms:Decrypt'), Sid: 'Closed' }),
    },
    'ou-read-sandboxx',
  );
  addOrganizationPolicy(
    organization,
    {
      id: 'p-vault',
      name: 'vault-only',
      type: 'RESOURCE_CONTROL_POLICY',
      content: documentOf({ ...statement('Deny', 's3:GetObject'), Principal: '*', Sid: 'Vault' }),
    },
    security,
  );
  return organization;
}

function addReaders(account: SimAccount): void {
  const guard = addManagedPolicy(
    account,
    { name: 'guard' },
    documentOf(statement('Allow', 'ec2:*'), { ...statement('Deny', 'kms:*'), Sid: 'NoKeys' }),
  );
  const onlyS3 = addManagedPolicy(account, { name: 'only-s3' }, documentOf(statement('Allow', 's3:*')));
  const both = { own: documentOf(get, decrypt) };
  const office = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  addIamRole(account, { name: 'analytics', path: '/team/', inline: both });
  addIamRole(account, { name: 'without-s3', inline: { own: documentOf(decrypt) } });
  addIamRole(account, { name: 'without-kms', inline: { own: documentOf(get) } });
  addIamRole(account, { name: 'guarded', inline: both, attached: [guard] });
  addIamRole(account, { name: 'bounded', inline: both, boundary: onlyS3 });
  addIamRole(account, {
    name: 'in-office',
    inline: { own: documentOf(get, { ...decrypt, Condition: office }) },
  });
  addIamRole(account, {
    name: 'of-a-prefix',
    inline: { own: documentOf({ ...get, Resource: 'arn:aws:s3:::lake/public/*' }, decrypt) },
  });
  addIamUser(account, { name: 'ann', inline: both });
}

const kms = (key: SimKey): SimBucketEncryption => ({
  algorithm: 'aws:kms',
  kmsMasterKeyId: key.metadata.Arn,
  bucketKeyEnabled: false,
});

function keyIn(account: SimAccount, name: string, options: KeyOptions, isDisabled = false): SimKey {
  const key = awsMaterialKey({ partition: 'aws', accountId: account.id, region }, name, options);
  return addKey(account, isDisabled ? disabled(key) : key, `alias/${name}`);
}

/** A bucket that lets in the compute account and the sandbox, under a key that does. */
function addLake(account: SimAccount, name: string): SimKey {
  const place = { partition: 'aws', accountId: account.id, region };
  const key = keyIn(account, name, { policy: keyPolicy(place, decryptFor(compute, sandbox)) });
  addBucket(account, {
    name,
    region,
    encryption: kms(key),
    policy: bucketPolicy(name, root(compute), root(sandbox)),
  });
  return key;
}

function addBuckets(owner: SimAccount): void {
  const place = { partition: 'aws', accountId: owner.id, region };
  const policy = keyPolicy(place, decryptFor(compute, sandbox));
  const lake = (name: string, encryption: SimBucketEncryption) =>
    addBucket(owner, { name, region, encryption, policy: bucketPolicy(name, root(compute)) });
  const key = addLake(owner, 'lake');
  addKey(owner, awsManagedKey(place, 's3'), 'alias/aws/s3');
  addBucket(owner, { name: 'lake-private', region, encryption: kms(key) });
  lake('lake-key-closed', kms(keyIn(owner, 'closed', {})));
  lake('lake-key-disabled', kms(keyIn(owner, 'off', { policy }, true)));
  lake('lake-plain', { algorithm: 'AES256' });
  lake('lake-aws-managed', { algorithm: 'aws:kms' });
  const grants = [
    { GranteePrincipal: `arn:aws:iam::${compute}:role/team/analytics`, Operations: ['Decrypt'] },
  ];
  lake('lake-granted', kms(keyIn(owner, 'granted', { grants })));
  addQueue(owner, region, { name: 'orders', kmsMasterKeyId: key.metadata.Arn });
}
