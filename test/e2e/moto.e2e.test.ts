import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  type KeyMetadata,
  ListKeyRotationsCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  AttachPolicyCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import type { SyncResult } from '../../lab/sync.ts';
import { clientsOf, createAccount, createUnit, memberOf, pipelineTo } from './emulated.ts';
import type { Pipeline } from './pipeline.ts';
import { type Row, timeText } from './rows.ts';

let moto: Emulator;
let pipeline: Pipeline;
let result: SyncResult;
/** What the rows of keys must say, by the ARNs that moto gave. */
const expected = new Map<string, Row>();
let data: string;
let compute: string;
let unit: string;

/** A key, and what its row must say beside what CreateKey answered. */
async function create(
  kms: ReturnType<typeof clientsOf>['kms'],
  input: CreateKeyCommandInput,
  says: Row,
): Promise<KeyMetadata & { KeyId: string }> {
  const { KeyMetadata: key } = await kms.send(new CreateKeyCommand(input));
  if (key?.KeyId === undefined || key.Arn === undefined) throw new Error('moto made no key');
  expected.set(key.Arn, {
    arn: key.Arn,
    key_id: key.KeyId,
    account_id: key.AWSAccountId,
    region: key.Arn.split(':')[3],
    description: input.Description,
    creation_date: timeText(key.CreationDate as Date),
    key_state: 'Enabled',
    enabled: true,
    key_manager: 'CUSTOMER',
    origin: 'AWS_KMS',
    key_spec: input.KeySpec ?? 'SYMMETRIC_DEFAULT',
    key_type: 'customer_managed_aws_material',
    sharing: 'not_shared',
    sharing_complete: true,
    aliases: [],
    tags: {},
    errors: null,
    ...says,
  });
  return { ...key, KeyId: key.KeyId };
}

beforeAll(async () => {
  moto = await startMoto();
  pipeline = await pipelineTo(moto);
  await clientsOf(moto).organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  for (let i = 1; i <= 20; i++) await createAccount(moto, `other-${i}`);
  const made = await createUnit(moto, 'workloads', ['data', 'compute']);
  [data, compute] = made.accountIds as [string, string];
  unit = made.unitId;
  await createPolicies();
  await createKeys();
  result = await pipeline.sync({
    tables: [
      'aws_encryption_key*',
      'aws_encryption_custom*',
      'aws_encryption_accounts',
      'aws_encryption_organization_policies',
      'aws_encryption_coverage',
    ],
    spec: {
      regions: ['us-east-1', 'eu-west-1'],
      org: { member_role_name: 'anything', organization_units: [unit] },
      max_retries: 1,
      max_backoff: 0,
    },
  });
});
afterAll(async () => {
  await pipeline.close();
  await moto.close();
});

const regionsOnly = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'RegionsOnly',
      Effect: 'Deny',
      NotAction: ['iam:*', 'organizations:*'],
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
    },
  ],
};
const noDeletion = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'kms:ScheduleKeyDeletion', Resource: '*' }],
};

/** Two policies, one for the unit and one for an account in it. */
async function createPolicies(): Promise<void> {
  const { organizations } = clientsOf(moto);
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const Type: PolicyType = 'SERVICE_CONTROL_POLICY';
  await organizations.send(new EnablePolicyTypeCommand({ RootId: Roots?.[0]?.Id, PolicyType: Type }));
  const attach = async (Name: string, document: object, TargetId: string) => {
    const input = { Name, Type, Description: `${Name} only`, Content: JSON.stringify(document) };
    const { Policy } = await organizations.send(new CreatePolicyCommand(input));
    await organizations.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId }));
  };
  await attach('regions', regionsOnly, unit);
  await attach('deletion', noDeletion, data);
}

