import { CreateBackupVaultCommand } from '@aws-sdk/client-backup';
import {
  CreateStreamCommand,
  PutResourcePolicyCommand,
  StartStreamEncryptionCommand,
} from '@aws-sdk/client-kinesis';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { TagResourceCommand } from '@aws-sdk/client-organizations';
import { addAccount, addKey } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import {
  asymmetricKey,
  awsMaterialKey,
  disabled,
  hmacKey,
  importedKey,
  multiRegionFamily,
  pendingDeletion,
} from '../../../lab/aws/keys.ts';
import type { SimAccount, SimKey } from '../../../lab/aws/model.ts';
import type { Simulator } from '../../../lab/aws/server.ts';
import { vaults } from '../../../lab/aws/services/backup.ts';
import { streams } from '../../../lab/aws/services/kinesis.ts';
import type { Emulator } from '../../../lab/emulators.ts';
import { clientsOf, createAccount, createUnit, type Endpoint, memberOf } from '../emulated.ts';

/** The same organization, as one of several worlds has it. */
export interface Side {
  readonly management: Endpoint;
  readonly member: Endpoint;
  /** Key ids; those that the world cannot make are left out. */
  readonly keys: Partial<Record<KeyName, string>>;
  readonly unitId: string;
  readonly memberId: string;
}

export const keyNames = [
  'orders',
  'plain',
  'asleep',
  'doomed',
  'signing',
  'encrypting',
  'curve',
  'edwards',
  'mac',
  'waiting',
  'everywhere',
] as const;
export type KeyName = (typeof keyNames)[number];

const role = 'OrganizationAccountAccessRole';
const others = Array.from({ length: 20 }, (_, i) => `other-${i + 1}`);
const tags = { owner: 'data platform' };
const accountTags = { team: 'data', 'cost-center': '' };
const grant = {
  Name: 'export',
  GranteePrincipal: 'arn:aws:iam::999988887777:role/export',
  Operations: ['Decrypt' as const],
  Constraints: { EncryptionContextSubset: { dataset: 'public' } },
};

/** Of the stream `shared`, with which a vault and other streams stand in the member account. */
const streamPolicy = (accountId: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999988887777:root' },
        Action: 'kinesis:GetRecords',
        Resource: streamArn(accountId, 'shared'),
      },
    ],
  });

export const streamArn = (accountId: string, name: string): string =>
  `arn:aws:kinesis:us-east-1:${accountId}:stream/${name}`;

/** Puts the organization into our own simulated AWS. */
export async function simulated({ organization, url }: Simulator): Promise<Side> {
  const management = organization.accounts.get(organization.managementAccountId) as SimAccount;
  Object.assign(management, { name: 'master', email: 'master@example.com' });
  const unitId = 'ou-exam-workload';
  organization.organizationalUnits.push({ id: unitId, name: 'workloads', parentId: organization.root.id });
  for (const [index, name] of others.entries()) {
    addAccount(organization, { id: String(300_000_000_000 + index), name });
  }
  const account = addAccount(organization, {
    id: '222222222222',
    name: 'data',
    parentId: unitId,
  });
  account.tags = new Map(Object.entries(accountTags));
  const place = { partition: 'aws', accountId: account.id, region: 'us-east-1' };
  const keys: Record<KeyName, SimKey> = {
    orders: awsMaterialKey(place, 'orders', { tags, rotation: true, periodInDays: 180, grants: [grant] }),
    plain: awsMaterialKey(place, 'plain'),
    asleep: disabled(awsMaterialKey(place, 'asleep')),
    doomed: pendingDeletion(awsMaterialKey(place, 'doomed')),
    signing: asymmetricKey(place, 'signing', 'RSA_2048'),
    encrypting: asymmetricKey(place, 'encrypting', 'RSA_3072', { usage: 'ENCRYPT_DECRYPT' }),
    curve: asymmetricKey(place, 'curve', 'ECC_NIST_P384'),
    edwards: asymmetricKey(place, 'edwards', 'ECC_NIST_EDWARDS25519'),
    mac: hmacKey(place, 'mac', 512),
    waiting: importedKey(place, 'waiting', { material: 'never_imported' }),
    everywhere: multiRegionFamily(place, 'everywhere', ['us-east-1'])[0] as SimKey,
  };
  for (const key of Object.values(keys)) addKey(account, key);
  addKey(account, keys.orders, 'alias/orders');
  const { Arn: keyArn } = keys.orders.metadata;
  streams.add(account, place.region, { name: 'encrypted', keyId: 'alias/orders' });
  streams.add(account, place.region, { name: 'plain' });
  streams.add(account, place.region, { name: 'shared', policy: streamPolicy(account.id) });
  vaults.add(account, place.region, { name: 'orders', keyArn });
  const endpoint = { url, credentials: baseCredentials(management.id) };
  return {
    management: endpoint,
    member: await memberOf(endpoint, account.id, role),
    keys: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, key.metadata.KeyId])),
    unitId,
    memberId: account.id,
  };
}

