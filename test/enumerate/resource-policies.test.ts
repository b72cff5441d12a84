import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { addQueue, addTopic } from '../../lab/aws/organizations/messaging.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { resourcesOfRegion } from '../../src/enumerate/resources.ts';
import { s3BucketsOfAccount } from '../../src/enumerate/s3-buckets.ts';
import { keys } from '../../src/tables/keys.ts';
import { resourcePolicies } from '../../src/tables/resource-policies.ts';
import { resources } from '../../src/tables/resources.ts';
import type { Table } from '../../src/tables/table.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';
import { RecordingSink } from './recording-sink.ts';
import { bucketVisit, visitBuckets } from './visit-buckets.ts';
import { visitResources } from './visit-resources.ts';

const data = '222222222222';
const reader = '333333333333';
const region = 'eu-west-1';
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${data}:${resource}`;

const allow = (...Action: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: reader }, Action, Resource: '*' }],
  });

const read = allow('dynamodb:GetItem');
const streamArn = arn('dynamodb', 'table/orders/stream/2026-11-28T00:00:00.000');

/** ARN → service, type, name and policy of all that have one. */
const expected: Record<string, readonly [service: string, type: string, name: string, policy: string]> = {
  [arn('sqs', 'jobs')]: ['sqs', 'queue', 'jobs', allow('sqs:ReceiveMessage')],
  [arn('sns', 'news')]: ['sns', 'topic', 'news', allow('sns:Publish')],
  [arn('secretsmanager', 'secret:prod/db-AbCdEf')]: [
    'secretsmanager',
    'secret',
    'prod/db-AbCdEf',
    allow('secretsmanager:GetSecretValue'),
  ],
  [arn('dynamodb', 'table/orders')]: ['dynamodb', 'table', 'orders', read],
  [streamArn]: [
    'dynamodb',
    'stream',
    'orders/stream/2026-11-28T00:00:00.000',
    allow('dynamodb:GetRecords', 'dynamodb:GetShardIterator'),
  ],
  [arn('lambda', 'function:bill')]: ['lambda', 'function', 'bill', allow('lambda:InvokeFunction')],
  [arn('lambda', 'function:bill:live')]: ['lambda', 'alias', 'bill:live', allow('lambda:InvokeFunction')],
  [arn('ecr', 'repository/team/app')]: ['ecr', 'repository', 'team/app', allow('ecr:BatchGetImage')],
  [arn('elasticfilesystem', 'file-system/fs-1')]: [
    'elasticfilesystem',
    'file_system',
    'fs-1',
    allow('elasticfilesystem:ClientMount'),
  ],
  [arn('kinesis', 'stream/clicks')]: ['kinesis', 'stream', 'clicks', allow('kinesis:GetRecords')],
  [arn('backup', 'backup-vault:safe')]: [
    'backup',
    'backup_vault',
    'safe',
    allow('backup:CopyIntoBackupVault'),
  ],
  [arn('s3express', 'bucket/fast--euw1-az1--x-s3')]: [
    's3express',
    'directory_bucket',
    'fast--euw1-az1--x-s3',
    allow('s3express:CreateSession'),
  ],
  [arn('s3tables', 'bucket/facts')]: ['s3tables', 'table_bucket', 'facts', allow('s3tables:GetTableData')],
  [arn('s3vectors', 'bucket/docs')]: ['s3vectors', 'vector_bucket', 'docs', allow('s3vectors:GetVectors')],
  [arn('s3', 'access-grants/default')]: [
    's3-access-grants',
    'access_grants_instance',
    'default',
    allow('s3:GetDataAccess'),
  ],
  [arn('kafka', 'cluster/orders/1a-1')]: ['kafka', 'cluster', 'orders/1a-1', allow('kafka-cluster:Connect')],
  [arn('codeartifact', 'domain/shared')]: [
    'codeartifact',
    'domain',
    'shared',
    allow('codeartifact:CreateRepository'),
  ],
  [arn('codeartifact', 'repository/shared/npm')]: [
    'codeartifact',
    'repository',
    'shared/npm',
    allow('codeartifact:ReadFromRepository'),
  ],
  [arn('codebuild', 'project/site')]: ['codebuild', 'project', 'site', allow('codebuild:BatchGetProjects')],
  [arn('cloudtrail', 'eventdatastore/audit')]: [
    'cloudtrail',
    'event_data_store',
    'audit',
    allow('cloudtrail:StartQuery'),
  ],
  [arn('ssm', 'parameter/prod/db')]: ['ssm', 'parameter', 'prod/db', allow('ssm:GetParameter')],
  [arn('es', 'domain/logs')]: ['es', 'domain', 'logs', allow('es:ESHttpGet')],
  [arn('glue', 'catalog')]: ['glue', 'data_catalog', 'catalog', allow('glue:GetTable')],
};
const policyOf = (name: string): string => expected[name]?.[3] ?? '';

/** Of each sort one with a policy, under a key, and one without. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const place = { partition: 'aws', accountId: data, region };
  const key = addKey(account, awsMaterialKey(place, 'own')).metadata.Arn;
  const add = resourcesIn(account, region);
  addQueue(account, region, { name: 'jobs', kmsMasterKeyId: key, policy: policyOf(arn('sqs', 'jobs')) });
  addQueue(account, region, { name: 'plain' });
  addTopic(account, region, { name: 'news', kmsMasterKeyId: key, policy: policyOf(arn('sns', 'news')) });
  add.secret({ name: 'prod/db', policy: policyOf(arn('secretsmanager', 'secret:prod/db-AbCdEf')) });
  add.secret({ name: 'plain' });
  const stream = { label: '2026-11-28T00:00:00.000', policy: policyOf(streamArn) };
  add.table({ name: 'orders', kmsKeyArn: key, policy: read, stream });
  add.table({ name: 'plain', stream: { label: '2026-11-29T00:00:00.000', policy: null } });
  const invoke = policyOf(arn('lambda', 'function:bill'));
  add.function({ name: 'bill', policy: invoke, aliases: { live: invoke, next: null } });
  add.function({ name: 'plain' });
  add.repository({ name: 'team/app', policy: policyOf(arn('ecr', 'repository/team/app')) });
  add.repository({ name: 'plain' });
  add.fileSystem({ id: 'fs-1', policy: policyOf(arn('elasticfilesystem', 'file-system/fs-1')) });
  add.fileSystem({ id: 'fs-2' });
  add.stream({ name: 'clicks', keyId: key, policy: policyOf(arn('kinesis', 'stream/clicks')) });
  add.stream({ name: 'plain' });
  add.vault({ name: 'safe', policy: policyOf(arn('backup', 'backup-vault:safe')) });
  add.vault({ name: 'plain' });
  const fast = 'fast--euw1-az1--x-s3';
  add.directoryBucket({ name: fast, policy: policyOf(arn('s3express', `bucket/${fast}`)) });
  add.directoryBucket({ name: 'plain--euw1-az1--x-s3' });
  add.tableBucket({ name: 'facts', policy: policyOf(arn('s3tables', 'bucket/facts')) });
  add.tableBucket({ name: 'plain' });
  add.vectorBucket({ name: 'docs', policy: policyOf(arn('s3vectors', 'bucket/docs')) });
  add.vectorBucket({ name: 'plain' });
  add.accessGrantsInstance({ name: 'default', policy: policyOf(arn('s3', 'access-grants/default')) });
  add.accessGrant({ id: 'g', grantee: `arn:aws:iam::${reader}:role/reader` });
  add.kafkaCluster({ id: 'orders/1a-1', policy: policyOf(arn('kafka', 'cluster/orders/1a-1')) });
  add.kafkaCluster({ id: 'plain/1a-1' });
  add.codeDomain({ name: 'shared', policy: policyOf(arn('codeartifact', 'domain/shared')) });
  add.codeRepository({ id: 'shared/npm', policy: policyOf(arn('codeartifact', 'repository/shared/npm')) });
  add.codeRepository({ id: 'shared/plain' });
  add.project({ name: 'site', policy: policyOf(arn('codebuild', 'project/site')) });
  add.project({ name: 'plain' });
  const audit = policyOf(arn('cloudtrail', 'eventdatastore/audit'));
  add.eventDataStore({ name: 'audit', kmsKeyId: key, policy: audit });
  add.eventDataStore({ name: 'plain' });
  const policies = [policyOf(arn('ssm', 'parameter/prod/db'))];
  add.parameter({ name: 'prod/db', keyId: key, tier: 'Advanced', policies });
  add.parameter({ name: 'plain' });
  add.searchDomain({ name: 'logs', kmsKeyId: key, policy: policyOf(arn('es', 'domain/logs')) });
  add.searchDomain({ name: 'plain' });
  add.dataCatalog({ name: 'catalog', mode: 'SSE-KMS', policy: policyOf(arn('glue', 'catalog')) });
  add.snapshot({ id: 'snap-1', kmsKeyId: key, sharedWith: [reader] });
  add.dbSnapshot({ id: 'manual', kmsKeyId: key, sharedWith: [reader] });
  add.logGroup({ name: '/app' });
  add.workspace({ id: 'ws-plain' });
  add.customModel({ id: 'plain' });
  add.guardrail({ id: 'plain' });
  return organization;
}

const services = resourcesOfRegion.map(({ name }) => name);
const visited = (simulated: Simulated, ...tables: readonly Table[]) =>
  visitResources(simulated, new RecordingSink(...tables), { accountId: data, region }, services);
const rowsOf = (sink: RecordingSink) =>
  new Map(sink.rows(resourcePolicies).map((row) => [String(row.resource_arn), row]));
const countsOf = ({ simulator }: Simulated) => simulator.requests.byOperation();

describe('policies of resources', () => {
  it('are rows with their document, whole and as it was understood; what has none has no row', async () => {
    await using simulated = await simulate(world());
    const sink = await visited(simulated, resourcePolicies);
    const rows = rowsOf(sink);
    expect([...rows.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [name, [service, type, ownName, policy]] of Object.entries(expected)) {
      expect(rows.get(name)).toEqual({
        account_id: data,
        region,
        partition: 'aws',
        resource_arn: name,
        policy_name: 'policy',
        account_name: 'data',
        service,
        resource_type: type,
        resource_name: ownName,
        sha256: createHash('sha256').update(policy).digest('hex'),
        document: JSON.parse(policy),
        understood: true,
        problem: null,
        statements_count: 1,
        mentions_kms: false,
        errors: null,
      });
    }
    expect([...sink.said]).toEqual([]);
  });

  it('alone: nothing is asked of keys, of encryption, or of what has no policies', async () => {
    await using simulated = await simulate(world());
    await visited(simulated, resourcePolicies, keys);
    const declared = resourcesOfRegion.flatMap((each) =>
      each.tables.includes(resourcePolicies) ? each.calls(resourcePolicies) : [],
    );
    const asked = Object.keys(countsOf(simulated)).map((operation) => operation.replace('s3control:', 's3:'));
    expect(asked.sort()).toEqual(declared.toSorted());
    expect(declared.join()).not.toMatch(/kms:|ram:|DescribeStreamSummary|ec2:|rds:|logs:DescribeLogGroups/);
  });

  it('beside the resources cost no request more', async () => {
    await using simulated = await simulate(world());
    await visited(simulated, resources);
    const alone = countsOf(simulated);
    simulated.simulator.requests.clear();
    const both = await visited(simulated, resources, resourcePolicies);
    expect(countsOf(simulated)).toEqual(alone);
    expect([...rowsOf(both).keys()].sort()).toEqual(Object.keys(expected).sort());
  });

  it.each([
    ['sqs:GetQueueAttributes', arn('sqs', 'plain')],
    ['sns:GetTopicAttributes', arn('sns', 'news')],
    ['secretsmanager:GetResourcePolicy', arn('secretsmanager', 'secret:plain-AbCdEf')],
    ['dynamodb:GetResourcePolicy', arn('dynamodb', 'table/plain')],
    ['lambda:GetPolicy', arn('lambda', 'function:bill:next')],
    ['ecr:GetRepositoryPolicy', arn('ecr', 'repository/plain')],
    ['elasticfilesystem:DescribeFileSystemPolicy', arn('elasticfilesystem', 'file-system/fs-2')],
    ['kinesis:GetResourcePolicy', arn('kinesis', 'stream/plain')],
    ['backup:GetBackupVaultAccessPolicy', arn('backup', 'backup-vault:plain')],
  ])('that could not be read are rows without a document: %s', async (operation, name) => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    const sink = await visited(simulated, resourcePolicies);
    const row = rowsOf(sink).get(name);
    expect(row).toMatchObject({
      sha256: null,
      document: null,
      understood: null,
      problem: null,
      statements_count: null,
      mentions_kms: null,
    });
    expect(row?.errors).toHaveProperty([operation, 'code']);
    expect([...sink.said].join()).toMatch(`value missing: resource_policies ${operation}`);
  });

  it.each([
    ['dynamodb:DescribeTable', [streamArn]],
    ['lambda:ListAliases', [arn('lambda', 'function:bill:live')]],
  ])('of parts that could not be listed are missing rows: %s', async (operation, lost) => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    const sink = await visited(simulated, resourcePolicies);
    const left = Object.keys(expected).filter((name) => !lost.includes(name));
    expect([...rowsOf(sink).keys()].sort()).toEqual(left.sort());
    expect([...sink.said].join()).toMatch(`rows missing: resource_policies ${operation}`);
  });

  it.each([
    ['kinesis:ListStreams', ['resources', 'resource_policies']],
    ['ec2:DescribeSnapshots', ['resources']],
  ])('lose with %s those tables that the listing is for', async (operation, tables) => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    const sink = await visited(simulated, resources, resourcePolicies);
    expect([...sink.said].map((line) => line.split(` ${operation}`)[0])).toEqual(
      tables.map((table) => `listing failed: ${table}`),
    );
  });
});

describe('policies of buckets', () => {
  const policy = bucketPolicy('lake', `arn:aws:iam::${reader}:root`);
  const buckets = () => {
    const organization = newOrganization();
    const account = addAccount(organization, { id: data });
    addBucket(account, { name: 'lake', region, policy });
    addBucket(account, { name: 'plain', region: 'us-east-1' });
    return organization;
  };

  it('are rows in the region of their bucket, and only they are read', async () => {
    await using simulated = await simulate(buckets());
    const sink = await visitBuckets(simulated, new RecordingSink(resourcePolicies, keys), data);
    expect(sink.rows(resourcePolicies)).toMatchObject([
      {
        account_id: data,
        region,
        resource_arn: 'arn:aws:s3:::lake',
        policy_name: 'policy',
        service: 's3',
        resource_type: 'bucket',
        resource_name: 'lake',
        sha256: createHash('sha256').update(policy).digest('hex'),
        document: JSON.parse(policy),
        understood: true,
        errors: null,
      },
    ]);
    expect([...sink.said]).toEqual([]);
    expect(countsOf(simulated)).toEqual({ 's3:ListBuckets': 1, 's3:GetBucketPolicy': 2 });
    expect(s3BucketsOfAccount.calls(resourcePolicies)).toEqual(['s3:ListBuckets', 's3:GetBucketPolicy']);
  });

  it('wait for no policy of the organization', async () => {
    await using simulated = await simulate(buckets());
    const sink = new RecordingSink(resourcePolicies);
    const visit = await bucketVisit(simulated, sink, data);
    const knowledgeWithPolicies = Promise.reject(new Error('somebody waits'));
    knowledgeWithPolicies.catch(() => {});
    await s3BucketsOfAccount.visit({ ...visit, knowledgeWithPolicies });
    expect(sink.rows(resourcePolicies)).toHaveLength(1);
  });

  it('that could not be read are rows without a document', async () => {
    await using simulated = await simulate(buckets());
    const operation = 's3:GetBucketPolicy';
    simulated.simulator.faults.add({ operation, resource: 'plain', effect: { kind: 'deny' } });
    const sink = await visitBuckets(simulated, new RecordingSink(resourcePolicies), data);
    expect(rowsOf(sink).get('arn:aws:s3:::plain')).toMatchObject({
      region: 'us-east-1',
      sha256: null,
      document: null,
      understood: null,
      mentions_kms: null,
      errors: { [operation]: { code: 'AccessDenied' } },
    });
    expect([...sink.said]).toEqual([`value missing: resource_policies ${operation} AccessDenied`]);
  });

  const allowing = (part: string, action = '"s3:GetObject"') =>
    `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":${action},"Resource":"arn:aws:s3:::lake/*"${part}}]}`;

  it.each<[what: string, text: string, cells: Record<string, unknown>]>([
    [
      'demands SSE-KMS and names no key',
      allowing(',"Condition":{"StringEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}}'),
      { understood: true, mentions_kms: false, statements_count: 1 },
    ],
    [
      'names a key',
      allowing(
        ',"Condition":{"StringEquals":{"s3:x-amz-server-side-encryption-aws-kms-key-id":"arn:aws:kms:eu-west-1:222222222222:key/1"}}',
      ),
      { understood: true, mentions_kms: true },
    ],
    [
      'has an element twice, one of which names KMS',
      allowing(',"Action":"s3:PutObject"', '"kms:Decrypt"'),
      { understood: false, mentions_kms: null, problem: expect.stringContaining('twice') },
    ],
    [
      'allows what no version knows',
      allowing('', '"s3:InventTomorrow"'),
      { understood: false, mentions_kms: null, problem: expect.stringContaining('s3:InventTomorrow') },
    ],
    [
      'has one statement without a list',
      '{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}',
      { understood: true, statements_count: 1 },
    ],
    [
      'has statements that are not understood',
      '{"Statement":[{"Effect":"Maybe"},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}',
      { understood: false, statements_count: 2 },
    ],
    ['has no statements', '{"Version":"2012-10-17"}', { understood: false, statements_count: null }],
  ])('one that %s', async (_what, text, cells) => {
    const organization = newOrganization();
    addBucket(addAccount(organization, { id: data }), { name: 'lake', region, policy: text });
    await using simulated = await simulate(organization);
    const sink = await visitBuckets(simulated, new RecordingSink(resourcePolicies), data);
    expect(sink.rows(resourcePolicies)).toMatchObject([{ document: JSON.parse(text), ...cells }]);
  });
});
