import { describe, expect, it } from 'vitest';
import { addAccount, addKey, addUntargetedAlias, newOrganization } from '../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey } from '../../lab/aws/keys.ts';
import { type KeyDepth, KeyResolver } from '../../src/enumerate/key-resolver.ts';
import { readKeyReference } from '../../src/posture/key-reference.ts';
import type { ResolvedKey } from '../../src/posture/resource-key.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';
import { scopesOf } from './scopes.ts';

const data = '222222222222';
const other = '333333333333';
const region = 'eu-west-1';
const scope = { accountId: data, accountName: 'data', region, partition: 'aws' };
const options = {
  includeGrants: true,
  includeKeyLastUsage: false,
  includeKeyMetrics: false,
  includeIam: false,
};

function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const neighbour = addAccount(organization, { id: other });
  const place = { partition: 'aws', accountId: data, region };
  const key = addKey(account, awsMaterialKey(place, 'lake'), 'alias/lake');
  const managed = addKey(account, awsManagedKey(place, 'ebs'), 'alias/aws/ebs');
  addUntargetedAlias(organization, account, region, 'alias/aws/s3');
  const far = addKey(neighbour, awsMaterialKey({ ...place, accountId: other }, 'far'), 'alias/far');
  return { organization, account, key, managed, far };
}

async function resolverOf(simulated: Simulated, closed: readonly string[] = [], changes = {}) {
  return new KeyResolver({ scopes: await scopesOf(simulated, closed), options: { ...options, ...changes } });
}

const stateOf = ({ key, arn, accountId, type }: ResolvedKey) => ({ state: key.state, arn, accountId, type });
const customerManaged = 'customer_managed_aws_material';

describe('a reference is followed to its key', () => {
  const { key, managed, far } = world();
  const arn = key.metadata.Arn;
  const farArn = far.metadata.Arn;
  const aliasArn = (account: string, alias: string) => `arn:aws:kms:${region}:${account}:${alias}`;
  const found = { state: 'found', arn, accountId: data, type: customerManaged };
  const foundFar = { state: 'found', arn: farArn, accountId: other, type: customerManaged };
  const notCreated = { state: 'aws_managed', arn: null, accountId: data, type: 'aws_managed' };
  const gone = { state: 'gone', arn: null, accountId: data, type: null };

  it.each<[what: string, written: string | null, expected: object]>([
    ['key ARN', arn, found],
    ['key id', key.metadata.KeyId, found],
    ['alias', 'alias/lake', found],
    ['alias ARN', aliasArn(data, 'alias/lake'), found],
    ['none, whose key is not created', null, notCreated],
    ['AWS managed alias, whose key is not created', 'alias/aws/s3', notCreated],
    ['AWS managed alias that AWS does not list', 'alias/aws/sqs', notCreated],
    [
      'AWS managed alias with a key',
      'alias/aws/ebs',
      { state: 'aws_managed', arn: managed.metadata.Arn, accountId: data, type: 'aws_managed' },
    ],
    [
      'AWS managed key by ARN',
      managed.metadata.Arn,
      { state: 'aws_managed', arn: managed.metadata.Arn, accountId: data, type: 'aws_managed' },
    ],
    ['key ARN of another account', farArn, foundFar],
    ['alias ARN of another account', aliasArn(other, 'alias/far'), foundFar],
    ['alias that does not exist', 'alias/nowhere', gone],
    ['alias of another account, written bare', 'alias/far', gone],
    ['key ARN that does not exist', `${arn.slice(0, -4)}0000`, { ...gone, arn: `${arn.slice(0, -4)}0000` }],
  ])('%s', async (_what, written, expected) => {
    await using simulated = await simulate(world().organization);
    const resolver = await resolverOf(simulated);
    const resolved = await resolver.resolve(readKeyReference(written, 'alias/aws/s3'), scope, 'access');
    expect(stateOf(resolved)).toEqual(expected);
    expect(resolved.errors).toEqual([]);
    expect(simulated.simulator.createdKeys).toEqual([]);
  });
});

