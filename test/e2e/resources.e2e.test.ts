import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { sharedResources } from '../../lab/aws/organizations/shared-resources.ts';
import type { Row } from './rows.ts';
import { startWorld, type World } from './world.ts';

const { data, compute, vendor } = demoAccounts;
const tables = ['aws_encryption_keys', 'aws_encryption_resources', 'aws_encryption_coverage'];

let world: World;
let resources: Map<string, Row>;

beforeAll(async () => {
  world = await startWorld(sharedResources());
  await world.sync({ tables });
  const rows = await world.rows(
    'aws_encryption_resources',
    `account_id = '${data}' and region = 'us-east-1'`,
  );
  resources = new Map(rows.map((row) => [nameOf(row), row]));
});
afterAll(() => world.close());

/** `sqs locked`, `rds cluster-snapshot:locked` */
function nameOf({ service, resource_type, arn }: Row): string {
  const name = String(arn)
    .split(/[:/]/)
    .at(-1)
    ?.replace(/-AbCdEf$/, '');
  return `${service} ${resource_type} ${name}`;
}

const byManagedKey = 'blocked_by_aws_managed_key';
const byPolicy = 'blocked_by_key_policy';
const byState = 'blocked_by_key_state';

/** Resource → verdict, and type of its key. */
const verdicts: Record<string, readonly [use: string, keyType: string | null]> = {
  'sqs queue locked': [byManagedKey, 'aws_managed'],
  'sqs queue possible': ['possible', 'customer_managed_aws_material'],
  'sqs queue no-barrier': ['no_kms_barrier', 'aws_owned'],
  'sqs queue not-known': ['unknown', null],
  'sns topic locked': [byPolicy, 'customer_managed_aws_material'],
  'sns topic possible': ['possible', 'customer_managed_aws_material'],
  'sns topic no-barrier': ['no_kms_barrier', null],
  'sns topic not-known': ['unknown', null],
  'secretsmanager secret locked': [byManagedKey, 'aws_managed'],
  'secretsmanager secret possible': ['possible', 'customer_managed_aws_material'],
  'secretsmanager secret not-known': ['unknown', null],
  'secretsmanager secret private': ['not_shared', 'aws_managed'],
  'dynamodb table locked': [byManagedKey, 'aws_managed'],
  'dynamodb table possible': ['possible', 'customer_managed_aws_material'],
  'dynamodb table no-barrier': ['no_kms_barrier', 'aws_owned'],
  'dynamodb table not-known': ['unknown', null],
  'ebs snapshot snap-locked': [byPolicy, 'customer_managed_aws_material'],
  'ebs snapshot snap-possible': ['possible', 'customer_managed_aws_material'],
  'ebs snapshot snap-partly': ['partly_blocked', 'customer_managed_aws_material'],
  'ebs snapshot snap-public': ['no_kms_barrier', null],
  'ebs snapshot snap-not-known': ['unknown', null],
  'ebs snapshot snap-managed': ['not_shared', 'aws_managed'],
  'ebs volume vol-own': ['not_shared', 'customer_managed_aws_material'],
  'ebs encryption_by_default ebs-encryption-by-default': ['not_shared', 'aws_managed'],
  'rds snapshot locked': [byPolicy, 'customer_managed_aws_material'],
  'rds snapshot possible': ['possible', 'customer_managed_aws_material'],
  'rds snapshot no-barrier': ['no_kms_barrier', null],
  'rds snapshot not-known': ['unknown', null],
  'rds snapshot automated': ['not_shared', 'customer_managed_aws_material'],
  'rds cluster_snapshot locked': [byPolicy, 'customer_managed_aws_material'],
  'rds instance orders': ['not_shared', 'customer_managed_aws_material'],
  'rds cluster aurora': ['not_shared', 'aws_owned'],
  'lambda function locked': [byState, 'customer_managed_aws_material'],
  'lambda function possible': ['possible', 'customer_managed_aws_material'],
  'lambda function no-barrier': ['no_kms_barrier', null],
  'lambda function not-known': ['unknown', null],
  'logs log_group own': ['not_shared', 'customer_managed_aws_material'],
  'logs log_group plain': ['not_shared', 'aws_owned'],
  'ecr repository locked': [byState, 'customer_managed_aws_material'],
  'ecr repository possible': ['possible', 'aws_managed'],
  'ecr repository no-barrier': ['no_kms_barrier', 'aws_owned'],
  'ecr repository not-known': ['unknown', null],
  'elasticfilesystem file_system fs-locked': [byState, 'customer_managed_aws_material'],
  'elasticfilesystem file_system fs-possible': ['possible', 'customer_managed_aws_material'],
  'elasticfilesystem file_system fs-no-barrier': ['no_kms_barrier', null],
  'elasticfilesystem file_system fs-not-known': ['unknown', null],
  // Each region has one.
  'glue data_catalog catalog': ['not_shared', null],
};

