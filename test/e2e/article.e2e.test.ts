import { afterAll, beforeAll, expect, test } from 'vitest';
import { article } from '../../lab/aws/organizations/article.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { own, type Row, sortedBy } from './rows.ts';
import { startWorld, type World } from './world.ts';

const { data, compute, security, legacy, vendor } = demoAccounts;
const tables = ['aws_encryption_s3_buckets', 'aws_encryption_s3_bucket_access', 'aws_encryption_coverage'];

let world: World;
let buckets: Map<unknown, Row>;

beforeAll(async () => {
  world = await startWorld(article());
  await world.sync({ tables });
  buckets = new Map((await world.rows('aws_encryption_s3_buckets')).map((row) => [row.name, row]));
});
afterAll(() => world.close());

const can = { readable_account_ids: [compute], blocked_account_ids: [], unknown_account_ids: [] };
const cannot = { readable_account_ids: [], blocked_account_ids: [compute], unknown_account_ids: [] };
const notKnown = { readable_account_ids: [], blocked_account_ids: [], unknown_account_ids: [compute] };
const customer = 'customer_managed_aws_material';

const cases: Record<string, Row> = {
  'aws-managed-key': {
    cross_account_read: 'blocked_by_aws_managed_key',
    ...cannot,
    key_reference: 'default',
    key_type: 'aws_managed',
  },
  'customer-key-admits': { cross_account_read: 'possible', ...can, key_reference: 'arn', key_type: customer },
  'customer-key-does-not': { cross_account_read: 'blocked_by_key_policy', ...cannot, key_type: customer },
  'sse-s3': {
    cross_account_read: 'no_kms_barrier',
    ...can,
    key_reference: 'none',
    key_type: 'aws_owned',
    kms_key_arn: null,
  },
  'key-disabled': { cross_account_read: 'blocked_by_key_state', ...cannot },
  'key-pending-deletion': { cross_account_read: 'blocked_by_key_state', ...cannot },
  'key-in-third-account': { cross_account_read: 'possible', ...can, key_account_id: security },
  'key-in-readers-account': { cross_account_read: 'possible', ...can, key_account_id: compute },
  'key-out-of-reach': { cross_account_read: 'unknown', ...notKnown, key_account_id: legacy, key_type: null },
  'key-by-alias': {
    cross_account_read: 'possible',
    ...can,
    key_reference: 'alias',
    key_depends_on_writer: true,
  },
  'grant-only': { cross_account_read: 'possible', ...can },
  'one-of-two-accounts': {
    cross_account_read: 'partly_blocked',
    readable_account_ids: [compute],
    blocked_account_ids: [vendor],
    shared_account_ids: [compute, vendor],
  },
  'different-roles': { cross_account_read: 'blocked_by_key_policy', ...cannot },
  'organization-admitted': {
    cross_account_read: 'possible',
    shared_organization_ids: ['o-article0001'],
    blocked_organization_ids: [],
  },
  'organization-locked-out': {
    cross_account_read: 'blocked_by_key_policy',
    blocked_organization_ids: ['o-article0001'],
  },
  'public-and-blocked': {
    cross_account_read: 'blocked_by_public_access_block',
    ...cannot,
    is_public: true,
    shared_with_anyone: true,
    blocked_anyone: true,
    effective_restrict_public_buckets: true,
  },
  cloudfront: {
    cross_account_read: 'not_shared',
    shared_services: ['cloudfront.amazonaws.com'],
    blocked_services: ['cloudfront.amazonaws.com'],
  },
  private: {
    cross_account_read: 'not_shared',
    shared_account_ids: [],
    readable_account_ids: [],
    blocked_account_ids: [],
  },
};

test.each(Object.entries(cases))('%s', (name, expected) => {
  expect(buckets.get(name)).toMatchObject({ account_id: data, region: 'us-east-1', ...expected });
});

test('every bucket of the organization is there, and no other', () => {
  expect([...buckets.keys()].sort()).toEqual(Object.keys(cases).sort());
});

test("the article's reason is the article's key policy", () => {
  expect(buckets.get('aws-managed-key')?.explanation).toContain(
    `account ${compute} cannot read, because the policy of an AWS managed key admits its own account only (kms:CallerAccount) and nobody can change it`,
  );
});

test('a key out of reach is named, with the reason', () => {
  const row = buckets.get('key-out-of-reach');
  expect(row?.kms_key_arn).toBe(`arn:aws:kms:us-east-1:${legacy}:key/1111`);
  expect(row?.errors).toMatchObject({ 'sts:AssumeRole': { code: 'AccessDenied' } });
  expect(row?.explanation).toContain(`the key in account ${legacy} could not be read`);
});

test('all other rows have no errors, and no key was created', () => {
  const others = [...buckets.values()].filter(({ name }) => name !== 'key-out-of-reach');
  expect(others.filter(({ errors }) => errors !== null)).toEqual([]);
  expect(world.aws.createdKeys).toEqual([]);
});

test('bucket policies are rows, statement by statement and principal by principal', async () => {
  const rows = await world.rows('aws_encryption_s3_bucket_access', "name = 'one-of-two-accounts'");
  expect(sortedBy(['principal'], rows)).toMatchObject([
    { principal_account_id: compute, trust: 'organization', source: 'bucket_policy', source_id: '0' },
    { principal_account_id: vendor, trust: 'external', access: ['read', 'list'] },
  ]);
});

test('the list of locked-out accounts', async () => {
  const rows = await world.query(
    `select b.name, unnest(b.blocked_account_ids) as account_id from aws_encryption_s3_buckets b order by 1, 2`,
  );
  expect(rows.map((row) => `${row.name} ${row.account_id}`)).toEqual([
    `aws-managed-key ${compute}`,
    `customer-key-does-not ${compute}`,
    `different-roles ${compute}`,
    `key-disabled ${compute}`,
    `key-pending-deletion ${compute}`,
    `one-of-two-accounts ${vendor}`,
    `public-and-blocked ${compute}`,
  ]);
});

test('four shards say the same as one run', async () => {
  const whole = sortedBy(['name'], [...buckets.values()].map(own));
  await world.reset();
  for (const shard of ['1/4', '2/4', '3/4', '4/4']) {
    expect(await world.sync({ tables, args: ['--shard', shard] })).toMatchObject({ code: 0 });
  }
  const parts = (await world.rows('aws_encryption_s3_buckets')).map(own);
  expect(sortedBy(['name'], parts)).toEqual(whole);
});

test('a filter that leaves out the accounts of keys changes no verdict', async () => {
  const whole = sortedBy(['name'], [...buckets.values()].map(own));
  await world.reset();
  const skipped = [compute, security, legacy, demoAccounts.management];
  const org = { member_role_name: 'OrganizationAccountAccessRole', skip_member_accounts: skipped };
  expect(await world.sync({ tables, spec: { org } })).toMatchObject({ code: 0 });
  const filtered = (await world.rows('aws_encryption_s3_buckets')).map(own);
  expect(sortedBy(['name'], filtered)).toEqual(whole);
});