const inputs: Readonly<Record<KeyName, CreateKeyCommandInput>> = {
  orders: {
    KeyUsage: 'ENCRYPT_DECRYPT',
    Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
  },
  plain: { KeyUsage: 'ENCRYPT_DECRYPT' },
  asleep: { KeyUsage: 'ENCRYPT_DECRYPT' },
  doomed: { KeyUsage: 'ENCRYPT_DECRYPT' },
  signing: { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
  encrypting: { KeySpec: 'RSA_3072', KeyUsage: 'ENCRYPT_DECRYPT' },
  curve: { KeySpec: 'ECC_NIST_P384', KeyUsage: 'SIGN_VERIFY' },
  edwards: { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' },
  mac: { KeySpec: 'HMAC_512', KeyUsage: 'GENERATE_VERIFY_MAC' },
  waiting: { Origin: 'EXTERNAL', KeyUsage: 'ENCRYPT_DECRYPT' },
  everywhere: { MultiRegion: true, KeyUsage: 'ENCRYPT_DECRYPT' },
};

/** Makes the organization in an emulator, by its own API, all but the keys of `without`. */
export async function emulated(management: Emulator, without: readonly KeyName[]): Promise<Side> {
  for (const name of others) await createAccount(management, name);
  const { unitId, accountIds } = await createUnit(management, 'workloads', ['data']);
  const [memberId = ''] = accountIds;
  await clientsOf(management).organizations.send(
    new TagResourceCommand({
      ResourceId: memberId,
      Tags: Object.entries(accountTags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  const member = await memberOf(management, memberId, role);
  const { kms, kinesis, backup } = clientsOf(member);
  const keys: Partial<Record<KeyName, string>> = {};
  for (const name of keyNames.filter((name) => !without.includes(name))) {
    const input = { Description: name, ...inputs[name] };
    const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
    keys[name] = KeyMetadata?.KeyId ?? '';
  }
  const KeyId = keys.orders;
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyId }));
  await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }));
  await kms.send(new CreateGrantCommand({ KeyId, ...grant }));
  await kms.send(new DisableKeyCommand({ KeyId: keys.asleep }));
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId: keys.doomed }));
  for (const StreamName of ['encrypted', 'plain', 'shared']) {
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  }
  await kinesis.send(
    new StartStreamEncryptionCommand({
      StreamName: 'encrypted',
      EncryptionType: 'KMS',
      KeyId: 'alias/orders',
    }),
  );
  await kinesis.send(
    new PutResourcePolicyCommand({
      ResourceARN: streamArn(memberId, 'shared'),
      Policy: streamPolicy(memberId),
    }),
  );
  const EncryptionKeyArn = `arn:aws:kms:us-east-1:${memberId}:key/${KeyId}`;
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'orders', EncryptionKeyArn }));
  return { management, member, keys, unitId, memberId };
}
