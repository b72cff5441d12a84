import { describe, expect, it } from 'vitest';
import { addAccount, addKey, addUntargetedAlias, newOrganization } from '../../lab/aws/build.ts';
import type { Effect } from '../../lab/aws/faults.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { addEveryKind } from '../../lab/aws/organizations/every-kind.ts';
import { generate } from '../../lab/aws/organizations/generate.ts';
import type { AwsError } from '../../src/aws/error.ts';
import { collect } from '../../src/aws/paging.ts';
import { kmsReads } from '../../src/services/kms/calls.ts';
import type { KmsReads } from '../../src/services/kms/reads.ts';
import { eventually } from '../eventually.ts';
import { type Simulated, simulate } from './simulated.ts';

const accountId = '111111111111';
const region = 'us-east-1';
const place = { partition: 'aws', accountId, region };

function organizationWith(keys: number) {
  const organization = newOrganization();
  const account = organization.accounts.get(accountId) ?? addAccount(organization, { id: accountId });
  for (let index = 0; index < keys; index += 1)
    addKey(account, awsMaterialKey(place, `key ${index}`), `alias/${index}`);
  return { organization, account };
}

async function reads(simulated: Simulated, inRegion = region) {
  const session = await simulated.aws.session(simulated.as(accountId));
  const access = simulated.aws.open(session, accountId, inRegion);
  return { access, kms: kmsReads(access) };
}

