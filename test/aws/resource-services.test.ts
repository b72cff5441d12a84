import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { collect } from '../../src/aws/paging.ts';
import type { ScopeAccess } from '../../src/aws/scope-access.ts';
import { cloudWatchLogs } from '../../src/services/cloudwatch-logs/resources.ts';
import { dynamoDbReads } from '../../src/services/dynamodb/calls.ts';
import { ebsReads } from '../../src/services/ebs/calls.ts';
import { ecr } from '../../src/services/ecr/resources.ts';
import { efs } from '../../src/services/efs/resources.ts';
import { lambdaReads } from '../../src/services/lambda/calls.ts';
import { rdsReads } from '../../src/services/rds/calls.ts';
import { secretsManager } from '../../src/services/secrets-manager/resources.ts';
import type { ResourceService } from '../../src/services/service.ts';
import { type Simulated, simulate } from './simulated.ts';

const accountId = '222222222222';
const region = 'eu-west-1';
const scope = { accountId, accountName: null, region, partition: 'aws' };
const key = `arn:aws:kms:${region}:${accountId}:key/k`;
const policy = '{"Statement":[]}';

function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  return { organization, add: resourcesIn(account, region) };
}
type Add = ReturnType<typeof world>['add'];

async function accessTo(simulated: Simulated): Promise<ScopeAccess> {
  const session = await simulated.aws.session(simulated.as(accountId));
  return simulated.aws.open(session, accountId, region);
}

interface Listing {
  readonly operation: string;
  readonly add: (add: Add, name: string) => unknown;
  readonly list: (access: ScopeAccess) => AsyncIterable<readonly unknown[]>;
  /** What AWS gives in one page. */
  readonly page: number;
}

const listings: readonly Listing[] = [
  {
    operation: 'secretsmanager:ListSecrets',
    add: (add, name) => add.secret({ name }),
    list: (access) => secretsManager.list(access, scope, 'all'),
    page: 100,
  },
  {
    operation: 'dynamodb:ListTables',
    add: (add, name) => add.table({ name }),
    list: (access) => dynamoDbReads(access).tableNames(),
    page: 100,
  },
  {
    operation: 'ec2:DescribeSnapshots',
    add: (add, id) => add.snapshot({ id }),
    list: (access) => ebsReads(access).snapshots(),
    page: 1000,
  },
  {
    operation: 'ec2:DescribeVolumes',
    add: (add, id) => add.volume({ id }),
    list: (access) => ebsReads(access).volumes(),
    page: 500,
  },
  {
    operation: 'rds:DescribeDBInstances',
    add: (add, id) => add.dbInstance({ id }),
    list: (access) => rdsReads(access).instances(),
    page: 100,
  },
  {
    operation: 'rds:DescribeDBClusters',
    add: (add, id) => add.dbCluster({ id }),
    list: (access) => rdsReads(access).clusters(),
    page: 100,
  },
  {
    operation: 'rds:DescribeDBSnapshots',
    add: (add, id) => add.dbSnapshot({ id }),
    list: (access) => rdsReads(access).snapshots(),
    page: 100,
  },
  {
    operation: 'rds:DescribeDBClusterSnapshots',
    add: (add, id) => add.dbClusterSnapshot({ id }),
    list: (access) => rdsReads(access).clusterSnapshots(),
    page: 100,
  },
  {
    operation: 'lambda:ListFunctions',
    add: (add, name) => add.function({ name }),
    list: (access) => lambdaReads(access).functions(),
    page: 50,
  },
  {
    operation: 'logs:DescribeLogGroups',
    add: (add, name) => add.logGroup({ name }),
    list: (access) => cloudWatchLogs.list(access, scope, 'all'),
    page: 50,
  },
  {
    operation: 'ecr:DescribeRepositories',
    add: (add, name) => add.repository({ name }),
    list: (access) => ecr.list(access, scope, 'all'),
    page: 1000,
  },
  {
    operation: 'elasticfilesystem:DescribeFileSystems',
    add: (add, id) => add.fileSystem({ id }),
    list: (access) => efs.list(access, scope, 'all'),
    page: 100,
  },
];

