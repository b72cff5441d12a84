import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import type { Fault } from '../../lab/aws/faults.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { addQueue } from '../../lab/aws/organizations/messaging.ts';
import { shareKey } from '../../lab/aws/ram-shares.ts';
import { volumes } from '../../lab/aws/services/ec2/block-storage.ts';
import { keysOfOthers } from '../../src/enumerate/foreign-keys.ts';
import { noIam } from '../../src/enumerate/iam-readings.ts';
import { resourcesOfRegion } from '../../src/enumerate/resources.ts';
import { s3BucketsOfAccount } from '../../src/enumerate/s3-buckets.ts';
import { foreignKeys } from '../../src/tables/foreign-keys.ts';
import { resources } from '../../src/tables/resources.ts';
import { s3BucketAccess } from '../../src/tables/s3-bucket-access.ts';
import { s3Buckets } from '../../src/tables/s3-buckets.ts';
import type { Table } from '../../src/tables/table.ts';
import { simulate } from '../aws/simulated.ts';
import { noPolicies } from '../posture/cross-account/cast.ts';
import { RecordingSink } from './recording-sink.ts';
import { scopesOf, turns } from './scopes.ts';

const user = '222222222222';
const owner = '333333333333';
const stranger = '999988887777';
const region = 'eu-west-1';

const knowledge = {
  organizationId: 'o-exampleorg1',
  memberAccountIds: new Set([user, owner]),
  memberNames: { [owner]: 'keys' },
  knownAccounts: { [stranger]: 'vendor' },
};

interface Given {
  readonly faults?: readonly Fault[];
  readonly tables?: readonly Table[];
  /** What the user's account has beside that. */
  readonly arrange?: (account: SimAccount) => unknown;
}

const everything = [foreignKeys, resources, s3Buckets];

/**
 * `user` may use two keys of `owner` by RAM; its queue and its bucket name one of them, another bucket a stranger's
 * key, which nobody can look at.
 */
async function visited({ faults = [], tables = everything, arrange }: Given = {}) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: user });
  const place = { partition: 'aws', accountId: owner, region };
  const owning = addAccount(organization, { id: owner });
  const [lake, spare] = ['lake', 'spare'].map((name) =>
    addKey(owning, awsMaterialKey(place, name), `alias/${name}`),
  );
  if (lake === undefined || spare === undefined) throw new Error('no keys');
  for (const key of [lake, spare]) shareKey(organization, key, [user]);
  addQueue(account, region, { name: 'jobs', kmsMasterKeyId: `arn:aws:kms:${region}:${owner}:alias/lake` });
  addQueue(account, region, { name: 'own', kmsMasterKeyId: 'alias/aws/sqs' });
  const strange = `arn:aws:kms:${region}:${stranger}:key/1e9ac700-0000-4000-8000-000000000001`;
  for (const [name, kmsMasterKeyId] of [
    ['lake', lake.metadata.Arn],
    ['strange', strange],
  ] as const) {
    addBucket(account, { name, region, encryption: { algorithm: 'aws:kms', kmsMasterKeyId } });
  }
  addBucket(account, {
    name: 'elsewhere',
    region: 'us-east-1',
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: strange },
  });
  arrange?.(account);
  await using simulated = await simulate(organization);
  for (const fault of faults) simulated.simulator.faults.add(fault);
  const scopes = await scopesOf(simulated);
  const sink = new RecordingSink(...tables);
  const scope = { partition: 'aws', accountId: user, accountName: 'user', region };
  const visit = {
    scopes,
    organization: noPolicies,
    knowledge,
    knowledgeWithPolicies: Promise.resolve(knowledge),
    iam: noIam,
    options: { includeGrants: true, includeKeyLastUsage: false, includeKeyMetrics: false, includeIam: false },
    sink,
    selected: sink.tables,
    turns,
    now: new Date(),
    signal: new AbortController().signal,
  };
  await s3BucketsOfAccount.visit({ ...visit, scope: { ...scope, region: 'global' } });
  await scopes.use(user, region, async ({ kms, ram }) => {
    for (const enumerator of [...resourcesOfRegion, keysOfOthers]) {
      await enumerator.visit({ ...visit, scope, kms, ram });
    }
  });
  const names = new Map([
    [lake.metadata.Arn, 'lake'],
    [spare.metadata.Arn, 'spare'],
    [strange, 'strange'],
  ]);
  const rows = sink
    .rows(foreignKeys)
    .map((row) => [names.get(String(row.arn)), row.found_by, row.resources_count]);
  const said = [...sink.said].filter((line) => line.includes('foreign_keys')).sort();
  return { rows: rows.sort(), said, sink, calls: simulated.simulator.requests.byOperation() };
}

