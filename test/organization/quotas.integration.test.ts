import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import type { SimOrganization, SimOrganizationalUnit } from '../../lab/aws/model.ts';
import { type Aws, connectAws } from '../../src/aws/aws.ts';
import { Pacers } from '../../src/aws/pacers.ts';
import { Requests } from '../../src/aws/requests.ts';
import { defaultCredentials } from '../../src/aws/settings.ts';
import { walkOrganization } from '../../src/organization/walk.ts';
import { kmsReads } from '../../src/services/kms/calls.ts';
import { quickSettings, simulate } from '../aws/simulated.ts';
import { VirtualClock } from '../aws/virtual-clock.ts';
import { walkSettings } from './walk-settings.ts';

const management = '111111111111';
const concurrency = 50;
/** Once in a while the network delivers unevenly; more than so many would be a rate that does not hold. */
const handful = 3;

/** 300 units, five deep, 40 of them in one, and 400 accounts, 40 of them in one: listings of more than one page. */
function largeOrganization(): SimOrganization {
  const organization = newOrganization({ answersNoPaths: true });
  const units: SimOrganizationalUnit[] = organization.organizationalUnits;
  for (let i = 0; i < 300; i += 1) {
    const above = i < 3 ? organization.root.id : units[i < 260 ? Math.floor(i / 3) - 1 : 7]?.id;
    units.push({ id: `ou-exam-${`${i}`.padStart(8, '0')}`, name: `unit ${i}`, parentId: above ?? '' });
  }
  for (let i = 0; i < 400; i += 1) {
    const id = `${200_000_000_000 + i}`;
    const parentId = units[i < 40 ? 5 : i % 300]?.id ?? null;
    addAccount(organization, { id, parentId });
  }
  return organization;
}

/** The units above each account, from the root down. */
function places({ accounts, organizationalUnits, root }: SimOrganization): Record<string, readonly string[]> {
  const parents = new Map(organizationalUnits.map(({ id, parentId }) => [id, parentId]));
  const above = (id: string): readonly string[] =>
    id === root.id ? [id] : [...above(parents.get(id) ?? root.id), id];
  return Object.fromEntries([...accounts].map(([id, { parentId }]) => [id, above(parentId ?? root.id)]));
}

/** As in AWS, its quotas enforced and used whole, by a clock that moves while no request is on its way. */
async function scene(organization: SimOrganization) {
  const clock = new VirtualClock();
  const simulated = await simulate(organization, { quotas: true, now: () => clock.date() });
  const { simulator } = simulated;
  const requests = new Requests(concurrency);
  const pacers = new Pacers();
  const { signal } = new AbortController();
  const { url } = simulator;
  const customEndpoint = { url, partitionId: null, signingRegion: null, hostnameImmutable: true };
  return {
    simulator,
    as: simulated.as,
    /** A sync of the process. */
    newSync: (): Aws =>
      connectAws(
        { ...quickSettings, concurrency, customEndpoint, requestsPerSecond: {} },
        { signal, requests, pacers, clock },
      ),
    /** Lets time pass until then, in milliseconds. */
    async until<T>(work: Promise<T>, most = Number.POSITIVE_INFINITY): Promise<T | 'not yet'> {
      let isDone = false;
      const done = () => {
        isDone = true;
      };
      work.then(done, done);
      const end = clock.now() + most;
      while (!isDone) {
        if (requests.room < concurrency) await new Promise((resolve) => setImmediate(resolve));
        else if (clock.now() >= end) return 'not yet';
        else await clock.pass(10);
      }
      return work;
    },
    [Symbol.asyncDispose]: () => simulated[Symbol.asyncDispose](),
  };
}

const settings = walkSettings({}, { needsOrganizationalUnits: true });

