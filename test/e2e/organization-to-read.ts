import { addAccount, addCustomKeyStore, addKey, newOrganization } from '../../lab/aws/build.ts';
import { countRequests } from '../../lab/aws/key-requests.ts';
import { awsMaterialKey, externalKeyStore } from '../../lab/aws/keys.ts';
import type { SimAccount, SimOrganization } from '../../lab/aws/model.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { addQueue, addTopic, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { shareResource } from '../../lab/aws/ram-shares.ts';
import { accessPoints, multiRegionAccessPoints } from '../../lab/aws/services/s3/access-points.ts';

const management = '111111111111';
const member = '222222222222';
const partnerId = '999988887777';
const partner = `arn:aws:iam::${partnerId}:root`;
export const memberRole = 'posture';

/** What IAM allows in the management account and to the member role: action patterns. */
export interface Allowed {
  readonly management: readonly string[];
  readonly member: readonly string[];
}

/** Two accounts in which there is a reason for every call that the plugin makes, and credentials that may do so much. */
export function organizationToRead(allowed: Allowed): SimOrganization {
  const organization = newOrganization({ managementAccountId: management, answersNoPaths: true });
  const listing = organization.accounts.get(management) as SimAccount;
  listing.user.allow = [...allowed.management];
  const data = addAccount(organization, { id: member, name: 'data', roles: new Map() });
  data.roles.set(memberRole, {
    name: memberRole,
    trust: { principals: [management] },
    allow: [...allowed.member],
  });
  for (const account of [listing, data]) fill(account);
  return organization;
}

function fill(account: SimAccount): void {
  const region = 'us-east-1';
  const place = { partition: 'aws', accountId: account.id, region };
  addCustomKeyStore(account, region, externalKeyStore('xks'));
  const key = addKey(account, awsMaterialKey(place, 'shared', { rotation: true }), 'alias/shared');
  countRequests(account, key, 'Decrypt', { 1: 1 });
  const name = `shared-${account.id}`;
  addBucket(account, {
    name,
    region,
    policy: delegatingPolicy(name, account.id),
    ownership: 'ObjectWriter',
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: 'alias/shared' },
  });
  addAccessPoints(account, region, name);
  addQueue(account, region, {
    name: 'shared',
    kmsMasterKeyId: key.metadata.Arn,
    policy: messagingPolicy(
      `arn:aws:sqs:${region}:${account.id}:shared`,
      { AWS: partner },
      'sqs:SendMessage',
    ),
  });
  addTopic(account, region, {
    name: 'shared',
    kmsMasterKeyId: 'alias/shared',
    policy: messagingPolicy(`arn:aws:sns:${region}:${account.id}:shared`, { AWS: partner }, 'sns:Publish'),
  });
  addOthers(account, region, key.metadata.Arn);
}

/** A bucket that lets in the partner, and whom access points of its account let in. */
function delegatingPolicy(name: string, accountId: string): string {
  const { Statement, ...policy } = JSON.parse(bucketPolicy(name, partner));
  const Condition = { StringEquals: { 's3:DataAccessPointAccount': accountId } };
  return JSON.stringify({
    ...policy,
    Statement: [...Statement, { ...Statement[0], Sid: 'Delegates', Principal: { AWS: '*' }, Condition }],
  });
}

function addAccessPoints(account: SimAccount, region: string, bucket: string): void {
  const policyOf = (arn: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: partner }, Action: 's3:GetObject', Resource: `${arn}/object/*` },
      ],
    });
  const place = `:${account.id}:accesspoint/`;
  accessPoints.add(account, region, {
    name: 'shared',
    bucket,
    policy: policyOf(`arn:aws:s3:${region}${place}shared`),
  });
  multiRegionAccessPoints.add(account, 'us-west-2', {
    name: 'shared',
    alias: 'shared.mrap',
    regions: [{ Bucket: bucket, Region: region }],
    policy: policyOf(`arn:aws:s3:${place}shared.mrap`),
  });
}