describe('the article’s question for every service', () => {
  test.each(Object.entries(verdicts))('%s', (name, [use, keyType]) => {
    expect(resources.get(name)).toMatchObject({ cross_account_use: use, key_type: keyType });
  });

  test('has an answer for each resource, and for no other', () => {
    expect([...resources.keys()].sort()).toEqual(Object.keys(verdicts).sort());
  });

  test.each(Object.entries(verdicts).filter(([, [use]]) => use.startsWith('blocked_')))(
    '%s names who is locked out',
    (name) => {
      expect(resources.get(name)).toMatchObject({
        shared_account_ids: [compute],
        blocked_account_ids: [compute],
        usable_account_ids: [],
        unknown_account_ids: [],
      });
    },
  );
});

test('a snapshot that is shared, its key not: the reason is the key policy', () => {
  expect(resources.get('ebs snapshot snap-locked')).toMatchObject({
    judged_operation: 'copy',
    key_checked_against: 'caller',
    explanation: expect.stringContaining(
      `account ${compute} cannot copy, because neither the key policy nor a grant admits a principal that is let in to it`,
    ),
  });
  expect(resources.get('ebs snapshot snap-partly')).toMatchObject({
    usable_account_ids: [compute],
    blocked_account_ids: [vendor],
  });
});

test('a snapshot under an AWS managed key cannot be shared, and says so', () => {
  expect(resources.get('ebs snapshot snap-managed')?.explanation).toContain(
    'AWS lets nobody share it while it is under the AWS managed key alias/aws/ebs',
  );
});

test('what is not known is not known for a reason', () => {
  const unknown = [...resources].filter(([, { cross_account_use }]) => cross_account_use === 'unknown');
  expect(unknown.filter(([, { errors }]) => errors === null)).toEqual([]);
  expect(unknown.map(([, { blocked_account_ids }]) => blocked_account_ids)).toEqual(unknown.map(() => []));
});

test('whose key the service itself uses is not locked out by aws/ecr', () => {
  expect(resources.get('ecr repository possible')).toMatchObject({
    key_checked_against: 'service',
    usable_account_ids: [compute],
  });
});

test('AWS owned keys are rows of keys, one for each service', async () => {
  const owned = await world.rows('aws_encryption_keys', "enumerated_by = 'resource'");
  expect(owned.map(({ key_id, resources_count }) => `${key_id} ${resources_count}`).sort()).toEqual([
    'aws-owned/dynamodb 1',
    'aws-owned/ecr 1',
    'aws-owned/logs 1',
    'aws-owned/rds 1',
    'aws-owned/sqs 1',
  ]);
});

test('every account and region has its EBS default, off unless somebody turned it on', async () => {
  const rows = await world.rows('aws_encryption_resources', "resource_type = 'encryption_by_default'");
  const on = rows.filter(({ encryption_state }) => encryption_state === 'kms');
  expect(rows.length).toBeGreaterThan(1);
  expect(on).toMatchObject([{ account_id: data, region: 'us-east-1', kms_key_id: 'alias/aws/ebs' }]);
});

test('no key was created by asking', () => {
  expect(world.aws.createdKeys).toEqual([]);
});
