import { constants, publicEncrypt, randomBytes } from 'node:crypto';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  EnableKeyRotationCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  type KMSClient,
  ReplicateKeyCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startMiniStack } from '../../lab/emulators.ts';
import type { SyncResult } from '../../lab/sync.ts';
import { clientsOf, createAccount, memberOf, pipelineTo } from './emulated.ts';
import type { Pipeline } from './pipeline.ts';
import { type Row, sortedBy, timeText } from './rows.ts';

const role = 'OrganizationAccountAccessRole';
const expiry = new Date('2027-06-01T00:00:00Z');
/** More than a page of grants holds. */
const grantees = Array.from({ length: 120 }, (_, i) => `arn:aws:iam::999988887777:role/reader-${i}`);

let ministack: Emulator;
let pipeline: Pipeline;
let member: string;
let result: SyncResult;

beforeAll(async () => {
  ministack = await startMiniStack();
  pipeline = await pipelineTo(ministack);
  member = await createAccount(ministack, 'data');
  const endpoint = await memberOf(ministack, member, role);
  await createKeys(clientsOf(endpoint).kms);
  result = await pipeline.sync({
    tables: ['aws_encryption_key*', 'aws_encryption_accounts', 'aws_encryption_coverage'],
    spec: {
      regions: ['us-east-1', 'eu-west-1'],
      org: { member_role_name: role },
      max_retries: 1,
      max_backoff: 0,
    },
  });
});
afterAll(async () => {
  await pipeline.close();
  await ministack.close();
});

async function createKeys(kms: KMSClient): Promise<void> {
  const create = async (Description: string, more = {}): Promise<string> => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description, ...more }));
    return KeyMetadata?.KeyId ?? '';
  };
  const orders = await create('orders', { Tags: [{ TagKey: 'owner', TagValue: 'data platform' }] });
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: orders }));
  await kms.send(new EnableKeyRotationCommand({ KeyId: orders, RotationPeriodInDays: 180 }));
  for (const GranteePrincipal of grantees) {
    await kms.send(new CreateGrantCommand({ KeyId: orders, GranteePrincipal, Operations: ['Decrypt'] }));
  }
  await create('edwards', { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
  await create('mac', { KeySpec: 'HMAC_512', KeyUsage: 'GENERATE_VERIFY_MAC' });
  await create('agreement', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });

  await create('waiting', { Origin: 'EXTERNAL' });
  await importMaterial(kms, await create('imported', { Origin: 'EXTERNAL' }), {
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  });
  await importMaterial(kms, await create('expiring', { Origin: 'EXTERNAL' }), {
    ExpirationModel: 'KEY_MATERIAL_EXPIRES',
    ValidTo: expiry,
  });

  const everywhere = await create('everywhere', { MultiRegion: true });
  await kms.send(
    new ReplicateKeyCommand({ KeyId: everywhere, ReplicaRegion: 'eu-west-1', Description: 'everywhere' }),
  );
}

async function importMaterial(
  kms: KMSClient,
  KeyId: string,
  expires: { ExpirationModel: 'KEY_MATERIAL_EXPIRES' | 'KEY_MATERIAL_DOES_NOT_EXPIRE'; ValidTo?: Date },
): Promise<void> {
  const { ImportToken, PublicKey } = await kms.send(
    new GetParametersForImportCommand({
      KeyId,
      WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
      WrappingKeySpec: 'RSA_2048',
    }),
  );
  const key = { key: Buffer.from(PublicKey ?? []), format: 'der' as const, type: 'spki' as const };
  const EncryptedKeyMaterial = publicEncrypt(
    { ...key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    randomBytes(32),
  );
  await kms.send(new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ...expires }));
}

/** Refused for every key that has rotations: null, and never "none". */
const unreadRotations = {
  rotations_count: null,
  monthly_fee_usd: null,
  errors: { 'kms:ListKeyRotations': { code: 'InvalidAction', message: expect.any(String) } },
};