describe('what can lead to no key that serves', () => {
  it.each([['aws/s3'], ['arn:aws:iam::222222222222:role/lake'], [`arn:aws-cn:kms:cn-north-1:${data}:key/k`]])(
    '%s is not asked for',
    async (written) => {
      await using simulated = await simulate(world().organization);
      const resolver = await resolverOf(simulated);
      const resolved = await resolver.resolve(readKeyReference(written, 'alias/aws/s3'), scope, 'access');
      expect(resolved).toMatchObject({ key: { state: 'gone' }, type: null, errors: [] });
      expect(simulated.simulator.requests.byOperation()).toEqual({});
    },
  );

  it('a key of another region is described, and not asked whom it lets in', async () => {
    const { organization, account, key } = world();
    await using simulated = await simulate(organization);
    const resolver = await resolverOf(simulated);
    const elsewhere = { ...scope, accountId: other, region: 'us-east-1' };
    const resolved = await resolver.resolve(readKeyReference(key.metadata.Arn, ''), elsewhere, 'access');
    expect(resolved).toMatchObject({
      key: { state: 'gone', problem: expect.stringContaining('its key is in eu-west-1') },
      arn: key.metadata.Arn,
      accountId: account.id,
      type: customerManaged,
    });
    expect(simulated.simulator.requests.byOperation()).toEqual({ 'kms:DescribeKey': 1 });
  });
});

describe('what cannot be read is not guessed', () => {
  it('a key of an account without a way in', async () => {
    const { organization, far } = world();
    await using simulated = await simulate(organization);
    const resolver = await resolverOf(simulated, [other]);
    const resolved = await resolver.resolve(readKeyReference(far.metadata.Arn, ''), scope, 'access');
    expect(stateOf(resolved)).toEqual({
      state: 'unknown',
      arn: far.metadata.Arn,
      accountId: other,
      type: null,
    });
    expect(resolved.errors).toMatchObject([{ reason: 'assume_role_denied' }]);
  });

  it.each<[operation: string, written: string, expected: object]>([
    ['kms:ListAliases', 'alias/lake', { state: 'unknown', type: null }],
    ['kms:ListAliases', 'alias/aws/s3', { state: 'aws_managed', type: 'aws_managed', arn: null }],
    ['kms:DescribeKey', 'alias/lake', { state: 'found', type: null }],
    ['kms:DescribeKey', 'alias/aws/ebs', { state: 'aws_managed', type: 'aws_managed' }],
    ['kms:*', world().key.metadata.Arn, { state: 'unknown', type: null }],
  ])('%s denied, %s', async (operation, written, expected) => {
    await using simulated = await simulate(world().organization);
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    const resolver = await resolverOf(simulated);
    const resolved = await resolver.resolve(readKeyReference(written, ''), scope, 'access');
    expect(stateOf(resolved)).toMatchObject(expected);
    expect(resolved.errors).not.toEqual([]);
    expect(resolved.errors.every(({ reason }) => reason === 'access_denied')).toBe(true);
  });
});

describe('no call is made twice, or for nothing', () => {
  it.each<[depth: KeyDepth, includeGrants: boolean, calls: object]>([
    ['identity', true, { 'kms:ListAliases': 1, 'kms:DescribeKey': 1 }],
    [
      'access',
      true,
      {
        'kms:ListAliases': 1,
        'kms:DescribeKey': 1,
        'kms:GetKeyPolicy': 1,
        'kms:ListGrants': 1,
        'ram:ListResources': 1,
      },
    ],
    [
      'access',
      false,
      { 'kms:ListAliases': 1, 'kms:DescribeKey': 1, 'kms:GetKeyPolicy': 1, 'ram:ListResources': 1 },
    ],
  ])('%s, grants %s', async (depth, includeGrants, calls) => {
    const { organization, key } = world();
    await using simulated = await simulate(organization);
    const resolver = await resolverOf(simulated, [], { includeGrants });
    const written = ['alias/lake', key.metadata.Arn, key.metadata.KeyId, 'alias/lake', null];
    await Promise.all(
      written.map((text) => resolver.resolve(readKeyReference(text, 'alias/aws/s3'), scope, depth)),
    );
    expect(simulated.simulator.requests.byOperation()).toEqual(calls);
  });
});
