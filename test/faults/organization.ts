import { addAccount, addCustomKeyStore, addKey, newOrganization } from '../../lab/aws/build.ts';
import { countRequests } from '../../lab/aws/key-requests.ts';
import {
  awsManagedKey,
  awsMaterialKey,
  externalKeyStore,
  externalStoreKey,
  keyPolicy,
} from '../../lab/aws/keys.ts';
import type { SimAccount, SimKey, SimOrganization } from '../../lab/aws/model.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { addQueue, addTopic, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';

export const management = '111111111111';
export const data = '222222222222';
export const compute = '333333333333';

/** What the member role asks for: as good as a secret. */
export const externalId = 'correct-horse-battery-staple';

/** How the spec enters the members of the organization below. */
export const org = { member_role_name: 'posture', member_external_id: externalId };

/**
 * What the faults strike: `management` (one key), `data` (keys in two regions, one behind an external key store, a
 * bucket, a queue and a topic that `compute` may use) and `compute` (a key, and a bucket under a key of `data`).
 */
export function organization(): SimOrganization {
  const made = newOrganization({
    regions: [
      { name: 'us-east-1', optIn: false },
      { name: 'eu-west-1', optIn: false },
    ],
  });
  const member = (id: string, name: string) =>
    addAccount(made, {
      id,
      name,
      roles: new Map([['posture', { name: 'posture', trust: { principals: [management], externalId } }]]),
    });
  addKey(
    made.accounts.get(management) as SimAccount,
    awsMaterialKey(place(management), 'billing'),
    'alias/billing',
  );
  const lake = member(data, 'data');
  const orders = addDataKeys(lake);
  addDataResources(lake, orders);
  const consumer = member(compute, 'compute');
  addKey(consumer, awsMaterialKey(place(compute), 'app', { tags: { team: 'app' } }), 'alias/app');
  addBucket(consumer, {
    name: 'app-artifacts',
    region: 'us-east-1',
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: orders.metadata.Arn },
    policy: bucketPolicy('app-artifacts', `arn:aws:iam::${data}:root`),
  });
  return made;
}

const place = (accountId: string, region = 'us-east-1') => ({ partition: 'aws', accountId, region });

function addDataKeys(account: SimAccount): SimKey {
  const here = place(data);
  const orders = awsMaterialKey(here, 'orders', {
    tags: { owner: 'orders' },
    rotation: true,
    automaticRotations: ['2025-03-01T08:00:00Z'],
    grants: [{ GranteePrincipal: `arn:aws:iam::${data}:role/worker`, Operations: ['Decrypt'] }],
    policy: keyPolicy(here, {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${compute}:root` },
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
      Resource: '*',
    }),
  });
  const store = externalKeyStore('vault');
  addCustomKeyStore(account, 'us-east-1', store);
  addKey(account, orders, 'alias/orders');
  countRequests(account, orders, 'Decrypt', { 1: 3, 2: 4 });
  addKey(account, awsManagedKey(here, 's3', { description: 'aws/s3' }), 'alias/aws/s3');
  addKey(account, externalStoreKey(here, 'vault', store), 'alias/vault');
  addKey(account, awsMaterialKey(place(data, 'eu-west-1'), 'archive'), 'alias/archive');
  return orders;
}

function addDataResources(account: SimAccount, orders: SimKey): void {
  const reader = { AWS: `arn:aws:iam::${compute}:root` };
  const kmsMasterKeyId = orders.metadata.Arn;
  addBucket(account, {
    name: 'lake',
    region: 'us-east-1',
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId },
    policy: bucketPolicy('lake', reader.AWS),
    ownership: 'ObjectWriter',
  });
  addBucket(account, { name: 'lake-logs', region: 'eu-west-1' });
  const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:${data}:${name}`;
  addQueue(account, 'us-east-1', {
    name: 'jobs',
    kmsMasterKeyId,
    policy: messagingPolicy(arn('sqs', 'jobs'), reader, 'sqs:ReceiveMessage'),
  });
  addTopic(account, 'us-east-1', {
    name: 'news',
    kmsMasterKeyId: 'alias/aws/sns',
    policy: messagingPolicy(arn('sns', 'news'), reader, 'sns:Publish'),
  });
}

/** The one key of the organization with this description. */
export function keyNamed(within: SimOrganization, name: string): SimKey {
  for (const { regions } of within.accounts.values()) {
    for (const { keys } of regions.values()) {
      for (const key of keys) if (key.metadata.Description === name) return key;
    }
  }
  throw new Error(`the organization has no key ${name}`);
}