describe('reads of KMS', () => {
  it('answer every field of every kind of key as AWS holds it', async () => {
    const { organization, account } = organizationWith(0);
    const { keys } = addEveryKind(account, place, 'eu-west-1', { future: true });
    await using simulated = await simulate(organization, { verifySignatures: true });
    const { kms } = await reads(simulated);
    const listed = (await collect(kms.listKeys())).map((key) => key.keyId);
    const here = [...keys.values()].filter((key) => key.metadata.Arn.includes(`:${region}:`));
    expect(listed.toSorted()).toEqual(here.map((key) => key.metadata.KeyId).toSorted());
    expect(here.length).toBeGreaterThan(30);
    for (const { metadata } of here) {
      const key = await kms.describeKey(metadata.KeyId);
      expect(key).toMatchObject({
        arn: metadata.Arn,
        accountId,
        keyManager: metadata.KeyManager,
        origin: metadata.Origin,
        keySpec: metadata.KeySpec,
        keyUsage: metadata.KeyUsage,
        keyState: metadata.KeyState,
        enabled: metadata.Enabled,
        creationDate: new Date(metadata.CreationDate * 1000),
        deletionDate: metadata.DeletionDate === undefined ? null : new Date(metadata.DeletionDate * 1000),
        validTo: metadata.ValidTo === undefined ? null : new Date(metadata.ValidTo * 1000),
        expirationModel: metadata.ExpirationModel ?? null,
        customKeyStoreId: metadata.CustomKeyStoreId ?? null,
        cloudHsmClusterId: metadata.CloudHsmClusterId ?? null,
        xksKeyId: metadata.XksKeyConfiguration?.Id ?? null,
        currentKeyMaterialId: metadata.CurrentKeyMaterialId ?? null,
        pendingDeletionWindowInDays: metadata.PendingDeletionWindowInDays ?? null,
        multiRegion: metadata.MultiRegion,
        multiRegionKeyType: metadata.MultiRegionConfiguration?.MultiRegionKeyType ?? null,
        primaryKeyArn: metadata.MultiRegionConfiguration?.PrimaryKey.Arn ?? null,
        replicaKeyArns: metadata.MultiRegionConfiguration?.ReplicaKeys.map((replica) => replica.Arn) ?? null,
        encryptionAlgorithms: metadata.EncryptionAlgorithms ?? null,
        signingAlgorithms: metadata.SigningAlgorithms ?? null,
        macAlgorithms: metadata.MacAlgorithms ?? null,
        keyAgreementAlgorithms: metadata.KeyAgreementAlgorithms ?? null,
        encapsulationAlgorithms: metadata.EncapsulationAlgorithms ?? null,
      });
    }
    const stores = await kms.customKeyStores();
    expect(stores.map((store) => store.type).toSorted()).toEqual([
      'AWS_CLOUDHSM',
      'AWS_CLOUDHSM',
      'EXTERNAL_KEY_STORE',
      'EXTERNAL_KEY_STORE',
    ]);
    expect(JSON.stringify(stores)).not.toMatch(/accessKeyId/i);
  });

  it('answer policy, tags, grants, rotation, rotations and last usage of a key', async () => {
    const { organization, account } = organizationWith(0);
    const used = {
      Operation: 'Decrypt',
      Timestamp: 1_795_000_000.25,
      CloudTrailEventId: 'e-1',
      KmsRequestId: 'r-1',
    };
    const key = addKey(
      account,
      awsMaterialKey(place, 'rich', {
        tags: Object.fromEntries(
          Array.from({ length: 50 }, (_, index) => [`tag ${index}`, index === 0 ? '' : 'x']),
        ),
        grants: Array.from({ length: 250 }, () => ({
          Operations: ['Decrypt'],
          GranteePrincipal: 'arn:aws:iam::999988887777:role/reader',
          Constraints: { EncryptionContextSubset: { team: 'data' } },
        })),
        rotation: true,
        periodInDays: 180,
        onDemandRotations: ['2026-02-10T16:20:00Z'],
        lastUsage: used,
      }),
    );
    await using simulated = await simulate(organization);
    const { kms } = await reads(simulated);
    const id = key.metadata.KeyId;
    expect(await kms.policy(id)).toBe(key.policy);
    expect(await kms.tags(id)).toEqual(Object.fromEntries(key.tags.map((tag) => [tag.TagKey, tag.TagValue])));
    expect(await kms.rotationStatus(id)).toMatchObject({ enabled: true, periodInDays: 180 });
    expect(await kms.rotations(id, false)).toHaveLength(1);
    expect(await kms.rotations(id, true)).toHaveLength(2);
    const grants = await collect(kms.grants(id));
    expect(grants).toHaveLength(250);
    expect(grants[249]).toMatchObject({
      operations: ['Decrypt'],
      granteePrincipal: 'arn:aws:iam::999988887777:role/reader',
      constraints: { EncryptionContextSubset: { team: 'data' } },
    });
    expect(await kms.lastUsage(id)).toEqual({
      trackingStartDate: new Date('2026-04-01T00:00:00Z'),
      lastUsedAt: new Date(1_795_000_000_250),
      lastOperation: 'Decrypt',
      cloudTrailEventId: 'e-1',
    });
  });

  it('list 3,000 keys and their aliases in AWS’s largest pages', async () => {
    await using simulated = await simulate(generate({ accounts: 1, regions: 1, keysPerRegion: 3000 }));
    const session = await simulated.aws.session(simulated.as('200000000000'));
    const access = simulated.aws.open(session, '200000000000', region);
    const kms = kmsReads(access);
    expect(new Set((await collect(kms.listKeys())).map((key) => key.arn)).size).toBe(3000);
    expect(await collect(kms.listAliases())).toHaveLength(3000);
    expect(simulated.simulator.requests.byOperation()).toMatchObject({
      'kms:ListKeys': 3,
      'kms:ListAliases': 30,
    });
    expect(access.counts).toEqual({ requests: 33, throttles: 0 });
  });
});

describe('an alias', () => {
  it.each(['alias/aws/s3', `arn:aws:kms:${region}:${accountId}:alias/aws/s3`, 'aws/s3', ''])(
    '%j is never described: AWS would create a key',
    async (name) => {
      const { organization, account } = organizationWith(0);
      addUntargetedAlias(organization, account, region, 'alias/aws/s3');
      await using simulated = await simulate(organization);
      const { kms } = await reads(simulated);
      await expect(kms.describeKey(name)).rejects.toMatchObject({ name: 'AwsError', code: 'not_a_key_id' });
      expect(simulated.simulator.requests.count()).toBe(0);
      expect(simulated.simulator.createdKeys).toEqual([]);
      expect(await collect(kms.listAliases())).toMatchObject([{ name: 'alias/aws/s3', targetKeyId: null }]);
    },
  );
});

