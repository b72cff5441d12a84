import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import type { Effect } from '../../lab/aws/faults.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimAccount, SimOrganization } from '../../lab/aws/model.ts';
import { organizationArn, shareKey, shareResource, unitArn } from '../../lab/aws/ram-shares.ts';
import { collect } from '../../src/aws/paging.ts';
import { kmsReads } from '../../src/services/kms/calls.ts';
import { ramReads } from '../../src/services/ram/calls.ts';
import { type Simulated, simulate } from './simulated.ts';

const owner = '222222222222';
const other = '333333333333';
const region = 'eu-west-1';

function world(keys: readonly string[] = ['orders']) {
  const organization = newOrganization({
    organizationalUnits: [{ id: 'ou-exam-prodn001', name: 'production', parentId: 'r-exam' }],
  });
  const account = addAccount(organization, { id: owner });
  addAccount(organization, { id: other, parentId: 'ou-exam-prodn001' });
  const place = { partition: 'aws', accountId: owner, region };
  return { organization, keys: keys.map((name) => addKey(account, awsMaterialKey(place, name))) };
}

async function openIn(simulated: Simulated, accountId: string, inRegion = region) {
  const session = await simulated.aws.session(simulated.as(accountId));
  return simulated.aws.open(session, accountId, inRegion);
}

const sharedIds = async (simulated: Simulated) => [
  ...(await ramReads(await openIn(simulated, owner)).shared()).keyIds,
];

describe('keys that an account shares by AWS RAM', () => {
  it.each(['AVAILABLE', 'PENDING', 'UNAVAILABLE', 'LIMIT_EXCEEDED', 'A_NEW_ONE'])(
    'are told by their ARN, in status %s',
    async (status) => {
      const { organization, keys } = world();
      for (const key of keys) shareKey(organization, key, [other], { status });
      await using simulated = await simulate(organization);
      expect(await sharedIds(simulated)).toEqual(keys.map(({ metadata }) => metadata.KeyId));
    },
  );

  it('are found behind pages that are empty, once each, among other resources and regions', async () => {
    const { organization, keys } = world(['one', 'two', 'three']);
    const [one, two, three] = keys as [(typeof keys)[0], (typeof keys)[0], (typeof keys)[0]];
    shareKey(organization, one, [other], { listed: false });
    const share = shareKey(organization, two, [other]);
    const elsewhere = { type: 'x', status: 'AVAILABLE', listed: true };
    share.resources.push(
      { ...elsewhere, arn: `arn:aws:ec2:${region}:${owner}:subnet/subnet-1` },
      { ...elsewhere, arn: `arn:aws:kms:us-east-1:${owner}:key/${one.metadata.KeyId}` },
      { ...elsewhere, arn: `arn:aws:kms:${region}:${other}:key/${one.metadata.KeyId}` },
    );
    shareKey(organization, three, [other], { listed: false });
    shareKey(organization, two, [organizationArn(organization)]);
    shareKey(organization, three, [other]);
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ effect: { kind: 'short_pages', entries: 1 } });
    expect(await sharedIds(simulated)).toEqual([two.metadata.KeyId, three.metadata.KeyId]);
    expect(simulated.simulator.requests.byOperation()).toEqual({ 'ram:ListResources': 8 });
  });

  it('are told apart from other resources of the place, with whom these are shared by all shares', async () => {
    const { organization, keys } = world();
    const account = organization.accounts.get(owner) as SimAccount;
    const subnet = `arn:aws:ec2:${region}:${owner}:subnet/subnet-1`;
    const role = `arn:aws:iam::${other}:role/reader`;
    shareKey(organization, keys[0] as (typeof keys)[0], [other]);
    shareResource(account, subnet, [role, other]);
    shareResource(account, subnet, [other, organizationArn(organization)]);
    shareResource(account, subnet.replace(owner, other), [owner]);
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ effect: { kind: 'short_pages', entries: 1 } });
    const ram = ramReads(await openIn(simulated, owner));
    const { keyIds, arns } = await ram.shared();
    expect([[...keyIds], [...arns]]).toEqual([[keys[0]?.metadata.KeyId], [subnet]]);
    expect(await ram.principalsOf(subnet)).toEqual([other, role, organizationArn(organization)].toSorted());
    // It is asked for what is listed only: then nobody is no answer.
    await expect(ram.principalsOf(`${subnet}0`)).rejects.toMatchObject({ reason: 'malformed_answer' });
  });

  it.each<[what: string, effect: Effect, reason: string, requests: number]>([
    ['denied', { kind: 'deny' }, 'access_denied', 1],
    ['a marker that repeats', { kind: 'repeated_marker' }, 'malformed_answer', 2],
    // What KMS tells as well is not waited for.
    ['a connection that is always cut', { kind: 'cut', when: 'before' }, 'connection', 4],
    ['nonsense', { kind: 'error', status: 200, code: 'nothing of use' }, 'malformed_answer', 3],
    ['not there', { kind: 'error', status: 404, code: 'UnknownOperationException' }, 'unsupported', 1],
  ])('are not known: %s', async (_, effect, reason, requests) => {
    const { organization } = world();
    await using simulated = await simulate(organization, {}, { maxRetries: 10 });
    simulated.simulator.faults.add({ operation: 'ram:*', effect });
    await expect(sharedIds(simulated)).rejects.toMatchObject({ name: 'AwsError', reason });
    expect(simulated.simulator.requests.count()).toBe(requests);
  });

  it('are not known when RAM names something of KMS that is no key', async () => {
    const { organization, keys } = world();
    const share = shareKey(organization, keys[0] as (typeof keys)[0], [other]);
    const arn = `arn:aws:kms:${region}:${owner}:alias/orders`;
    share.resources.push({ arn, type: 'kms:Alias', status: 'AVAILABLE', listed: true });
    await using simulated = await simulate(organization);
    await expect(sharedIds(simulated)).rejects.toMatchObject({ reason: 'malformed_answer', code: 'no_key' });
  });
});

