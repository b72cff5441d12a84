import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey, disabled } from '../../lab/aws/keys.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { bucketOf } from '../../src/services/s3-access-grants/grantee.ts';
import { bucketDefault } from '../../src/services/s3-access-grants/rules.ts';
import { keys } from '../../src/tables/keys.ts';
import { resourcePolicies } from '../../src/tables/resource-policies.ts';
import { resources } from '../../src/tables/resources.ts';
import { compute, data, policyOf, region, role, root, third, vendor } from '../posture/cross-account/cast.ts';
import { allow } from '../posture/resource/judge.ts';
import { type Fault, readService } from './read-service.ts';

const instance = `arn:aws:s3:${region}:${data}:access-grants/default`;
const asking = (principal: unknown, resource = instance) =>
  policyOf(allow(resource, ['s3:GetDataAccess', 's3:ListCallerAccessGrants'], principal));

/** An instance with grants on buckets under every sort of key. @param policy of the instance */
function world(policy: string | null) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const owner = addAccount(organization, { id: third });
  const place = { partition: 'aws', region, accountId: data };
  const own = addKey(account, awsMaterialKey(place, 'own'));
  const off = addKey(account, disabled(awsMaterialKey(place, 'off')));
  const foreign = addKey(owner, awsMaterialKey({ ...place, accountId: third }, 'foreign'));
  addKey(account, awsManagedKey(place, 's3'), 'alias/aws/s3');
  const bucket = (name: string, kmsMasterKeyId?: string) =>
    addBucket(account, {
      name,
      region,
      encryption: { algorithm: 'aws:kms', ...(kmsMasterKeyId && { kmsMasterKeyId }) },
    });
  addBucket(account, { name: 'plain', region });
  bucket('own', own.metadata.Arn);
  bucket('off', off.metadata.Arn);
  bucket('foreign', foreign.metadata.Arn);
  bucket('managed');
  const here = resourcesIn(account, region);
  here.accessGrantsInstance({ name: 'default', policy });
  for (const name of ['plain', 'own', 'off', 'foreign', 'managed'])
    here.accessGrant({ id: name, grantee: role(compute), grantScope: `s3://${name}/reports/*` });
  here.accessGrant({
    id: 'both',
    grantee: role(compute),
    permission: 'READWRITE',
    grantScope: 's3://plain/*',
  });
  here.accessGrant({ id: 'write', grantee: role(compute), permission: 'WRITE', grantScope: 's3://own/in*' });
  here.accessGrant({
    id: 'new-word',
    grantee: role(compute),
    permission: 'ADMIN',
    grantScope: 's3://plain/*',
  });
  here.accessGrant({ id: 'all-buckets', grantee: role(compute) });
  here.accessGrant({ id: 'gone', grantee: role(compute), grantScope: 's3://gone/*' });
  here.accessGrant({ id: 'alone', grantee: role(data), grantScope: 's3://own/*' });
  here.accessGrant({ id: 'vendor', grantee: role(vendor), grantScope: 's3://plain/*' });
  here.accessGrant({
    id: 'group',
    granteeType: 'DIRECTORY_GROUP',
    grantee: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
    grantScope: 's3://plain/*',
  });
  return organization;
}

async function read(organization: ReturnType<typeof newOrganization>, fault?: Fault) {
  const { sink, requests, rows } = await readService(
    organization,
    { accountId: data, region },
    's3-access-grants',
    { faults: [fault], tables: [resources, resourcePolicies, keys] },
  );
  const policies = sink.rows(resourcePolicies).map((row) => row.resource_arn);
  const ownedByAws = sink.rows(keys);
  return { rows, policies, ownedByAws, said: [...sink.said], requests };
}

const nameOf = (arn: unknown) => String(arn).slice(instance.length).replace('/grant/', '') || 'instance';
const seenOf = (rows: readonly Record<string, unknown>[]) =>
  rows
    .map((row) => [
      nameOf(row.arn),
      row.key_account_id ?? row.encryption_state,
      row.cross_account_read,
      row.cross_account_write,
      row.shared_account_ids,
    ])
    .toSorted();