async function createKeys(): Promise<void> {
  const member = await memberOf(moto, data, 'anything');
  const { kms } = clientsOf(member);
  await createOrders(kms);
  const never = { rotation_state: 'not_supported', on_demand_rotation_supported: false };
  await create(
    kms,
    { Description: 'signing', KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
    {
      key_usage: 'SIGN_VERIFY',
      rotation_not_supported_reason: 'asymmetric',
      ...never,
      signing_algorithms: expect.arrayContaining(['RSASSA_PSS_SHA_512', 'RSASSA_PKCS1_V1_5_SHA_256']),
    },
  );
  await create(
    kms,
    { Description: 'encrypting', KeySpec: 'RSA_4096', KeyUsage: 'ENCRYPT_DECRYPT' },
    { encryption_algorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'], ...never },
  );
  await create(
    kms,
    { Description: 'curve', KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' },
    { signing_algorithms: ['ECDSA_SHA_384'], ...never },
  );
  await create(
    kms,
    { Description: 'mac', KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
    { key_usage: 'GENERATE_VERIFY_MAC', rotation_not_supported_reason: 'hmac', ...never },
  );
  const asleep = await create(
    kms,
    { Description: 'asleep' },
    { key_state: 'Disabled', enabled: false, rotation_state: 'disabled' },
  );
  await kms.send(new DisableKeyCommand(asleep));
  await createDoomed(kms);

  const europe = clientsOf(member, 'eu-west-1').kms;
  await create(europe, { Description: 'customers' }, { rotation_state: 'disabled', rotations_count: 0 });
  const other = clientsOf(await memberOf(moto, compute, 'anything')).kms;
  await create(other, { Description: 'results' }, { account_name: 'compute', monthly_fee_usd: 1 });
}

/** Rotated, tagged, aliased; shared by its policy within the organization, by a grant outside of it. */
async function createOrders(kms: ReturnType<typeof clientsOf>['kms']): Promise<void> {
  const allow = (AWS: string, Action: string) => ({
    Effect: 'Allow',
    Principal: { AWS },
    Action,
    Resource: '*',
  });
  const statements = [
    allow(`arn:aws:iam::${data}:root`, 'kms:*'),
    allow(`arn:aws:iam::${compute}:role/analytics`, 'kms:Decrypt'),
  ];
  const says = {
    account_name: 'data',
    aliases: ['alias/orders', 'alias/orders-current'],
    tags: { owner: 'data platform', stage: 'production' },
    rotation_state: 'enabled',
    rotation_paused: false,
    rotations_count: 1,
    monthly_fee_usd: 2,
    sharing: 'external',
    shared_account_ids: [compute, '999988887777'].sort(),
    shared_outside_organization: true,
    shared_access: ['grant', 'use'],
  };
  const { KeyId, Arn = '' } = await create(
    kms,
    {
      Description: 'orders',
      Tags: Object.entries(says.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    },
    says,
  );
  for (const AliasName of says.aliases) {
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
  }
  await kms.send(new EnableKeyRotationCommand({ KeyId }));
  await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
  await kms.send(
    new CreateGrantCommand({
      KeyId,
      Name: 'export',
      GranteePrincipal: 'arn:aws:iam::999988887777:role/export',
      Operations: ['Decrypt', 'CreateGrant'],
    }),
  );
  const { Rotations } = await kms.send(new ListKeyRotationsCommand({ KeyId }));
  const rotated = timeText(Rotations?.[0]?.RotationDate as Date);
  expected.set(Arn, { ...expected.get(Arn), last_rotation_date: rotated });
}

async function createDoomed(kms: ReturnType<typeof clientsOf>['kms']): Promise<void> {
  const says = {
    key_state: 'PendingDeletion',
    enabled: false,
    rotation_state: 'suspended',
    monthly_fee_usd: 0,
  };
  const { KeyId, Arn = '' } = await create(kms, { Description: 'doomed' }, says);
  const { DeletionDate } = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  expected.set(Arn, { ...expected.get(Arn), deletion_date: timeText(DeletionDate as Date) });
}

test('every key that was created has its row, and says what was created', async () => {
  const rows = await pipeline.rows('aws_encryption_keys');
  expect(rows.map(({ arn }) => arn).sort()).toEqual([...expected.keys()].sort());
  for (const row of rows) {
    expect.soft(row, row.description as string).toMatchObject(expected.get(row.arn as string) as Row);
  }
});

test('23 accounts, two pages of ListAccounts: those below the unit are read, the others are not selected', async () => {
  const accounts = await pipeline.rows('aws_encryption_accounts');
  expect(accounts).toHaveLength(23);
  const chosen = accounts.filter(({ in_scope }) => in_scope);
  expect(chosen.map(({ account_id }) => account_id).sort()).toEqual([data, compute].sort());
  for (const { organization_units } of chosen)
    expect(organization_units).toEqual([expect.stringMatching(/^r-/), unit]);
  const left = accounts.filter(({ skip_reason }) => skip_reason === 'not_selected');
  expect(left).toHaveLength(21);
});

test('what moto answers with a page of HTML costs that table and no other', async () => {
  expect(result.code).toBe(0);
  const incomplete = await pipeline.rows('aws_encryption_coverage', "status in ('partial', 'failed')");
  expect(
    new Set(incomplete.map(({ table_name, status, rows }) => `${table_name} ${status} ${rows}`)),
  ).toEqual(new Set(['aws_encryption_custom_key_stores failed 0']));
  expect(incomplete).toHaveLength(4);
  const complete = await pipeline.rows(
    'aws_encryption_coverage',
    "status = 'complete' and table_name = 'aws_encryption_keys'",
  );
  expect(complete.map(({ rows }) => rows).sort()).toEqual([0, 1, 1, expected.size - 2]);
});

test('organization policies with their documents and what they are attached to', async () => {
  const policies = await pipeline.rows('aws_encryption_organization_policies');
  const named = (name: string) => policies.find((policy) => policy.name === name);
  expect(named('regions')).toMatchObject({
    type: 'SERVICE_CONTROL_POLICY',
    description: 'regions only',
    aws_managed: false,
    content: regionsOnly,
    understood: true,
    mentions_kms: false,
    targets: [{ id: unit, kind: 'organizational_unit', name: 'workloads' }],
    errors: null,
  });
  expect(named('deletion')).toMatchObject({
    content: noDeletion,
    mentions_kms: true,
    targets: [{ id: data, kind: 'account', name: 'data' }],
  });
  const full = named('FullAWSAccess');
  expect(full).toMatchObject({ policy_id: 'p-FullAWSAccess', aws_managed: true });
  const kinds = ((full?.targets ?? []) as readonly { kind: string }[]).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'account')).toHaveLength(23);
  expect(new Set(kinds)).toEqual(new Set(['root', 'organizational_unit', 'account']));
  const [line] = await pipeline.rows(
    'aws_encryption_coverage',
    "table_name = 'aws_encryption_organization_policies'",
  );
  expect(line).toMatchObject({ region: 'global', status: 'complete', rows: policies.length });
});