describe('the policy AWS_RAM', () => {
  it('is read beside the default one; a key without it has none', async () => {
    const { organization, keys } = world(['shared', 'own']);
    const [shared, own] = keys as [(typeof keys)[0], (typeof keys)[0]];
    shareKey(organization, shared, [other]);
    await using simulated = await simulate(organization);
    const kms = kmsReads(await openIn(simulated, owner));
    expect(await kms.policy(shared.metadata.KeyId)).toBe(shared.policy);
    expect(await kms.ramPolicy(shared.metadata.KeyId)).toBe(shared.ramPolicy);
    expect(await kms.ramPolicy(own.metadata.KeyId)).toBeNull();
  });

  it('that is denied is not "none", whatever the other one is', async () => {
    const { organization, keys } = world();
    const { KeyId } = (keys[0] as (typeof keys)[0]).metadata;
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ input: { PolicyName: 'AWS_RAM' }, effect: { kind: 'deny' } });
    const kms = kmsReads(await openIn(simulated, owner));
    await expect(kms.ramPolicy(KeyId)).rejects.toMatchObject({
      reason: 'access_denied',
      message: expect.stringContaining('policy AWS_RAM'),
    });
    expect(await kms.policy(KeyId)).toContain('Statement');
  });
});

describe('keys that others share with an account', () => {
  const sharedWith = async (simulated: Simulated, accountId: string) =>
    (await collect(kmsReads(await openIn(simulated, accountId)).listKeysOfOthers())).map(({ arn }) => arn);

  it.each<[string, (organization: SimOrganization) => string]>([
    ['the account', () => other],
    ['a role of it', () => `arn:aws:iam::${other}:role/reader`],
    ['its organizational unit', (organization) => unitArn(organization, 'ou-exam-prodn001')],
    ['its organization', organizationArn],
  ])('are listed when shared with %s', async (_, principal) => {
    const { organization, keys } = world();
    const [key] = keys as [(typeof keys)[0]];
    shareKey(organization, key, [principal(organization)]);
    await using simulated = await simulate(organization);
    expect(await sharedWith(simulated, other)).toEqual([key.metadata.Arn]);
    expect(await sharedWith(simulated, owner)).toEqual([]);
  });

  it('are found behind pages that are empty while more follows', async () => {
    const { organization, keys } = world(['one', 'two', 'three']);
    for (const [index, key] of keys.entries())
      shareKey(organization, key, [index === 2 ? other : '999988887777']);
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ effect: { kind: 'short_pages', entries: 1 } });
    expect(await sharedWith(simulated, other)).toEqual([keys[2]?.metadata.Arn]);
    expect(simulated.simulator.requests.count()).toBe(3);
  });
});

it('what knows neither the owners nor the policy is not believed', async () => {
  const own = { KeyId: 'k', KeyArn: `arn:aws:kms:${region}:${owner}:key/k` };
  const answers: Record<string, object> = {
    'TrentService.ListKeys': { Keys: [own], Truncated: false },
    'TrentService.GetKeyPolicy': { Policy: '{}', PolicyName: 'default' },
  };
  const server = createServer((request, response) => {
    response.end(JSON.stringify(answers[String(request.headers['x-amz-target'])]));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const customEndpoint = { url, partitionId: null, signingRegion: null, hostnameImmutable: true };
  await using simulated = await simulate(world().organization, {}, { customEndpoint });
  const kms = kmsReads(await openIn(simulated, owner));
  await expect(collect(kms.listKeysOfOthers())).rejects.toMatchObject({ code: 'foreign_entries' });
  await expect(kms.ramPolicy('k')).rejects.toMatchObject({ code: 'another_policy' });
  server.close();
});
