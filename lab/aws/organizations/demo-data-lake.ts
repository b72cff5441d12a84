import { addKey } from '../build.ts';
import { countRequests } from '../key-requests.ts';
import {
  awsManagedKey,
  awsMaterialKey,
  disabled,
  keyPolicy,
  type Place,
  type PolicyStatement,
} from '../keys.ts';
import type { SimAccount, SimBucketEncryption, SimKey, SimOrganization } from '../model.ts';
import { shareKey } from '../ram-shares.ts';
import { addBucket, bucketPolicy } from './buckets.ts';
import { demoAccounts } from './demo-accounts.ts';
import { addQueue, addTopic, messagingPolicy } from './messaging.ts';

const useOfKey = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'];

/**
 * The article's scenario in the data account: the same bucket policy for a role of the compute account, over
 * every way of encrypting a bucket; and neighbours that show who else may be locked out.
 */
export function addDataLake(organization: SimOrganization, data: SimAccount, compute: SimAccount): void {
  const place: Place = { partition: organization.partition, accountId: data.id, region: 'us-east-1' };
  const reader = `arn:${place.partition}:iam::${compute.id}:role/analytics`;
  compute.roles.set('analytics', {
    name: 'analytics',
    trust: { principals: [compute.id] },
    allow: [
      's3:GetObject',
      's3:PutObject',
      'sqs:SendMessage',
      'sns:Publish',
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ],
  });

  const managed = addKey(data, awsManagedKey(place, 's3'), 'alias/aws/s3');
  const shared = addKey(data, sharedKey(place, reader), 'alias/data-lake', 'alias/data-lake-current');
  const own = addKey(data, awsMaterialKey(place, 'orders', { rotation: true }), 'alias/orders');
  const asleep = addKey(
    data,
    disabled(awsMaterialKey(place, 'archive', { policy: keyPolicy(place, admit(reader)) })),
    'alias/archive',
  );
  const everyones = addKey(
    data,
    wholeOrganizationKey(place, organization),
    'alias/shared-with-the-organization',
  );

  const exchange = addKey(data, awsMaterialKey(place, 'exchange'), 'alias/exchange');
  shareKey(organization, exchange, [compute.id, demoAccounts.vendor], { name: 'exchange' });

  // Counted by CloudWatch: the lake is read all the time, the key of the orders was used last nine days ago.
  countRequests(data, shared, 'Decrypt', everyDay(120_000));
  countRequests(data, shared, 'GenerateDataKey', everyDay(8_000));
  countRequests(data, own, 'Decrypt', { 9: 40, 10: 2_000 });

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
  bucket('data-lake-shared-by-ram', kms(exchange), reader);
  bucket(
    'data-lake-reader-lacks-decrypt',
    kms(everyones),
    `arn:${place.partition}:iam::${compute.id}:role/reports`,
  );
  bucket('data-lake-private', kms(own));
  // A key of an account that the sync cannot enter.
  const farKey = `arn:${place.partition}:kms:${place.region}:${demoAccounts.legacy}:key/1e9ac700-0000-4000-8000-000000000001`;
  bucket('data-lake-key-out-of-reach', { algorithm: 'aws:kms', kmsMasterKeyId: farKey }, reader);
  addOrganizationWide(organization, data, { admitting: kms(everyones), closed: kms(own) });
  addNeighbours(data, place.region, kms(own));
  addMessaging(data, place.region, compute.id);
}

/** So many requests on each of the last 14 days. */
const everyDay = (requests: number) =>
  Object.fromEntries(Array.from({ length: 14 }, (_, daysAgo) => [daysAgo, requests]));

/** Two buckets for the whole organization: one whose key admits it, one whose key does not. */
function addOrganizationWide(
  organization: SimOrganization,
  data: SimAccount,
  keys: Readonly<Record<'admitting' | 'closed', SimBucketEncryption>>,
): void {
  for (const [name, encryption] of Object.entries({
    'data-organization': keys.admitting,
    'data-organization-locked': keys.closed,
  })) {
    const policy = allow(name, '*', 's3:GetObject', {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': organization.id } },
    });
    addBucket(data, { name, region: 'us-east-1', encryption, policy });
  }
}

/** The article's question for queues and topics. */
function addMessaging(data: SimAccount, region: string, compute: string): void {
  const arn = (service: string, name: string) => `arn:aws:${service}:${region}:${data.id}:${name}`;
  const sender = { AWS: `arn:aws:iam::${compute}:role/analytics` };
  const topic = { Service: 'sns.amazonaws.com' };
  const queue = (name: string, principal: Readonly<Record<string, string>>, kmsMasterKeyId?: string) =>
    addQueue(data, region, {
      name,
      kmsMasterKeyId,
      sqsManagedSseEnabled: kmsMasterKeyId === undefined,
      policy: messagingPolicy(arn('sqs', name), principal, 'sqs:SendMessage'),
    });
  queue('events-aws-managed-key', sender, 'alias/aws/sqs');
  queue('events-customer-key', sender, 'alias/data-lake');
  queue('events-sse-sqs', sender);
  queue('events-of-a-topic', topic, 'alias/aws/sqs');
  addTopic(data, region, {
    name: 'announcements',
    kmsMasterKeyId: 'alias/orders',
    policy: messagingPolicy(arn('sns', 'announcements'), sender, 'sns:Publish'),
  });
  addTopic(data, region, { name: 'internal' });
}

function allow(name: string, principal: unknown, action: string, condition = {}): string {
  const Resource = `arn:aws:s3:::${name}/*`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: principal, Action: action, Resource, ...condition },
  });
}

/** Buckets that are open to everybody, to a service, and to a partner for writing. */
function addNeighbours(data: SimAccount, region: string, ownKey: SimBucketEncryption): void {
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
    name: 'data-website-blocked',
    region,
    policy: allow('data-website-blocked', '*', 's3:GetObject'),
    policyIsPublic: true,
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
