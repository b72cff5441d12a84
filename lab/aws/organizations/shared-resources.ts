import { addAccount, addKey, newOrganization } from '../build.ts';
import { awsManagedKey, awsMaterialKey, disabled, keyPolicy, type Place } from '../keys.ts';
import type { SimAccount, SimOrganization } from '../model.ts';
import { demoAccounts } from './demo-accounts.ts';
import { addQueue, addTopic, messagingPolicy } from './messaging.ts';
import { resourcesIn } from './resources.ts';

const region = 'us-east-1';
const { data, compute, legacy, vendor } = demoAccounts;
const place: Place = { partition: 'aws', accountId: data, region };
const reader = { AWS: `arn:aws:iam::${compute}:role/analytics` };
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${data}:${resource}`;

/**
 * The article's scenario for other services than S3: resources of the data account that let in the compute account,
 * each named for what becomes of it.
 */
export function sharedResources(): SimOrganization {
  const organization = newOrganization({
    id: 'o-article0002',
    managementAccountId: demoAccounts.management,
    root: { id: 'r-arti', policyTypes: new Map() },
    accounts: new Map(),
  });
  const owner = addAccount(organization, { id: data, name: 'data' });
  addAccount(organization, { id: compute, name: 'compute' });
  // Nobody can enter it, so nothing is known of its keys.
  addAccount(organization, { id: legacy, name: 'legacy', roles: new Map() });
  const keys = addKeys(owner);
  addMessaging(owner, keys);
  addData(owner, keys);
  addSnapshots(owner, keys);
  addUsedByServices(owner, keys);
  return organization;
}

export interface Keys {
  /** ARNs: one that admits the compute account, as the KMS console writes it; … */
  readonly admitting: string;
  /** … one that admits nobody else; … */
  readonly closed: string;
  /** … one that would admit it, were it not disabled; … */
  readonly asleep: string;
  /** … and one that cannot be read. */
  readonly outOfReach: string;
  readonly dynamoDb: string;
  readonly ebs: string;
  readonly ecr: string;
}

export function addKeys(account: SimAccount): Keys {
  const admit = keyPolicy(
    place,
    {
      Sid: 'Allow use of the key',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${compute}:root` },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
    },
    {
      Sid: 'Allow attachment of persistent resources',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${compute}:root` },
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: '*',
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  );
  const managed = (service: string) =>
    addKey(account, awsManagedKey(place, service), `alias/aws/${service}`).metadata.Arn;
  return {
    admitting: addKey(account, awsMaterialKey(place, 'admitting', { policy: admit })).metadata.Arn,
    closed: addKey(account, awsMaterialKey(place, 'closed')).metadata.Arn,
    asleep: addKey(account, disabled(awsMaterialKey(place, 'asleep', { policy: admit }))).metadata.Arn,
    outOfReach: `arn:aws:kms:${region}:${legacy}:key/1111`,
    dynamoDb: managed('dynamodb'),
    ebs: managed('ebs'),
    ecr: managed('ecr'),
  };
}

/** A policy that lets the compute account's role do this. */
export const letIn = (action: string, Resource?: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: reader, Action: action, ...(Resource && { Resource }) }],
  });

function addMessaging(account: SimAccount, keys: Keys): void {
  const queue = (name: string, kmsMasterKeyId?: string) =>
    addQueue(account, region, {
      name,
      kmsMasterKeyId,
      policy: messagingPolicy(arn('sqs', name), reader, 'sqs:SendMessage'),
    });
  queue('locked', 'alias/aws/sqs');
  queue('possible', keys.admitting);
  queue('no-barrier');
  queue('not-known', keys.outOfReach);
  const topic = (name: string, kmsMasterKeyId?: string) =>
    addTopic(account, region, {
      name,
      kmsMasterKeyId,
      policy: messagingPolicy(arn('sns', name), reader, 'sns:Publish'),
    });
  topic('locked', keys.closed);
  topic('possible', keys.admitting);
  topic('no-barrier');
  topic('not-known', keys.outOfReach);
}

function addData(account: SimAccount, keys: Keys): void {
  const add = resourcesIn(account, region);
  const readSecret = letIn('secretsmanager:GetSecretValue', '*');
  add.secret({ name: 'locked', policy: readSecret });
  add.secret({ name: 'possible', policy: readSecret, kmsKeyId: keys.admitting });
  add.secret({ name: 'not-known', policy: readSecret, kmsKeyId: keys.outOfReach });
  add.secret({ name: 'private' });
  const table = (name: string, key: { kmsKeyArn?: string }) =>
    add.table({ name, policy: letIn('dynamodb:Query', arn('dynamodb', `table/${name}`)), ...key });
  table('locked', { kmsKeyArn: keys.dynamoDb });
  table('possible', { kmsKeyArn: keys.admitting });
  table('no-barrier', {});
  table('not-known', { kmsKeyArn: keys.outOfReach });
}

function addSnapshots(account: SimAccount, keys: Keys): void {
  const add = resourcesIn(account, region);
  const sharedWith = [compute];
  add.snapshot({ id: 'snap-locked', kmsKeyId: keys.closed, sharedWith });
  add.snapshot({ id: 'snap-possible', kmsKeyId: keys.admitting, sharedWith });
  add.snapshot({ id: 'snap-partly', kmsKeyId: keys.admitting, sharedWith: [compute, vendor] });
  add.snapshot({ id: 'snap-public', sharedWith: ['all'] });
  add.snapshot({ id: 'snap-not-known', kmsKeyId: keys.outOfReach, sharedWith });
  add.snapshot({ id: 'snap-managed', kmsKeyId: keys.ebs });
  add.volume({ id: 'vol-own', kmsKeyId: keys.closed });
  add.encryptVolumes('alias/aws/ebs');
  add.dbSnapshot({ id: 'locked', kmsKeyId: keys.closed, sharedWith });
  add.dbSnapshot({ id: 'possible', kmsKeyId: keys.admitting, sharedWith });
  add.dbSnapshot({ id: 'no-barrier', sharedWith });
  add.dbSnapshot({ id: 'not-known', kmsKeyId: keys.outOfReach, sharedWith });
  add.dbSnapshot({ id: 'automated', kmsKeyId: keys.closed, snapshotType: 'automated' });
  add.dbClusterSnapshot({ id: 'locked', kmsKeyId: keys.closed, sharedWith });
  add.dbInstance({ id: 'orders', kmsKeyId: keys.closed });
  add.dbCluster({ id: 'aurora', encryptionType: 'sse-rds' });
}

/** Services that use keys by a permission of their own. */
function addUsedByServices(account: SimAccount, keys: Keys): void {
  const add = resourcesIn(account, region);
  const lambda = (name: string, key: { kmsKeyArn?: string }) =>
    add.function({ name, policy: letIn('lambda:InvokeFunction', arn('lambda', `function:${name}`)), ...key });
  lambda('locked', { kmsKeyArn: keys.asleep });
  lambda('possible', { kmsKeyArn: keys.closed });
  lambda('no-barrier', {});
  lambda('not-known', { kmsKeyArn: keys.outOfReach });
  add.logGroup({ name: 'own', kmsKeyId: keys.closed });
  add.logGroup({ name: 'plain' });
  const pull = { policy: letIn('ecr:BatchGetImage') };
  add.repository({ name: 'locked', encryptionType: 'KMS', kmsKey: keys.asleep, ...pull });
  add.repository({ name: 'possible', encryptionType: 'KMS', kmsKey: keys.ecr, ...pull });
  add.repository({ name: 'no-barrier', ...pull });
  add.repository({ name: 'not-known', encryptionType: 'KMS', kmsKey: keys.outOfReach, ...pull });
  const fileSystem = (id: string, key: { kmsKeyId?: string }) =>
    add.fileSystem({
      id,
      policy: letIn('elasticfilesystem:ClientMount', arn('elasticfilesystem', `file-system/${id}`)),
      ...key,
    });
  fileSystem('fs-locked', { kmsKeyId: keys.asleep });
  fileSystem('fs-possible', { kmsKeyId: keys.closed });
  fileSystem('fs-no-barrier', {});
  fileSystem('fs-not-known', { kmsKeyId: keys.outOfReach });
}