describe('a broken listing', () => {
  const keysAndOutcome = async (effect: Effect) => {
    const { organization } = organizationWith(30);
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ operation: 'kms:ListKeys', effect });
    const { kms } = await reads(simulated);
    const seen: string[] = [];
    const ending = (async () => {
      for await (const page of kms.listKeys()) seen.push(...page.map((key) => key.keyId));
      return 'complete';
    })();
    return { seen, outcome: await ending.catch((error: AwsError) => `${error.reason} ${error.code}`) };
  };

  it.each<[what: string, effect: Effect, outcome: string, seen: number]>([
    ['a marker that repeats', { kind: 'repeated_marker' }, 'malformed_answer broken_paging', 30],
    [
      'more to come, without a marker',
      { kind: 'truncated_without_marker' },
      'malformed_answer broken_paging',
      30,
    ],
    ['duplicates', { kind: 'duplicates' }, 'complete', 30],
    ['an empty body', { kind: 'empty_body' }, 'malformed_answer unreadable_answer', 0],
    ['a body that is cut', { kind: 'truncated_body' }, 'malformed_answer unreadable_answer', 0],
    ['a body that is no JSON', { kind: 'malformed_body' }, 'malformed_answer unreadable_answer', 0],
    ['HTML', { kind: 'html', status: 200 }, 'malformed_answer unreadable_answer', 0],
    ['HTML of a load balancer', { kind: 'html', status: 503 }, 'service_error unreadable_answer', 0],
    [
      'a connection that is reset',
      { kind: 'cut', when: 'before' },
      'connection UND_ERR_SOCKET|ECONNRESET',
      0,
    ],
    [
      'a connection that is cut in the body',
      { kind: 'cut', when: 'middle' },
      'connection UND_ERR_SOCKET|ECONNRESET',
      0,
    ],
    ['denied', { kind: 'deny' }, 'access_denied AccessDeniedException', 0],
    ['throttled for ever', { kind: 'throttle' }, 'throttled ThrottlingException', 0],
    ['AWS out of order', { kind: 'internal' }, 'service_error InternalFailure|KMSInternalException', 0],
  ])('%s', async (_what, effect, expected, count) => {
    const { seen, outcome } = await keysAndOutcome(effect);
    const [reason, codes = ''] = expected.split(' ');
    const outcomes =
      expected === 'complete' ? ['complete'] : codes.split('|').map((code) => `${reason} ${code}`);
    expect(outcomes).toContain(outcome);
    expect(seen).toHaveLength(count);
    expect(new Set(seen).size).toBe(count);
  });

  it('keeps what came before a page that fails', async () => {
    await using simulated = await simulate(generate({ accounts: 1, regions: 1, keysPerRegion: 1500 }));
    simulated.simulator.faults.add({ operation: 'kms:ListKeys', page: 2, effect: { kind: 'deny' } });
    const session = await simulated.aws.session(simulated.as('200000000000'));
    const kms = kmsReads(simulated.aws.open(session, '200000000000', region));
    let seen = 0;
    const reading = async () => {
      for await (const page of kms.listKeys()) seen += page.length;
    };
    await expect(reading()).rejects.toMatchObject({ reason: 'access_denied' });
    expect(seen).toBe(1000);
  });

  it.each([
    ['kms:ListKeys', '3 of the keys that it names'],
    ['kms:ListAliases', '3 of the aliases that it names'],
  ])('leaves out what is of another region, and %s fails', async (operation, things) => {
    const { organization } = organizationWith(3);
    await using simulated = await simulate(organization);
    const { url } = simulated.simulator;
    const customEndpoint = { url, partitionId: null, signingRegion: region, hostnameImmutable: true };
    await using signedForOne = await simulate(organization, {}, { customEndpoint });
    const { kms } = await reads(signedForOne, 'eu-west-1');
    const listing: AsyncIterable<readonly unknown[]> =
      operation === 'kms:ListKeys' ? kms.listKeys() : kms.listAliases();
    await expect(collect(listing)).rejects.toMatchObject({
      reason: 'malformed_answer',
      site: { operation, region: 'eu-west-1' },
      detail: `${things} are of another account or region`,
    });
  });

  it('yields what is of this account before it fails for what is not', async () => {
    const { organization, account } = organizationWith(2);
    addKey(account, awsMaterialKey({ ...place, accountId: '999900001111' }, 'stranger'));
    await using simulated = await simulate(organization);
    const { kms } = await reads(simulated);
    let seen = 0;
    const reading = async () => {
      for await (const page of kms.listKeys()) seen += page.length;
    };
    await expect(reading()).rejects.toMatchObject({ reason: 'malformed_answer' });
    expect(seen).toBe(2);
  });
});

