import {
  DescribeCustomKeyStoresCommand,
  DescribeKeyCommand,
  GetKeyLastUsageCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccount, addKey, addUntargetedAlias, newOrganization } from '../../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey, keyPolicy, type Place } from '../../../lab/aws/keys.ts';
import type { SimAccount, SimKey } from '../../../lab/aws/model.ts';
import { addEveryKind, type EveryKind } from '../../../lab/aws/organizations/every-kind.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';

const accountId = '222222222222';
const place: Place = { partition: 'aws', accountId, region: 'us-east-1' };
let simulator: Simulator;
let account: SimAccount;
let every: EveryKind;
let kms: KMSClient;

beforeAll(async () => {
  const organization = newOrganization();
  account = addAccount(organization, { id: accountId });
  every = addEveryKind(account, place, 'eu-west-1', { future: true });
  simulator = await startSimulator(organization);
  kms = clients(simulator, accountId).kms;
});
afterAll(() => simulator.close());

const keyOf = (name: string): SimKey => {
  const key = every.keys.get(name);
  if (key === undefined) throw new Error(`no key of kind ${name}`);
  return key;
};
const idOf = (name: string) => ({ KeyId: keyOf(name).metadata.KeyId });

describe('pages are as long as AWS lets them be', () => {
  const places = { ...place, region: 'eu-west-1' };
  let full: KMSClient;
  let many: SimKey;

  beforeAll(() => {
    full = clients(simulator, accountId, 'eu-west-1').kms;
    many = awsMaterialKey(places, 'many', {
      tags: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`tag-${index}`, 'x'])),
      grants: Array.from({ length: 120 }, () => ({ GranteePrincipal: 'arn', Operations: ['Decrypt'] })),
    });
    addKey(account, many, ...Array.from({ length: 130 }, (_, index) => `alias/many-${1000 + index}`));
  });

  test('ListAliases: 50, at most 100', async () => {
    const { Aliases, Truncated, NextMarker } = await full.send(new ListAliasesCommand({}));
    expect([Aliases?.length, Truncated]).toEqual([50, true]);
    const next = await full.send(new ListAliasesCommand({ Limit: 100, Marker: NextMarker }));
    expect(next.Aliases?.length).toBe(Math.min(100, 130 + 2 - 50));
    await expect(full.send(new ListAliasesCommand({ Limit: 101 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('ListGrants: 50, at most 100', async () => {
    const { KeyId } = many.metadata;
    const first = await full.send(new ListGrantsCommand({ KeyId }));
    expect([first.Grants?.length, first.Truncated]).toEqual([50, true]);
    const big = await full.send(new ListGrantsCommand({ KeyId, Limit: 100 }));
    expect(big.Grants?.length).toBe(100);
    const last = await full.send(new ListGrantsCommand({ KeyId, Limit: 100, Marker: big.NextMarker }));
    expect([last.Grants?.length, last.Truncated, last.NextMarker]).toEqual([20, false, undefined]);
  });

  test('ListResourceTags: 50', async () => {
    const { KeyId } = many.metadata;
    const first = await full.send(new ListResourceTagsCommand({ KeyId }));
    expect(first.Tags?.length).toBe(50);
    const last = await full.send(new ListResourceTagsCommand({ KeyId, Marker: first.NextMarker }));
    expect(last.Tags?.length).toBe(10);
  });

  test('a marker that AWS never gave is refused', async () => {
    await expect(full.send(new ListKeysCommand({ Marker: 'nonsense' }))).rejects.toMatchObject({
      name: 'InvalidMarkerException',
    });
  });

  test('a key that is deleted between two pages takes no other with it', async () => {
    const { keys } = account.regions.get('us-east-1') ?? {};
    const first = await kms.send(new ListKeysCommand({ Limit: 10 }));
    const last = keys?.get(first.Keys?.at(-1)?.KeyId ?? '') as SimKey;
    keys?.delete(last.metadata.KeyId);
    const rest = await kms.send(new ListKeysCommand({ Limit: 1000, Marker: first.NextMarker }));
    keys?.add(last);
    expect((first.Keys?.length ?? 0) + (rest.Keys?.length ?? 0)).toBe(keys?.size);
  });
});

test('an alias can be asked for, by name or ARN; a predefined one without a key makes a key', async () => {
  const arn = `arn:aws:kms:us-east-1:${accountId}:alias/symmetric`;
  for (const KeyId of ['alias/symmetric', arn]) {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata?.Arn).toBe(keyOf('symmetric').metadata.Arn);
  }
  addUntargetedAlias(simulator.organization, account, 'us-east-1', 'alias/aws/rds');
  expect(simulator.createdKeys).toEqual([]);
  const made = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/rds' }));
  expect(made.KeyMetadata?.KeyManager).toBe('AWS');
  expect(simulator.createdKeys).toEqual([made.KeyMetadata?.Arn]);
});

test('GetKeyLastUsage tells the last use, or since when there was none', async () => {
  const used = awsMaterialKey(place, 'used', {
    lastUsage: {
      Operation: 'Decrypt',
      Timestamp: Date.parse('2026-11-20T10:00:00Z') / 1000,
      CloudTrailEventId: 'e-1',
      KmsRequestId: 'r-1',
    },
  });
  addKey(account, used);
  const usage = await kms.send(new GetKeyLastUsageCommand({ KeyId: used.metadata.KeyId }));
  expect(usage.KeyLastUsage).toMatchObject({
    Operation: 'Decrypt',
    Timestamp: new Date('2026-11-20T10:00:00Z'),
  });
  const never = await kms.send(new GetKeyLastUsageCommand(idOf('symmetric')));
  expect(never.KeyLastUsage).toEqual({});
  expect(never.TrackingStartDate).toEqual(new Date('2026-04-01T00:00:00Z'));
  await expect(kms.send(new GetKeyLastUsageCommand({ KeyId: 'alias/symmetric' }))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
});

test('custom key stores are told with their connection', async () => {
  const { CustomKeyStores = [] } = await kms.send(new DescribeCustomKeyStoresCommand({}));
  expect(
    CustomKeyStores.map((store) => [
      store.CustomKeyStoreType,
      store.ConnectionState,
      store.ConnectionErrorCode,
      store.XksProxyConfiguration?.Connectivity,
    ]),
  ).toEqual([
    ['AWS_CLOUDHSM', 'CONNECTED', undefined, undefined],
    ['AWS_CLOUDHSM', 'FAILED', 'CLUSTER_NOT_FOUND', undefined],
    ['EXTERNAL_KEY_STORE', 'CONNECTED', undefined, 'PUBLIC_ENDPOINT'],
    ['EXTERNAL_KEY_STORE', 'FAILED', 'XKS_PROXY_TIMED_OUT', 'VPC_ENDPOINT_SERVICE'],
  ]);
  expect(new Set(CustomKeyStores.map((store) => store.CustomKeyStoreId)).size).toBe(4);
});

describe('what does not exist or is not allowed is an error of KMS', () => {
  test.each([
    ['12345678-1234-1234-1234-123456789012', 'NotFoundException'],
    ['no-key-id', 'NotFoundException'],
    ['alias/nobody', 'NotFoundException'],
    [`arn:aws:kms:eu-central-1:${accountId}:key/12345678-1234-1234-1234-123456789012`, 'NotFoundException'],
    ['arn:aws:s3:::bucket', 'InvalidArnException'],
  ])('%s', async (KeyId, name) => {
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('a key policy that admits only one role locks its own account out', async () => {
    const locked = addKey(
      account,
      awsMaterialKey(place, 'locked', {
        policy: JSON.stringify({
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::222222222222:role/one' },
            Action: 'kms:*',
          },
        }),
      }),
    );
    const { KeyId } = locked.metadata;
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const { Keys } = await kms.send(new ListKeysCommand({ Limit: 1000 }));
    expect(Keys?.some((key) => key.KeyId === KeyId)).toBe(true);
  });

  test('another account reads metadata if the policy admits it, and never the policy itself', async () => {
    const reader = '111111111111';
    const shared = addKey(
      account,
      awsMaterialKey(place, 'shared', {
        policy: keyPolicy(place, {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${reader}:root` },
          Action: 'kms:*',
          Resource: '*',
        }),
      }),
    );
    const foreign = clients(simulator, reader).kms;
    const KeyId = shared.metadata.Arn;
    expect((await foreign.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.AWSAccountId).toBe(accountId);
    for (const command of [new GetKeyPolicyCommand({ KeyId }), new ListResourceTagsCommand({ KeyId })]) {
      await expect(foreign.send(command as GetKeyPolicyCommand)).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    }
    const unshared = new DescribeKeyCommand({ KeyId: keyOf('symmetric').metadata.Arn });
    await expect(foreign.send(unshared)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

test('the policy of an AWS managed key is the one of the article', () => {
  const key = awsManagedKey({ ...place, accountId: '123412341234' }, 's3');
  const policy = JSON.parse(key.policy) as { Id: string; Statement: Record<string, unknown>[] };
  expect(policy.Id).toBe('auto-s3-2');
  expect(policy.Statement[0]).toMatchObject({
    Principal: { AWS: '*' },
    Condition: {
      StringEquals: {
        'kms:CallerAccount': '123412341234',
        'kms:ViaService': 's3.us-east-1.amazonaws.com',
      },
    },
  });
  expect(policy.Statement[1]).toMatchObject({
    Principal: { AWS: 'arn:aws:iam::123412341234:root' },
    Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
  });
});