describe.each(listings)('$operation', ({ operation, add, list, page }) => {
  it('gives two pages and no more of what is more than a page', async () => {
    const { organization, add: into } = world();
    for (let index = 0; index <= page; index++) add(into, `n-${index}`);
    await using simulated = await simulate(organization);
    expect(await collect(list(await accessTo(simulated)))).toHaveLength(page + 1);
    expect(simulated.simulator.requests.byOperation()).toEqual({ [operation]: 2 });
  });

  it('ends where a marker comes twice, and is not complete', async () => {
    const { organization, add: into } = world();
    add(into, 'only');
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ operation, effect: { kind: 'repeated_marker' } });
    await expect(collect(list(await accessTo(simulated)))).rejects.toMatchObject({
      reason: 'malformed_answer',
    });
  });

  it('is empty only where AWS says so; an empty body is no answer, a denial is one', async () => {
    await using simulated = await simulate(world().organization);
    const access = await accessTo(simulated);
    expect(await collect(list(access))).toEqual([]);
    simulated.simulator.faults.add({ operation, times: 1, effect: { kind: 'deny' } });
    await expect(collect(list(access))).rejects.toMatchObject({ reason: 'access_denied' });
    simulated.simulator.faults.add({ operation, effect: { kind: 'empty_body' } });
    await expect(collect(list(access))).rejects.toMatchObject({ reason: 'malformed_answer' });
  });
});

interface Sharing {
  readonly operation: string;
  readonly add: (add: Add) => unknown;
  readonly read: (access: ScopeAccess, name: string) => Promise<unknown>;
  /** Of a resource named `shared`, of one named `own`, and of one that is gone. */
  readonly shared: unknown;
  readonly own: unknown;
  readonly gone: 'not_found' | null;
}

const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
const withPolicy = { shared: policy, own: null, gone: 'not_found' } as const;

const sharings: readonly Sharing[] = [
  {
    operation: 'dynamodb:GetResourcePolicy',
    add: (add) => [add.table({ name: 'shared', policy }), add.table({ name: 'own' })],
    read: (access, name) => dynamoDbReads(access).policy(arn('dynamodb', `table/${name}`)),
    ...withPolicy,
  },
  {
    operation: 'ec2:DescribeSnapshotAttribute',
    add: (add) => [
      add.snapshot({ id: 'shared', sharedWith: ['333333333333', 'all'] }),
      add.snapshot({ id: 'own' }),
    ],
    read: (access, name) => ebsReads(access).snapshotSharing(name),
    shared: { accountIds: ['333333333333'], everybody: true },
    own: { accountIds: [], everybody: false },
    gone: 'not_found',
  },
  {
    operation: 'rds:DescribeDBSnapshotAttributes',
    add: (add) => [
      add.dbSnapshot({ id: 'shared', sharedWith: ['333333333333'] }),
      add.dbSnapshot({ id: 'own' }),
    ],
    read: (access, name) => rdsReads(access).snapshotSharing(name),
    shared: ['333333333333'],
    own: [],
    gone: 'not_found',
  },
  {
    operation: 'rds:DescribeDBClusterSnapshotAttributes',
    add: (add) => [
      add.dbClusterSnapshot({ id: 'shared', sharedWith: ['all'] }),
      add.dbClusterSnapshot({ id: 'own' }),
    ],
    read: (access, name) => rdsReads(access).clusterSnapshotSharing(name),
    shared: ['all'],
    own: [],
    gone: 'not_found',
  },
  {
    operation: 'lambda:GetPolicy',
    add: (add) => [add.function({ name: 'shared', policy }), add.function({ name: 'own' })],
    read: (access, name) => lambdaReads(access).policy(arn('lambda', `function:${name}`)),
    ...withPolicy,
    gone: null,
  },
];