/** One of each sort; which are shared makes no difference to what is asked, but for a public snapshot. */
function addOthers(account: SimAccount, region: string, key: string): void {
  const add = resourcesIn(account, region);
  add.secret({ name: 'shared', kmsKeyId: key });
  add.table({ name: 'shared', kmsKeyArn: key });
  add.snapshot({ id: 'snap-1', kmsKeyId: key });
  add.snapshot({ id: 'snap-2', sharedWith: ['all'] });
  add.volume({ id: 'vol-1', kmsKeyId: key });
  add.encryptVolumes(key);
  add.dbSnapshot({ id: 'shared', kmsKeyId: key });
  add.dbClusterSnapshot({ id: 'shared', kmsKeyId: key });
  add.dbInstance({ id: 'shared', kmsKeyId: key });
  add.dbCluster({ id: 'shared', kmsKeyId: key });
  add.function({ name: 'shared', kmsKeyArn: key });
  add.logGroup({ name: 'shared', kmsKeyId: key });
  add.repository({ name: 'shared', encryptionType: 'KMS', kmsKey: key });
  add.fileSystem({ id: 'fs-1', kmsKeyId: key });
  add.stream({ name: 'shared', keyId: key });
  add.vault({ name: 'shared', keyArn: key });
  add.vault({ name: 'air-gapped', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' });
  shareResource(account, `arn:aws:backup:${region}:${account.id}:backup-vault:air-gapped`, [partnerId]);
  add.image({ id: 'ami-1', snapshotIds: ['snap-1'], sharedWith: ['all'] });
  add.tableBackup({ name: 'shared' });
  add.eventDataStore({ name: 'shared', kmsKeyId: key });
  add.trail({ name: 'shared', kmsKeyId: key });
  add.parameter({ name: 'shared', keyId: key, tier: 'Advanced' });
  add.kubernetesCluster({ name: 'shared', keyArn: key });
  add.searchDomain({ name: 'shared', kmsKeyId: key });
  add.collection({ id: 'shared', kmsKeyArn: key });
  add.dataCatalog({ name: 'catalog', mode: 'SSE-KMS', kmsKeyId: key });
  add.kafkaCluster({ id: 'shared/1a-1', keyArn: key });
  add.codeDomain({ name: 'shared', keyArn: key });
  add.codeRepository({ id: 'shared/npm' });
  add.project({ name: 'shared' });
  add.pipeline({ name: 'shared' });
  add.eventBus({ name: 'shared', keyId: key });
  add.eventArchive({ name: 'shared' });
  add.deliveryStream({ name: 'shared', keyArn: key });
  add.redshiftCluster({ name: 'shared', kmsKeyId: key });
  add.stateMachine({ name: 'shared', kmsKeyId: key });
  add.activity({ name: 'shared', kmsKeyId: key });
  add.hostedZone({ id: 'Z1', signingKeys: { shared: key } });
  add.containerCluster({ name: 'shared', fargateKeyId: key });
  add.broker({ id: 'shared:b-1', kmsKeyId: key });
  add.replicationInstance({ id: 'shared', kmsKeyId: key });
  add.replicationConfig({ id: 'shared', kmsKeyId: key });
  add.replicationEndpoint({ id: 'shared', kmsKeyId: key });
  add.workGroup({ name: 'shared', option: 'SSE_KMS', kmsKey: key });
  add.directoryBucket({ name: 'shared--use1-az1--x-s3' });
  add.tableBucket({ name: 'shared' });
  add.vectorBucket({ name: 'shared' });
  add.accessGrantsInstance({ name: 'default' });
  addServicesOnChoice(account, region, key);
  add.accessGrant({ id: 'shared', grantee: partner, grantScope: `s3://shared-${account.id}/*` });
}

/** Of services that are read by choice alone: one of each that takes a call of its own. */
function addServicesOnChoice(account: SimAccount, region: string, key: string): void {
  const add = resourcesIn(account, region);
  add.desktop({ id: 'ws-1', key });
  add.traceSetting({ name: 'encryption', key });
  add.iotSetting({ name: 'encryption', key });
  add.siteWiseSetting({ name: 'encryption', key });
  // Where Macie is off, AWS denies its calls.
  for (const each of [region, 'eu-west-1']) resourcesIn(account, each).macieSession({ name: 'session', key });
  add.detector({ id: '1' });
  add.publishingDestination({ id: 'shared', key });
  add.deliveryChannel({ name: 'shared', key });
  add.airflowEnvironment({ name: 'shared', key });
  add.document({
    name: 'SSM-SessionManagerRunShell',
    content: JSON.stringify({ inputs: { kmsKeyId: key } }),
  });
  add.flow({ name: 'shared', key });
  add.searchIndex({ id: 'shared', key });
  add.workspace({ id: 'ws-shared', kmsKeyArn: key });
  add.gitRepository({ name: 'shared', kmsKeyId: key });
  add.notebook({ name: 'shared', kmsKeyId: key });
  add.endpointConfig({ name: 'shared', kmsKeyId: key });
  add.studioDomain({ id: 'd-shared', kmsKeyId: key });
  add.customModel({ id: 'shared', keyArn: key });
  add.importedModel({ id: 'shared', keyArn: key });
  add.guardrail({ id: 'shared', keyArn: key });
  add.agent({ id: 'shared', keyArn: key });
  add.timeSeriesDatabase({ name: 'shared', kmsKeyId: key });
  add.influxInstance({ id: 'shared', kmsKeyId: key });
  add.influxCluster({ id: 'shared', kmsKeyId: key });
}