describe('a call that fails now and then', () => {
  it.each<[what: string, effect: Effect]>([
    ['throttled', { kind: 'throttle' }],
    ['AWS out of order', { kind: 'internal' }],
    ['connection reset', { kind: 'cut', when: 'before' }],
    ['connection cut', { kind: 'cut', when: 'middle' }],
    ['empty body', { kind: 'empty_body' }],
    ['HTML', { kind: 'html', status: 502 }],
    ['clock skew', { kind: 'clock_skew', ms: 3_600_000 }],
  ])('%s once: is made again', async (_what, effect) => {
    const { organization, account } = organizationWith(0);
    const key = addKey(account, awsMaterialKey(place, 'one'));
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ operation: 'kms:DescribeKey', times: 1, effect });
    const { kms, access } = await reads(simulated);
    expect(await kms.describeKey(key.metadata.KeyId)).toMatchObject({ keyId: key.metadata.KeyId });
    expect(access.counts).toEqual({ requests: 2, throttles: effect.kind === 'throttle' ? 1 : 0 });
  });

  it('corrects a clock that stays off', async () => {
    const { organization, account } = organizationWith(0);
    const key = addKey(account, awsMaterialKey(place, 'one'));
    const now = () => Date.now() + 3_600_000;
    await using simulated = await simulate(organization, { verifySignatures: true, now });
    const { kms, access } = await reads(simulated);
    await kms.describeKey(key.metadata.KeyId);
    await kms.policy(key.metadata.KeyId);
    expect(access.counts.requests).toBe(3);
  });

  it('gives up after max_retries', async () => {
    const { organization, account } = organizationWith(0);
    const key = addKey(account, awsMaterialKey(place, 'one'));
    await using simulated = await simulate(organization, {}, { maxRetries: 2 });
    simulated.simulator.faults.add({ effect: { kind: 'throttle' } });
    const { kms, access } = await reads(simulated);
    await expect(kms.describeKey(key.metadata.KeyId)).rejects.toMatchObject({
      reason: 'throttled',
      site: { operation: 'kms:DescribeKey', accountId, region },
    });
    expect(access.counts).toEqual({ requests: 3, throttles: 3 });
  });
});

describe('an answer that lacks what AWS always says', () => {
  it.each<[name: string, read: (kms: KmsReads) => Promise<unknown>]>([
    ['DescribeKey', (kms) => kms.describeKey('1234')],
    ['ListAliases', (kms) => collect(kms.listAliases())],
    ['ListResourceTags', (kms) => kms.tags('1234')],
    ['GetKeyRotationStatus', (kms) => kms.rotationStatus('1234')],
    ['ListKeyRotations', (kms) => kms.rotations('1234', false)],
    ['GetKeyPolicy', (kms) => kms.policy('1234')],
    ['ListGrants', (kms) => collect(kms.grants('1234'))],
    ['GetKeyLastUsage', (kms) => kms.lastUsage('1234')],
    ['DescribeCustomKeyStores', (kms) => kms.customKeyStores()],
  ])('%s fails, and is never "none"', async (name, read) => {
    await using simulated = await simulate(newOrganization());
    simulated.simulator.faults.add({
      operation: `kms:${name}`,
      effect: { kind: 'error', status: 200, code: 'nothing of use' },
    });
    const { kms } = await reads(simulated);
    await expect(read(kms)).rejects.toMatchObject({ reason: 'malformed_answer', code: 'incomplete_answer' });
  });
});

describe('concurrency and cancellation', () => {
  it('has at most so many requests in flight, and stops at once', async () => {
    const { organization, account } = organizationWith(0);
    const key = addKey(account, awsMaterialKey(place, 'one'));
    await using simulated = await simulate(organization, {}, { concurrency: 7 });
    const { kms } = await reads(simulated);
    await Promise.all(Array.from({ length: 40 }, () => kms.describeKey(key.metadata.KeyId)));
    simulated.simulator.faults.add({ effect: { kind: 'time_out' } });
    const hanging = Array.from({ length: 40 }, () => kms.describeKey(key.metadata.KeyId));
    await eventually(() => expect(simulated.simulator.requests.inFlight).toBe(7));
    expect(simulated.simulator.requests.peakInFlight).toBe(7);
    simulated.abort();
    const outcomes = await Promise.allSettled(hanging);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { reason: 'cancelled' } });
    await expect(kms.describeKey(key.metadata.KeyId)).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