test.each<[string, string, Row]>([
  [
    'orders',
    'us-east-1',
    {
      ...unreadRotations,
      aliases: ['alias/orders'],
      tags: { owner: 'data platform' },
      rotation_state: 'enabled',
      rotation_period_in_days: 180,
      sharing: 'external',
      shared_account_ids: ['999988887777'],
    },
  ],
  [
    'edwards',
    'us-east-1',
    {
      key_spec: 'ECC_NIST_EDWARDS25519',
      signing_algorithms: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
      rotation_not_supported_reason: 'asymmetric',
      monthly_fee_usd: 1,
      // MiniStack knows no second key policy and answers the first: that is not believed.
      errors: { 'kms:GetKeyPolicy': { code: 'another_policy' } },
    },
  ],
  [
    'mac',
    'us-east-1',
    { mac_algorithms: ['HMAC_SHA_512'], rotation_not_supported_reason: 'hmac', monthly_fee_usd: 1 },
  ],
  ['agreement', 'us-east-1', { key_usage: 'KEY_AGREEMENT', key_type: 'customer_managed_aws_material' }],
  [
    'waiting',
    'us-east-1',
    {
      ...unreadRotations,
      key_type: 'customer_managed_external_material',
      key_state: 'PendingImport',
      enabled: false,
      // Without the list of its materials, who can say that it never had one?
      material_state: 'unknown',
      expiration_model: null,
    },
  ],
  [
    'imported',
    'us-east-1',
    {
      ...unreadRotations,
      key_type: 'customer_managed_external_material',
      key_state: 'Enabled',
      material_state: 'imported',
      expiration_model: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      valid_to: null,
    },
  ],
  [
    'expiring',
    'us-east-1',
    {
      ...unreadRotations,
      material_state: 'imported',
      expiration_model: 'KEY_MATERIAL_EXPIRES',
      valid_to: timeText(expiry),
    },
  ],
  ['everywhere', 'us-east-1', { ...unreadRotations, multi_region: true, multi_region_key_type: 'PRIMARY' }],
  ['everywhere', 'eu-west-1', { ...unreadRotations, multi_region: true, multi_region_key_type: 'REPLICA' }],
])('%s in %s has its row, and says what was created', async (description, region, says) => {
  const where = `description = '${description}' and region = '${region}'`;
  const rows = await pipeline.rows('aws_encryption_keys', where);
  expect(rows).toMatchObject([
    { account_id: member, account_name: 'data', key_manager: 'CUSTOMER', ...says },
  ]);
});

test('a multi-Region key is one family in two regions', async () => {
  const family = await pipeline.rows('aws_encryption_keys', "description = 'everywhere'");
  const [replica, primary] = sortedBy(['region'], family);
  expect(replica?.primary_key_arn).toBe(primary?.arn);
  expect(primary?.replica_key_arns).toEqual([replica?.arn]);
  expect(replica?.key_id).toBe(primary?.key_id);
});

test('120 grants of one key, two pages of them', async () => {
  const grants = await pipeline.rows('aws_encryption_key_grants');
  expect(grants.map(({ grantee_principal }) => grantee_principal).sort()).toEqual(grantees.toSorted());
});

test('what MiniStack refuses is said, and costs nothing else', async () => {
  expect(result).toMatchObject({ code: 0, summaries: [{ source_errors: 11 }] });
  const incomplete = await pipeline.rows('aws_encryption_coverage', "status in ('partial', 'failed')");
  const lines = incomplete.map(({ region, table_name, status, reason }) =>
    // Of several reasons of one table the commonest is told.
    [region, table_name, status, ...(table_name === 'aws_encryption_keys' ? [] : [reason])].join(' '),
  );
  expect(lines.sort()).toEqual([
    'eu-west-1 aws_encryption_key_access partial malformed_answer',
    'eu-west-1 aws_encryption_key_policies partial malformed_answer',
    'eu-west-1 aws_encryption_key_rotations partial unsupported',
    'eu-west-1 aws_encryption_keys partial',
    // ListDelegatedAdministrators: nobody is called "no administrator" by guess.
    'global aws_encryption_accounts partial unsupported',
    'us-east-1 aws_encryption_key_access partial malformed_answer',
    'us-east-1 aws_encryption_key_policies partial malformed_answer',
    'us-east-1 aws_encryption_key_rotations partial unsupported',
    'us-east-1 aws_encryption_keys partial',
  ]);
  const accounts = await pipeline.query(
    'select distinct is_delegated_administrator from aws_encryption_accounts',
  );
  expect(accounts).toEqual([{ is_delegated_administrator: null }]);
});

test('more keys than a page of MiniStack holds, which says so without a marker: partial, never complete', async () => {
  const { kms } = clientsOf(await memberOf(ministack, member, role), 'us-west-2');
  await Promise.all(Array.from({ length: 1001 }, () => kms.send(new CreateKeyCommand({}))));
  await pipeline.reset();
  const { code } = await pipeline.sync({
    tables: ['aws_encryption_keys', 'aws_encryption_coverage'],
    spec: {
      regions: ['us-west-2'],
      org: { member_role_name: role },
      include_grants: false,
      requests_per_second: { 'kms:ListKeyRotations': 100_000 },
    },
  });
  expect(code).toBe(0);
  expect(await pipeline.rows('aws_encryption_keys')).toHaveLength(1000);
  const [coverage] = await pipeline.rows(
    'aws_encryption_coverage',
    `account_id = '${member}' and table_name = 'aws_encryption_keys'`,
  );
  expect(coverage).toMatchObject({
    status: 'partial',
    reason: 'malformed_answer',
    rows: 1000,
    failed_operations: { 'kms:ListKeys': { broken_paging: 1 } },
  });
});
