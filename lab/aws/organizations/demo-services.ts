import { addKey } from '../build.ts';
import { awsMaterialKey, keyPolicy, type Place } from '../keys.ts';
import type { SimAccount, SimOrganization } from '../model.ts';
import { shareResource, unitArn } from '../ram-shares.ts';
import { accessPoints } from '../services/s3/access-points.ts';
import { addBucket } from './buckets.ts';
import { demoAccounts } from './demo-accounts.ts';
import { resourcesIn } from './resources.ts';

const region = 'us-east-1';
/** A key of an account that nobody knows. */
const strangersKey = `arn:aws:kms:${region}:888877776666:key/1e9ac700-0000-4000-8000-000000000666`;

/**
 * What hangs on the keys of the data account beside buckets and messages: each service that matters once, shared where
 * it can be; some of it not encrypted, some under a key that keeps others or a log's writer out, and some under the key
 * of a stranger.
 */
export function addDemoServices(organization: SimOrganization, data: SimAccount): void {
  const place: Place = { partition: organization.partition, accountId: data.id, region };
  const admitting = keyOf(data, 'data-lake');
  const own = keyOf(data, 'orders');
  addShared(organization, data, { admitting, own });
  addOwn(data, own);
  addChosen(data, own);
  addTrails(data, place, own);
  addAccessPoint(data, admitting);
  addBucket(data, {
    name: 'data-under-a-strangers-key',
    region,
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: strangersKey },
  });
}

interface Keys {
  /** ARNs: one that admits the compute account; … */
  readonly admitting: string;
  /** … and one that admits nobody else. */
  readonly own: string;
}

function keyOf(account: SimAccount, alias: string): string {
  const { keys, aliases } = account.regions.get(region) ?? missing(alias);
  const key = keys.get(aliases.get(`alias/${alias}`)?.TargetKeyId ?? '');
  return key?.metadata.Arn ?? missing(alias);
}

function missing(alias: string): never {
  throw new Error(`The demo has no key ${alias}.`);
}

function addShared(organization: SimOrganization, data: SimAccount, { admitting, own }: Keys): void {
  const add = resourcesIn(data, region);
  const reader = { AWS: `arn:aws:iam::${demoAccounts.compute}:root` };
  const letIn = (arn: string, ...Action: string[]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: reader, Action, Resource: arn }],
    });
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${data.id}:${resource}`;
  add.snapshot({ id: 'snap-0root', kmsKeyId: admitting });
  add.snapshot({ id: 'snap-0data', kmsKeyId: own });
  add.image({
    id: 'ami-0batch',
    snapshotIds: ['snap-0root', 'snap-0data'],
    sharedWith: [unitArn(organization, 'ou-demo-batch001')],
  });
  add.redshiftSnapshot({ id: 'warehouse/monthly', kmsKeyId: own, sharedWith: [demoAccounts.vendor] });
  const bus = letIn(arn('events', 'event-bus/orders'), 'events:PutEvents');
  add.eventBus({ name: 'orders', keyId: admitting, policy: bus });
  const search = letIn(`${arn('es', 'domain/catalogue')}/*`, 'es:ESHttpGet');
  add.searchDomain({ name: 'catalogue', kmsKeyId: own, policy: search });
  const topics = letIn('*', 'kafka-cluster:Connect', 'kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData');
  add.kafkaCluster({ id: 'clicks/c1-1', keyArn: own, policy: topics });
  const packages = letIn('*', 'codeartifact:ReadFromRepository');
  add.codeDomain({ name: 'packages', keyArn: own });
  add.codeRepository({ id: 'packages/npm', policy: packages });
  const catalog = letIn('*', 'glue:GetTable', 'glue:GetTables');
  add.dataCatalog({ name: 'catalog', mode: 'SSE-KMS', kmsKeyId: own, policy: catalog });
  add.vault({ name: 'last-resort', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' });
  shareResource(data, arn('backup', 'backup-vault:last-resort'), [demoAccounts.compute]);
}

function addOwn(data: SimAccount, own: string): void {
  const add = resourcesIn(data, region);
  add.volume({ id: 'vol-0plain' });
  add.dbInstance({ id: 'reports', engine: 'postgres', encryptionType: 'none' });
  add.dbCluster({ id: 'orders', engine: 'aurora-postgresql', kmsKeyId: own });
  add.fileSystem({ id: 'fs-0plain' });
  add.fsxFileSystem({ id: 'fs-0windows', kmsKeyId: own });
  add.parameter({ name: 'orders/password', keyId: 'alias/orders' });
  add.secret({ name: 'orders/token', kmsKeyId: own });
  add.table({ name: 'sessions' });
  add.function({ name: 'invoices', kmsKeyArn: own });
  add.logGroup({ name: '/aws/lambda/invoices', kmsKeyId: own });
  add.stream({ name: 'clicks', keyId: own });
}

/** Of services that are read only where they are chosen. */
function addChosen(data: SimAccount, own: string): void {
  const add = resourcesIn(data, region);
  add.stateMachine({ name: 'checkout', kmsKeyId: own });
  add.activity({ name: 'packing', kmsKeyId: own });
  add.containerCluster({ name: 'shop', fargateKeyId: own, sessionKeyId: own });
  add.broker({ id: 'orders:b-1', kmsKeyId: own });
  add.replicationInstance({ id: 'nightly', kmsKeyId: own });
  add.replicationConfig({ id: 'hourly', kmsKeyId: own });
  add.replicationEndpoint({ id: 'orders', kmsKeyId: own });
  add.workGroup({ name: 'finance', option: 'SSE_KMS', kmsKey: own });
}

/** One whose key admits its writer, and one whose key does not. */
function addTrails(data: SimAccount, place: Place, own: string): void {
  const policy = keyPolicy(place, {
    Sid: 'CloudTrail encrypts log files',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
    Resource: '*',
  });
  const key = addKey(data, awsMaterialKey(place, 'trail', { policy, rotation: true }), 'alias/trail');
  const add = resourcesIn(data, region);
  add.trail({ name: 'audit', kmsKeyId: key.metadata.Arn });
  add.trail({ name: 'audit-without-key', kmsKeyId: own });
}

/** A bucket that leaves who reads it to its access points, and one that lets the compute account in. */
function addAccessPoint(data: SimAccount, key: string): void {
  const name = 'data-by-access-points';
  const statement = (Resource: readonly string[], more: object) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource, ...more }],
  });
  addBucket(data, {
    name,
    region,
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: key },
    policy: JSON.stringify(
      statement([`arn:aws:s3:::${name}/*`], {
        Principal: { AWS: '*' },
        Condition: { StringEquals: { 's3:DataAccessPointAccount': data.id } },
      }),
    ),
  });
  const arn = `arn:aws:s3:${region}:${data.id}:accesspoint/analytics`;
  accessPoints.add(data, region, {
    name: 'analytics',
    bucket: name,
    policy: JSON.stringify(
      statement([`${arn}/object/*`], {
        Principal: { AWS: `arn:aws:iam::${demoAccounts.compute}:role/analytics` },
      }),
    ),
  });
}