describe.each(sharings)('$operation', ({ operation, add, read, shared, own, gone }) => {
  it('tells shared, not shared, deleted meanwhile, denied and an empty answer apart', async () => {
    const { organization, add: into } = world();
    add(into);
    await using simulated = await simulate(organization);
    const access = await accessTo(simulated);
    expect(await read(access, 'shared')).toEqual(shared);
    expect(await read(access, 'own')).toEqual(own);
    if (gone === null) expect(await read(access, 'gone')).toBeNull();
    else await expect(read(access, 'gone')).rejects.toMatchObject({ reason: gone });
    simulated.simulator.faults.add({ operation, times: 1, effect: { kind: 'deny' } });
    await expect(read(access, 'shared')).rejects.toMatchObject({ reason: 'access_denied' });
    simulated.simulator.faults.add({ operation, effect: { kind: 'empty_body' } });
    await expect(read(access, 'shared')).rejects.toMatchObject({ reason: 'malformed_answer' });
  });
});

interface Declared {
  readonly service: ResourceService;
  readonly operation: string;
  readonly add: (add: Add) => unknown;
  /** What AWS says of one that is gone. */
  readonly gone: string;
}

const declared: readonly Declared[] = [
  {
    service: secretsManager,
    operation: 'secretsmanager:GetResourcePolicy',
    add: (add) => [add.secret({ name: 'shared', policy }), add.secret({ name: 'own' })],
    gone: 'ResourceNotFoundException',
  },
  {
    service: ecr,
    operation: 'ecr:GetRepositoryPolicy',
    add: (add) => [add.repository({ name: 'shared', policy }), add.repository({ name: 'own' })],
    gone: 'RepositoryNotFoundException',
  },
  {
    service: efs,
    operation: 'elasticfilesystem:DescribeFileSystemPolicy',
    add: (add) => [add.fileSystem({ id: 'shared', policy }), add.fileSystem({ id: 'own' })],
    gone: 'FileSystemNotFound',
  },
];

describe.each(declared)('$operation', ({ service, operation, add, gone }) => {
  it('tells shared, not shared, deleted meanwhile, denied and an answer without a policy apart', async () => {
    const { organization, add: into } = world();
    add(into);
    await using simulated = await simulate(organization);
    const { faults } = simulated.simulator;
    const [shared, own] = await collect(service.list(await accessTo(simulated), scope, 'all'));
    const sharing = (policy: string | null) => ({ state: 'known', value: { by: 'policy', policy } });
    expect(await shared?.()).toMatchObject({ sharing: sharing(policy) });
    expect(await own?.()).toMatchObject({ sharing: sharing(null) });
    faults.add({ operation, times: 1, effect: { kind: 'error', status: 400, code: gone } });
    expect(await own?.()).toBeNull();
    faults.add({ operation, times: 1, effect: { kind: 'deny' } });
    expect(await own?.()).toMatchObject({ sharing: { error: { reason: 'access_denied' } } });
    const foreign = faults.add({ operation, effect: { kind: 'error', status: 200, code: 'nothing of use' } });
    expect(await own?.()).toMatchObject({ sharing: { error: { reason: 'malformed_answer' } } });
    foreign.remove();
    faults.add({ operation, effect: { kind: 'empty_body' } });
    expect(await own?.()).toMatchObject({ sharing: { error: { reason: 'malformed_answer' } } });
  });
});