describe('an organization with hundreds of units', () => {
  it('is walked whole, and within the rates of Organizations, also by two syncs at a time', async () => {
    const organization = largeOrganization();
    await using world = await scene(organization);
    const syncs = [world.newSync(), world.newSync()];
    const walks = await world.until(Promise.all(syncs.map((aws) => walkOrganization(settings, aws))));
    if (walks === 'not yet') throw new Error('time has no end');
    for (const { accounts, errors } of walks) {
      expect(errors).toEqual([]);
      const found = accounts.map(({ id, organizationalUnits }) => [id, organizationalUnits]);
      expect(Object.fromEntries(found)).toEqual(places(organization));
    }
    // The root and 300 units, and three pages more: of units and of accounts.
    const asked = world.simulator.requests.byOperation();
    const { throttled } = world.simulator.requests;
    expect(throttled).toBeLessThanOrEqual(handful);
    expect(asked['organizations:ListOrganizationalUnitsForParent']).toBeGreaterThanOrEqual(2 * 303);
    expect(asked['organizations:ListAccountsForParent']).toBeGreaterThanOrEqual(2 * 303);
    expect(asked['organizations:ListAccounts']).toBeGreaterThanOrEqual(2 * 21);
  });
});

describe('the roles of hundreds of accounts', () => {
  it('are assumed within the rate of the account that assumes them, by all syncs together, whatever their profiles', async () => {
    const organization = largeOrganization();
    await using world = await scene(organization);
    const members = [...organization.accounts.keys()].filter((id) => id !== management);
    const enterAll = async (aws: Aws, source = defaultCredentials) => {
      const session = await aws.session(source);
      await session.identity();
      const roleArn = (id: string) => `arn:aws:iam::${id}:role/OrganizationAccountAccessRole`;
      const entering = members.map(async (id) => {
        const role = session.assumeRole({ roleArn: roleArn(id), sessionName: null, externalId: null });
        await role.ready();
        return role.credentials().sessionToken !== undefined;
      });
      return (await Promise.all(entering)).filter(Boolean).length;
    };
    // Little at once: two that each keep the rate by themselves are refused.
    world.simulator.quotas.set('sts:*', { perSecond: 600, burst: 100 });
    const asProfile = enterAll(world.newSync(), world.as(management));
    const entered = [enterAll(world.newSync()), enterAll(world.newSync()), asProfile];
    expect(await world.until(Promise.all(entered))).toEqual([400, 400, 400]);
    expect(world.simulator.requests.throttled).toBeLessThanOrEqual(handful);
  });
});

describe('scopes', () => {
  it('of one account and region share its quota, whichever sync they are of, and never another', async () => {
    const organization = newOrganization();
    addAccount(organization, { id: '222222222222' });
    await using world = await scene(organization);
    const [one, other] = [world.newSync(), world.newSync()];
    const asked = 10;
    const answered = new Map<string, number>();
    const reads = async (aws: Aws, account: string, region: string) =>
      kmsReads(aws.open(await aws.session(world.as(account)), account, region));
    const scopes = [
      ['shared', await reads(one, management, 'us-east-1')],
      ['shared', await reads(other, management, 'us-east-1')],
      ['other region', await reads(one, management, 'eu-west-1')],
      ['other account', await reads(other, '222222222222', 'us-east-1')],
    ] as const;
    const askAll = scopes.flatMap(([name, kms]) =>
      Array.from({ length: asked }, async () => {
        await kms.customKeyStores();
        answered.set(name, (answered.get(name) ?? 0) + 1);
      }),
    );
    const work = Promise.all(askAll);
    // Five a second, and the first at once: in two seconds each that is alone is through, the two are half-way.
    await world.until(work, 2_200);
    expect([answered.get('other region'), answered.get('other account')]).toEqual([asked, asked]);
    expect(answered.get('shared')).toBeGreaterThanOrEqual(asked - 1);
    expect(answered.get('shared')).toBeLessThanOrEqual(asked + 3);
    await world.until(work);
    expect([answered.get('shared'), world.simulator.requests.throttled]).toEqual([2 * asked, 0]);
  });
});