describe('S3 Access Grants', () => {
  it('let in whom a grant names and the policy of the instance lets ask', async () => {
    const { rows, policies, ownedByAws, said, requests } = await read(world(asking(root(compute))));
    expect(seenOf(rows)).toEqual([
      ['all-buckets', 'unknown', 'unknown', null, [compute]],
      ['alone', data, 'not_shared', null, []],
      ['both', 'aws_owned', 'no_kms_barrier', 'no_kms_barrier', [compute]],
      ['foreign', third, 'unknown', null, [compute]],
      ['gone', 'unknown', 'unknown', null, [compute]],
      ['group', 'aws_owned', 'unknown', null, []],
      ['instance', 'none', null, null, [compute]],
      ['managed', data, 'unknown', null, [compute]],
      ['new-word', 'aws_owned', 'unknown', 'unknown', [compute]],
      ['off', data, 'blocked_by_key_state', null, [compute]],
      ['own', data, 'unknown', null, [compute]],
      ['plain', 'aws_owned', 'no_kms_barrier', null, [compute]],
      ['vendor', 'aws_owned', 'not_shared', null, []],
      ['write', data, null, 'unknown', [compute]],
    ]);
    expect(said).toEqual([]);
    expect(policies).toEqual([instance]);
    // The keys are the buckets'.
    expect(ownedByAws).toEqual([]);
    // Each bucket once, however many grants are for it.
    expect(requests).toMatchObject({
      's3control:GetAccessGrantsInstance': 1,
      's3control:GetAccessGrantsInstanceResourcePolicy': 1,
      's3control:ListAccessGrants': 1,
      's3:GetBucketEncryption': 6,
    });
  });

  it('let nobody of other accounts in without a policy of the instance', async () => {
    const { rows, policies } = await read(world(null));
    for (const row of rows) {
      expect([row.cross_account_use, row.shared_account_ids]).toEqual(['not_shared', []]);
    }
    expect(policies).toEqual([]);
  });

  it.each([
    ['everybody', asking('*'), 'no_kms_barrier', true],
    ['the role itself', asking(role(compute)), 'no_kms_barrier', false],
    ['another role', asking(role(compute, 'other')), 'not_shared', false],
    ['a grant, not the instance', asking(root(compute), `${instance}/grant/plain`), 'not_shared', false],
    ['everything', policyOf(allow('*', 's3:*', root(compute))), 'no_kms_barrier', false],
    ['another instance', asking(root(compute), `${instance}2`), 'not_shared', false],
    [
      'only to list',
      policyOf(allow(instance, 's3:ListCallerAccessGrants', root(compute))),
      'not_shared',
      false,
    ],
  ])('a policy for %s', async (_who, policy, expected, anyone) => {
    const { rows } = await read(world(policy));
    const of = (name: string) => rows.find(({ arn }) => nameOf(arn) === name);
    expect(of('plain')).toMatchObject({ cross_account_read: expected, shared_with_anyone: false });
    expect(of('instance')?.shared_with_anyone).toBe(anyone);
  });

  it('say why', async () => {
    const { rows } = await read(world(asking(root(compute))));
    const explanation = (name: string) => rows.find(({ arn }) => nameOf(arn) === name)?.explanation;
    expect(explanation('own')).toContain("acts as the IAM role of the grant's location");
    expect(explanation('group')).toContain('it is for a group of a directory');
    expect(explanation('instance')).toContain(
      `account ${compute} meets no KMS barrier and can ask for access`,
    );
  });

  it('are asked one call where there are none', async () => {
    const organization = newOrganization();
    addAccount(organization, { id: data });
    const { rows, said, requests } = await read(organization);
    expect([rows, said]).toEqual([[], []]);
    expect(requests).toEqual({ 's3control:GetAccessGrantsInstance': 1 });
  });
});

describe.each(['deny', 'malformed_body', 'empty_body'] as const)('by %s', (kind) => {
  const policy = asking(root(compute));

  it.each(['GetAccessGrantsInstance', 'ListAccessGrants'])('%s fails the listing', async (operation) => {
    const { said } = await read(world(policy), { operation: `s3control:${operation}`, effect: { kind } });
    expect(said.some((line) => line.startsWith(`listing failed: resources s3:${operation}`))).toBe(true);
  });

  it.each([
    ['s3control:GetAccessGrantsInstanceResourcePolicy', 'shared_account_ids', 14],
    ['s3:GetBucketEncryption', 'encryption_state', 12],
  ])('%s leaves open what it would tell', async (operation, column, count) => {
    const { rows, said } = await read(world(policy), { operation, effect: { kind } });
    expect(rows).toHaveLength(14);
    const failed = rows.filter(({ errors }) => Object.keys(errors ?? {}).length > 0);
    expect(failed).toHaveLength(count);
    for (const row of failed) {
      expect(row[column as 'encryption_state']).toBeNull();
      expect(['unknown', 'not_shared', null]).toContain(row.cross_account_read);
    }
    expect(said.some((line) => line.includes(operation.replace('s3control', 's3')))).toBe(true);
  });
});

it('grants are listed to the last page', async () => {
  const operation = 's3control:ListAccessGrants';
  const { rows, said } = await read(world(null), { operation, effect: { kind: 'short_pages', entries: 2 } });
  expect(rows).toHaveLength(14);
  expect(said).toEqual([]);
});

it.each([
  ['s3://orders/reports/*', 'orders'],
  ['s3://orders/*', 'orders'],
  ['s3://orders', 'orders'],
  ['S3://orders/key', 'orders'],
  ['s3://*', null],
  ['s3://', null],
  ['s3://ord*', null],
  ['s3://ord*/x', null],
  ['elsewhere', null],
  [null, null],
])('a grant for %s is for the bucket %s', (scope, bucket) => {
  expect(bucketOf(scope)).toBe(bucket);
});

it.each([
  ['AES256', null, 'aws_owned'],
  ['aws:kms', null, 'kms'],
  ['aws:kms:dsse', 'k', 'kms'],
  ['aws:new', 'k', 'unknown'],
  [null, null, 'unknown'],
])('a bucket under %s', (algorithm, key, state) => {
  expect(bucketDefault(algorithm, key).state).toBe(state);
});