describe('the key of', () => {
  async function read<T>(
    add: (add: Add) => unknown,
    reading: (access: ScopeAccess) => AsyncIterable<readonly T[]>,
  ) {
    const { organization, add: into } = world();
    add(into);
    await using simulated = await simulate(organization);
    return await collect(reading(await accessTo(simulated)));
  }

  async function* factsOf(service: ResourceService, access: ScopeAccess) {
    for await (const page of service.list(access, scope, 'all'))
      yield Promise.all(page.map((read) => read()));
  }
  const encrypted = (state: string, byKey: string | null) => ({
    encryption: { state: 'known', value: { state, key: byKey } },
  });

  it.each([
    [
      'a secret',
      (add: Add) => [add.secret({ name: 'a', kmsKeyId: 'alias/a' }), add.secret({ name: 'b' })],
      (access: ScopeAccess) => factsOf(secretsManager, access),
      [encrypted('kms', 'alias/a'), encrypted('kms', null)],
    ],
    [
      'a volume',
      (add: Add) => [add.volume({ id: 'vol-a', kmsKeyId: key }), add.volume({ id: 'vol-b' })],
      (access: ScopeAccess) => ebsReads(access).volumes(),
      [
        { id: 'vol-a', encrypted: true, kmsKeyId: key },
        { id: 'vol-b', encrypted: false, kmsKeyId: null },
      ],
    ],
    [
      'a cluster',
      (add: Add) => [
        add.dbCluster({ id: 'a', kmsKeyId: key }),
        add.dbCluster({ id: 'b', encryptionType: 'sse-rds' }),
        add.dbCluster({ id: 'c', encryptionType: null }),
      ],
      (access: ScopeAccess) => rdsReads(access).clusters(),
      [
        { arn: arn('rds', 'cluster:a'), encrypted: true, type: 'sse-kms', kmsKeyId: key },
        { encrypted: false, type: 'sse-rds', kmsKeyId: null },
        { encrypted: false, type: null, kmsKeyId: null },
      ],
    ],
    [
      'a snapshot of an instance',
      (add: Add) => add.dbSnapshot({ id: 'a', kmsKeyId: key, snapshotType: 'automated' }),
      (access: ScopeAccess) => rdsReads(access).snapshots(),
      [
        {
          id: 'a',
          arn: arn('rds', 'snapshot:a'),
          encrypted: true,
          type: 'sse-kms',
          snapshotType: 'automated',
        },
      ],
    ],
    [
      'a function',
      (add: Add) => [add.function({ name: 'a', kmsKeyArn: key }), add.function({ name: 'b' })],
      (access: ScopeAccess) => lambdaReads(access).functions(),
      [{ arn: arn('lambda', 'function:a'), kmsKeyArn: key }, { kmsKeyArn: null }],
    ],
    [
      'a log group',
      (add: Add) => [add.logGroup({ name: '/a', kmsKeyId: key }), add.logGroup({ name: '/b' })],
      (access: ScopeAccess) => factsOf(cloudWatchLogs, access),
      [{ arn: arn('logs', 'log-group:/a'), ...encrypted('kms', key) }, encrypted('aws_owned', null)],
    ],
    [
      'a repository',
      (add: Add) => [
        add.repository({ name: 'a', encryptionType: 'KMS', kmsKey: key }),
        add.repository({ name: 'b' }),
      ],
      (access: ScopeAccess) => factsOf(ecr, access),
      [{ arn: arn('ecr', 'repository/a'), ...encrypted('kms', key) }, encrypted('aws_owned', null)],
    ],
    [
      'a file system',
      (add: Add) => [add.fileSystem({ id: 'fs-a', kmsKeyId: key }), add.fileSystem({ id: 'fs-b' })],
      (access: ScopeAccess) => factsOf(efs, access),
      [
        { arn: arn('elasticfilesystem', 'file-system/fs-a'), ...encrypted('kms', key) },
        encrypted('none', null),
      ],
    ],
  ])('%s is as AWS has it', async (_what, add, reading, expected) => {
    expect(await read<unknown>(add, reading)).toMatchObject(expected);
  });

  it('a table is the one of SSEDescription, or one that AWS owns', async () => {
    const { organization, add } = world();
    add.table({ name: 'a', kmsKeyArn: key });
    add.table({ name: 'b' });
    await using simulated = await simulate(organization);
    const reads = dynamoDbReads(await accessTo(simulated));
    expect(await reads.table('a')).toEqual({
      arn: arn('dynamodb', 'table/a'),
      encryption: { type: 'KMS', kmsKeyArn: key },
      latestStreamArn: null,
    });
    expect(await reads.table('b')).toMatchObject({ encryption: null });
    await expect(reads.table('c')).rejects.toMatchObject({ reason: 'not_found' });
  });

  it('new volumes is asked only where they are encrypted by default', async () => {
    const { organization, add } = world();
    await using simulated = await simulate(organization);
    const reads = ebsReads(await accessTo(simulated));
    expect(await reads.encryptionDefault()).toEqual({ enabled: false, kmsKeyId: null });
    expect(simulated.simulator.requests.byOperation()).toEqual({ 'ec2:GetEbsEncryptionByDefault': 1 });
    add.encryptVolumes('alias/aws/ebs');
    expect(await reads.encryptionDefault()).toEqual({ enabled: true, kmsKeyId: 'alias/aws/ebs' });
  });
});
