import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { keys } from '../../src/tables/keys.ts';
import { resources } from '../../src/tables/resources.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';
import { RecordingSink } from './recording-sink.ts';
import { visitResources } from './visit-resources.ts';

const data = '222222222222';
const reader = '333333333333';
const region = 'eu-west-1';
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${data}:${resource}`;
const services = ['secretsmanager', 'dynamodb', 'ebs', 'rds', 'lambda', 'logs', 'ecr', 'elasticfilesystem'];

const stream = arn('dynamodb', 'table/plain/stream/2026-11-28T00:00:00.000');

const admitting = (action: string, Resource?: string) =>
  JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: { AWS: reader }, Action: action, ...(Resource && { Resource }) },
    ],
  });

/** Of each sort one that is shared, under a key that admits its own account only. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const key = addKey(account, awsMaterialKey({ partition: 'aws', accountId: data, region }, 'own')).metadata
    .Arn;
  const add = resourcesIn(account, region);
  add.secret({ name: 'db', policy: admitting('secretsmanager:GetSecretValue', '*') });
  add.table({
    name: 'orders',
    kmsKeyArn: key,
    policy: admitting('dynamodb:GetItem', arn('dynamodb', 'table/orders')),
  });
  add.table({
    name: 'plain',
    stream: {
      label: '2026-11-28T00:00:00.000',
      policy: JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: { AWS: reader }, Action: 'dynamodb:Get*', Resource: '*' }],
      }),
    },
  });
  add.snapshot({ id: 'snap-1', kmsKeyId: key, sharedWith: [reader] });
  add.snapshot({ id: 'snap-2', sharedWith: ['all', reader] });
  add.volume({ id: 'vol-1', kmsKeyId: key });
  add.volume({ id: 'vol-2' });
  add.encryptVolumes('alias/aws/ebs');
  add.dbSnapshot({ id: 'manual', kmsKeyId: key, sharedWith: [reader] });
  add.dbSnapshot({ id: 'automated', kmsKeyId: key, snapshotType: 'automated' });
  add.dbClusterSnapshot({ id: 'manual', sharedWith: ['all'] });
  add.dbInstance({ id: 'orders', kmsKeyId: key });
  add.dbCluster({ id: 'aurora', encryptionType: 'sse-rds' });
  add.function({
    name: 'bill',
    policy: admitting('lambda:InvokeFunction', arn('lambda', 'function:bill')),
    aliases: { live: admitting('lambda:InvokeFunction', arn('lambda', 'function:bill:live')), next: null },
  });
  add.logGroup({ name: '/app' });
  add.repository({
    name: 'app',
    encryptionType: 'KMS',
    kmsKey: key,
    policy: admitting('ecr:BatchGetImage'),
  });
  add.repository({ name: 'plain' });
  add.fileSystem({ id: 'fs-1', kmsKeyId: key });
  return { organization, account };
}

const expected: Record<string, string> = {
  [arn('secretsmanager', 'secret:db-AbCdEf')]: 'secret kms aws_managed blocked_by_aws_managed_key',
  [arn('dynamodb', 'table/orders')]: 'table kms customer_managed_aws_material blocked_by_key_policy',
  [arn('dynamodb', 'table/plain')]: 'table aws_owned aws_owned not_shared',
  [stream]: 'stream aws_owned aws_owned no_kms_barrier',
  [arn('ec2', 'snapshot/snap-1')]: 'snapshot kms customer_managed_aws_material blocked_by_key_policy',
  [arn('ec2', 'snapshot/snap-2')]: 'snapshot none null no_kms_barrier',
  [arn('ec2', 'volume/vol-1')]: 'volume kms customer_managed_aws_material not_shared',
  [arn('ec2', 'volume/vol-2')]: 'volume none null not_shared',
  [arn('ec2', 'ebs-encryption-by-default')]: 'encryption_by_default kms aws_managed not_shared',
  [arn('rds', 'snapshot:manual')]: 'snapshot kms customer_managed_aws_material blocked_by_key_policy',
  [arn('rds', 'snapshot:automated')]: 'snapshot kms customer_managed_aws_material not_shared',
  [arn('rds', 'cluster-snapshot:manual')]: 'cluster_snapshot none null no_kms_barrier',
  [arn('rds', 'db:orders')]: 'instance kms customer_managed_aws_material not_shared',
  [arn('rds', 'cluster:aurora')]: 'cluster aws_owned aws_owned not_shared',
  [arn('lambda', 'function:bill')]: 'function aws_owned_or_managed null no_kms_barrier',
  [arn('lambda', 'function:bill:live')]: 'alias aws_owned_or_managed null no_kms_barrier',
  [arn('lambda', 'function:bill:next')]: 'alias aws_owned_or_managed null not_shared',
  [arn('logs', 'log-group:/app')]: 'log_group aws_owned aws_owned not_shared',
  [arn('ecr', 'repository/app')]: 'repository kms customer_managed_aws_material possible',
  [arn('ecr', 'repository/plain')]: 'repository aws_owned aws_owned not_shared',
  [arn('elasticfilesystem', 'file-system/fs-1')]: 'file_system kms customer_managed_aws_material unknown',
};

const visited = (simulated: Simulated, sink: RecordingSink) =>
  visitResources(simulated, sink, { accountId: data, region }, services);
const rowsOf = (sink: RecordingSink) => new Map(sink.rows(resources).map((row) => [String(row.arn), row]));
const arnsOf = (sink: RecordingSink) => [...rowsOf(sink).keys()].sort();

describe('resources of other services', () => {
  it('are rows with their key and verdict; AWS owned keys are rows of keys; no key is created', async () => {
    const { organization } = world();
    await using simulated = await simulate(organization);
    const sink = await visited(simulated, new RecordingSink(resources, keys));
    const seen = [...rowsOf(sink)].map(([name, row]) => [
      name,
      `${row.resource_type} ${row.encryption_state} ${row.key_type} ${row.cross_account_use}`,
    ]);
    expect(Object.fromEntries(seen)).toEqual(expected);
    expect([...sink.said]).toEqual([]);
    const owned = sink.rows(keys).map((row) => `${row.key_id} ${row.resources_count}`);
    expect(owned.sort()).toEqual([
      'aws-owned/dynamodb 2',
      'aws-owned/ecr 1',
      'aws-owned/logs 1',
      'aws-owned/rds 1',
    ]);
    expect(simulated.simulator.createdKeys).toEqual([]);
  });

  it('describes the one key behind the resources of many services once', async () => {
    const { organization } = world();
    await using simulated = await simulate(organization);
    await visited(simulated, new RecordingSink(resources));
    const described = simulated.simulator.requests.count({ operation: 'kms:DescribeKey' });
    expect(described).toBe(1);
  });

  it('are not looked for when the table is not selected', async () => {
    await using simulated = await simulate(world().organization);
    await visited(simulated, new RecordingSink(keys));
    expect(simulated.simulator.requests.count()).toBe(0);
  });
});

const of = (...parts: string[]) =>
  Object.keys(expected).filter((name) => parts.some((part) => name.includes(part)));

describe('a listing that is denied loses its own sort and no other', () => {
  it.each([
    ['secretsmanager:ListSecrets', of(':secret:')],
    ['dynamodb:ListTables', of(':table/')],
    ['ec2:DescribeSnapshots', of(':snapshot/')],
    ['ec2:DescribeVolumes', of(':volume/')],
    ['rds:DescribeDBSnapshots', of(':snapshot:')],
    ['rds:DescribeDBClusterSnapshots', of(':cluster-snapshot:')],
    ['rds:DescribeDBInstances', of(':db:')],
    ['rds:DescribeDBClusters', of(':cluster:')],
    ['lambda:ListFunctions', of(':function:')],
    ['logs:DescribeLogGroups', of(':log-group:')],
    ['ecr:DescribeRepositories', of(':repository/')],
    ['elasticfilesystem:DescribeFileSystems', of(':file-system/')],
  ])('%s', async (operation, lost) => {
    await using simulated = await simulate(world().organization);
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    const sink = await visited(simulated, new RecordingSink(resources));
    expect(lost).not.toEqual([]);
    expect(arnsOf(sink)).toEqual(
      Object.keys(expected)
        .filter((name) => !lost.includes(name))
        .sort(),
    );
    expect([...sink.said].join()).toMatch(`listing failed: resources ${operation}`);
  });
});

describe('a read that is denied leaves the row, with nulls and the error', () => {
  it.each([
    ['secretsmanager:GetResourcePolicy', of(':secret:')[0], 'shared_account_ids'],
    ['dynamodb:GetResourcePolicy', of(':table/orders')[0], 'shared_account_ids'],
    ['ec2:DescribeSnapshotAttribute', of(':snapshot/')[0], 'shared_account_ids'],
    ['ec2:GetSnapshotBlockPublicAccessState', of(':snapshot/snap-2')[0], 'shared_with_anyone'],
    ['ec2:GetEbsEncryptionByDefault', of('ebs-encryption')[0], 'encryption_state'],
    ['ec2:GetEbsDefaultKmsKeyId', of('ebs-encryption')[0], 'encryption_state'],
    ['rds:DescribeDBSnapshotAttributes', of(':snapshot:manual')[0], 'shared_account_ids'],
    ['rds:DescribeDBClusterSnapshotAttributes', of(':cluster-snapshot:')[0], 'shared_account_ids'],
    ['lambda:GetPolicy', of(':function:')[0], 'shared_account_ids'],
    ['ecr:GetRepositoryPolicy', of('/app')[1], 'shared_account_ids'],
    ['elasticfilesystem:DescribeFileSystemPolicy', of(':file-system/')[0], 'shared_account_ids'],
  ])('%s', async (operation, name, missing) => {
    await using simulated = await simulate(world().organization);
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    const sink = await visited(simulated, new RecordingSink(resources));
    expect(arnsOf(sink)).toEqual(Object.keys(expected).sort());
    const row = rowsOf(sink).get(String(name));
    expect(row).toHaveProperty(missing, null);
    expect(row?.errors).toHaveProperty([operation, 'code']);
    expect([...sink.said].join()).toContain(`value missing: resources ${operation}`);
  });
});

describe('parts that cannot be listed are rows that may be missing, and their whole is not known', () => {
  it.each([
    ['dynamodb:DescribeTable', of(':table/plain')[0], [stream]],
    ['lambda:ListAliases', of(':function:bill')[0], of(':bill:')],
  ])('%s', async (operation, name, lost) => {
    await using simulated = await simulate(world().organization);
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    const sink = await visited(simulated, new RecordingSink(resources));
    const left = Object.keys(expected).filter((one) => !lost.includes(one));
    expect(arnsOf(sink)).toEqual(left.sort());
    const row = rowsOf(sink).get(String(name));
    expect(row?.errors).toHaveProperty([operation, 'code']);
    expect(row?.cross_account_use).not.toBe('not_shared');
    expect([...sink.said].join()).toContain(`rows missing: resources ${operation}`);
  });
});

describe('what is deleted meanwhile is no row', () => {
  it.each([
    ['secretsmanager:GetResourcePolicy', 'ResourceNotFoundException', 400, of(':secret:')],
    ['dynamodb:DescribeTable', 'com.amazonaws.dynamodb#ResourceNotFoundException', 400, of(':table/')],
    ['ec2:DescribeSnapshotAttribute', 'InvalidSnapshot.NotFound', 400, of(':snapshot/')],
    ['rds:DescribeDBSnapshotAttributes', 'DBSnapshotNotFound', 404, of(':snapshot:manual')],
    [
      'rds:DescribeDBClusterSnapshotAttributes',
      'DBClusterSnapshotNotFoundFault',
      404,
      of(':cluster-snapshot:'),
    ],
    ['ecr:GetRepositoryPolicy', 'RepositoryNotFoundException', 400, of(':repository/')],
    ['elasticfilesystem:DescribeFileSystemPolicy', 'FileSystemNotFound', 404, of(':file-system/')],
  ])('%s', async (operation, code, status, gone) => {
    await using simulated = await simulate(world().organization);
    simulated.simulator.faults.add({ operation, effect: { kind: 'error', status, code } });
    const sink = await visited(simulated, new RecordingSink(resources));
    expect(arnsOf(sink)).toEqual(
      Object.keys(expected)
        .filter((name) => !gone.includes(name))
        .sort(),
    );
    expect([...sink.said]).toEqual([]);
  });
});
