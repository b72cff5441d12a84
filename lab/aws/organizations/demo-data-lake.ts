import { addKey } from '../build.ts';
import {
  awsManagedKey,
  awsMaterialKey,
  disabled,
  keyPolicy,
  type Place,
  type PolicyStatement,
} from '../keys.ts';
import type { SimAccount, SimBucketEncryption, SimKey, SimOrganization } from '../model.ts';
import { addBucket, bucketPolicy } from './buckets.ts';
import { demoAccounts } from './demo-accounts.ts';

const useOfKey = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'];

/**
 * The article's scenario in the data account: the same bucket policy for a role of the compute account, over
 * every way of encrypting a bucket; and neighbours that show who else may be locked out.
 */
export function addDataLake(organization: SimOrganization, data: SimAccount, compute: SimAccount): void {
  const place: Place = { partition: organization.partition, accountId: data.id, region: 'us-east-1' };
  const reader = `arn:${place.partition}:iam::${compute.id}:role/analytics`;
  compute.roles.set('analytics', { name: 'analytics', trust: { principals: [compute.id] }, allow: [] });

  const managed = addKey(data, awsManagedKey(place, 's3'), 'alias/aws/s3');
  const shared = addKey(data, sharedKey(place, reader), 'alias/data-lake', 'alias/data-lake-current');
  const own = addKey(data, awsMaterialKey(place, 'orders', { rotation: true }), 'alias/orders');
  const asleep = addKey(
    data,
    disabled(awsMaterialKey(place, 'archive', { policy: keyPolicy(place, admit(reader)) })),
    'alias/archive',
  );
  addKey(data, wholeOrganizationKey(place, organization), 'alias/shared-with-the-organization');

  const bucket = (name: string, encryption: SimBucketEncryption, ...readers: string[]) =>
    addBucket(data, {
      name,
      region: place.region,
      encryption,
      policy: readers.length === 0 ? null : bucketPolicy(name, ...readers),
    });
  bucket('data-lake-customer-key', kms(shared), reader);
  bucket('data-lake-aws-managed-key', { algorithm: 'aws:kms' }, reader);
  bucket('data-lake-aws-managed-key-by-arn', kms(managed), reader);
  bucket('data-lake-sse-s3', { algorithm: 'AES256' }, reader);
  bucket('data-lake-key-not-shared', kms(own), reader);
  bucket('data-lake-key-disabled', kms(asleep), reader);
  bucket('data-lake-partly', kms(shared), reader, `arn:aws:iam::${demoAccounts.vendor}:root`);
  bucket('data-lake-alias', { algorithm: 'aws:kms:dsse', kmsMasterKeyId: 'alias/data-lake' }, reader);
  bucket('data-lake-private', kms(own));
  addNeighbours(data, place.region, kms(own));
}

/** Buckets that are open to everybody, to a service, and to a partner for writing. */
function addNeighbours(data: SimAccount, region: string, ownKey: SimBucketEncryption): void {
  const objects = (name: string) => `arn:aws:s3:::${name}/*`;
  const allow = (name: string, principal: unknown, action: string, condition = {}) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: principal,
        Action: action,
        Resource: objects(name),
        ...condition,
      },
    });
  addBucket(data, {
    name: 'data-website',
    region,
    policy: allow('data-website', '*', 's3:GetObject'),
    policyIsPublic: true,
    publicAccessBlock: null,
  });
  const distribution = `arn:aws:cloudfront::${data.id}:distribution/E1EXAMPLE`;
  addBucket(data, {
    name: 'data-cdn-assets',
    region,
    encryption: { algorithm: 'aws:kms' },
    policy: allow('data-cdn-assets', { Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', {
      Condition: { StringEquals: { 'AWS:SourceArn': distribution } },
    }),
  });
  addBucket(data, {
    name: 'data-partner-inbox',
    region: 'eu-west-1',
    encryption: { ...ownKey, kmsMasterKeyId: 'alias/aws/s3' },
    policy: allow('data-partner-inbox', { AWS: demoAccounts.vendor }, 's3:PutObject'),
  });
}

function kms(key: SimKey): SimBucketEncryption {
  return { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn, bucketKeyEnabled: true };
}

function admit(principal: string): PolicyStatement {
  return {
    Sid: 'Allow use of the key',
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: useOfKey,
    Resource: '*',
  };
}

/** Admits the compute role by its policy, the auditor by a statement, the vendor by a grant. */
function sharedKey(place: Place, reader: string): SimKey {
  return awsMaterialKey(place, 'data-lake', {
    rotation: true,
    automaticRotations: ['2025-03-01T08:00:00Z', '2026-03-01T08:00:00Z'],
    tags: { owner: 'data-platform', classification: 'confidential' },
    policy: keyPolicy(place, admit(reader), {
      Sid: 'Auditor reads metadata',
      Effect: 'Allow',
      Principal: { AWS: `arn:${place.partition}:iam::${demoAccounts.auditor}:root` },
      Action: ['kms:DescribeKey', 'kms:GetKeyRotationStatus', 'kms:ListGrants'],
      Resource: '*',
    }),
    grants: [
      {
        Name: 'vendor-export',
        GranteePrincipal: `arn:${place.partition}:iam::${demoAccounts.vendor}:role/export`,
        Operations: ['Decrypt'],
        Constraints: { EncryptionContextSubset: { dataset: 'public-statistics' } },
      },
      {
        Name: 'analytics',
        GranteePrincipal: reader,
        RetiringPrincipal: `arn:${place.partition}:iam::${place.accountId}:role/data-admin`,
        Operations: ['Decrypt', 'GenerateDataKey', 'CreateGrant'],
      },
    ],
  });
}

function wholeOrganizationKey(place: Place, organization: SimOrganization): SimKey {
  return awsMaterialKey(place, 'shared-with-the-organization', {
    policy: keyPolicy(place, {
      Sid: 'Whole organization',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: useOfKey,
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': organization.id } },
    }),
  });
}