describe('keys of other accounts', () => {
  it('are one row each, whoever told of them', async () => {
    const { rows, said, sink } = await visited();
    expect(rows).toEqual([
      ['lake', ['ram', 'resource'], 2],
      ['spare', ['ram'], 0],
      ['strange', ['resource'], 1],
    ]);
    expect(said).toEqual([]);
    expect(
      sink
        .rows(foreignKeys)
        .map((row) => `${row.owner_account_id} ${row.owner_name} ${row.owner_standing} ${row.trust}`),
    ).toEqual([
      `${owner} keys organization organization`,
      `${owner} keys organization organization`,
      `${stranger} vendor known_account external`,
    ]);
  });

  const queue = {
    service: 'sqs',
    resource_type: 'queue',
    count: 1,
    arns: [`arn:aws:sqs:${region}:${user}:jobs`],
  };
  const bucket = (name: string) => ({
    service: 's3',
    resource_type: 'bucket',
    count: 1,
    arns: [`arn:aws:s3:::${name}`],
  });
  const usesIn = ({ sink }: { readonly sink: RecordingSink }) =>
    sink.rows(foreignKeys).map(({ used_by_services, uses, uses_complete, buckets_count }) => ({
      used_by_services,
      uses,
      uses_complete,
      buckets_count,
    }));

  it('tell what names them', async () => {
    expect(usesIn(await visited())).toEqual([
      {
        used_by_services: ['s3', 'sqs'],
        uses: [bucket('lake'), queue],
        uses_complete: true,
        buckets_count: 1,
      },
      { used_by_services: [], uses: [], uses_complete: true, buckets_count: 0 },
      { used_by_services: ['s3'], uses: [bucket('strange')], uses_complete: true, buckets_count: 1 },
    ]);
  });

  it('tell what was seen to name them, where not all was: nothing seen is not "nothing"', async () => {
    const tables = [foreignKeys, resources, s3BucketAccess];
    expect(usesIn(await visited({ tables }))).toEqual([
      { used_by_services: ['sqs'], uses: [queue], uses_complete: false, buckets_count: null },
      { used_by_services: null, uses: null, uses_complete: false, buckets_count: null },
    ]);
  });

  it.each<[what: string, arrange: NonNullable<Given['arrange']>]>([
    [
      'bucket',
      (account) => addBucket(account, { name: 'odd', region, encryption: { algorithm: 'aws:new' } }),
    ],
    ['volume', (account) => volumes.add(account, region, { id: 'vol-1', kmsKeyId: '' })],
  ])('may have more uses where it is not understood what a %s is under', async (_, arrange) => {
    const given = await visited({ arrange });
    expect(given.rows).toEqual([
      ['lake', ['ram', 'resource'], null],
      ['spare', ['ram'], null],
      ['strange', ['resource'], null],
    ]);
    expect(usesIn(given)[1]).toEqual({
      used_by_services: null,
      uses: null,
      uses_complete: false,
      buckets_count: null,
    });
  });

  it.each<[what: string, given: Given, rows: unknown, said: readonly string[]]>([
    [
      'of RAM alone, where resources are not read: their number is not known, and the table is not whole',
      { tables: [foreignKeys] },
      [
        ['lake', ['ram'], null],
        ['spare', ['ram'], null],
      ],
      ['left out: foreign_keys some'],
    ],
    [
      'without what buckets name, where only their policies are read',
      { tables: [foreignKeys, resources, s3BucketAccess] },
      [
        ['lake', ['ram', 'resource'], null],
        ['spare', ['ram'], null],
      ],
      ['left out: foreign_keys some'],
    ],
    [
      'of resources alone, where what others share cannot be listed',
      { faults: [{ operation: 'kms:ListKeys', effect: { kind: 'deny' } }] },
      [
        ['lake', ['resource'], 2],
        ['strange', ['resource'], 1],
      ],
      ['listing failed: foreign_keys kms:ListKeys AccessDeniedException'],
    ],
    [
      'may be more, where resources cannot be listed',
      { faults: [{ operation: 'sqs:ListQueues', effect: { kind: 'deny' } }] },
      [
        ['lake', ['ram', 'resource'], null],
        ['spare', ['ram'], null],
        ['strange', ['resource'], null],
      ],
      ['rows missing: foreign_keys sqs:ListQueues AccessDenied'],
    ],
    [
      'may be more, where buckets cannot be listed',
      { faults: [{ operation: 's3:ListBuckets', effect: { kind: 'deny' } }] },
      [
        ['lake', ['ram', 'resource'], null],
        ['spare', ['ram'], null],
      ],
      ['rows missing: foreign_keys s3:ListBuckets AccessDenied'],
    ],
    [
      'may be more, where a bucket does not tell its key',
      { faults: [{ operation: 's3:GetBucketEncryption', resource: 'strange', effect: { kind: 'deny' } }] },
      [
        ['lake', ['ram', 'resource'], null],
        ['spare', ['ram'], null],
      ],
      ['rows missing: foreign_keys s3:GetBucketEncryption AccessDenied'],
    ],
  ])('%s', async (_, given, rows, said) => {
    expect(await visited(given)).toMatchObject({ rows, said });
  });

  it('behind aliases go by the alias where it cannot be looked up', async () => {
    const { sink } = await visited({ faults: [{ operation: 'kms:ListAliases', effect: { kind: 'deny' } }] });
    expect(sink.rows(foreignKeys).map(({ arn }) => arn)).toContain(
      `arn:aws:kms:${region}:${owner}:alias/lake`,
    );
  });

  it('are not looked for when the table is not selected', async () => {
    const { rows, calls } = await visited({ tables: [resources, s3Buckets] });
    expect(rows).toEqual([]);
    expect(Object.keys(calls)).not.toContain('kms:ListKeys');
  });
});
