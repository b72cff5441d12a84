import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { chosenRegions, regionsOf } from '../../src/organization/regions.ts';
import { walkOrganization } from '../../src/organization/walk.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';

const member = '222222222222';

async function planOf(simulated: Simulated, regions: string[]) {
  const walk = await walkOrganization(
    {
      regions,
      accounts: [{ ...simulated.as(member), id: member, accountName: null, regions: [] }],
      org: null,
      needsOrganizationalUnits: false,
      needsPolicyTypes: true,
      needsDelegatedAdministrators: true,
    },
    simulated.aws,
  );
  const [plan] = walk.plans;
  if (plan === undefined) throw new Error('the account is not in the walk');
  return plan;
}

/** A member with one of two opt-in regions enabled. */
function world() {
  const organization = newOrganization({
    regions: [
      { name: 'us-east-1', optIn: false },
      { name: 'eu-west-1', optIn: false },
      { name: 'ap-east-1', optIn: true },
      { name: 'me-south-1', optIn: true },
    ],
  });
  addAccount(organization, { id: member, enabledRegions: new Set(['us-east-1', 'eu-west-1', 'ap-east-1']) });
  return organization;
}

describe('which regions are read', () => {
  const enabled = ['us-east-1', 'eu-west-1', 'ap-east-1'];
  it.each<[wanted: string[], read: string[], disabled: string[]]>([
    [['*'], enabled, []],
    [[], enabled, []],
    [['*', 'me-south-1'], enabled, []],
    [['eu-west-1'], ['eu-west-1'], []],
    [['eu-west-1', 'me-south-1'], ['eu-west-1'], ['me-south-1']],
    [['me-south-1'], [], ['me-south-1']],
  ])('%j', (wanted, read, disabled) => {
    expect(chosenRegions(wanted, enabled)).toEqual({ enabled: read, disabled, unverified: null });
  });
});

describe("an account's regions", () => {
  it('are what account:ListRegions answers to it', async () => {
    await using simulated = await simulate(world());
    const plan = await planOf(simulated, ['*']);
    const { enabled } = await regionsOf(plan, simulated.aws);
    expect(enabled.toSorted()).toEqual(['ap-east-1', 'eu-west-1', 'us-east-1']);
    expect(simulated.simulator.requests.count({ operation: 'account:ListRegions', account: member })).toBe(1);
    expect(simulated.simulator.requests.count({ operation: 'ec2:DescribeRegions' })).toBe(0);
  });

  it('are named, and some of them disabled', async () => {
    await using simulated = await simulate(world());
    const plan = await planOf(simulated, ['eu-west-1', 'me-south-1', 'no-where-1']);
    expect(await regionsOf(plan, simulated.aws)).toEqual({
      enabled: ['eu-west-1'],
      disabled: ['me-south-1', 'no-where-1'],
      unverified: null,
    });
  });

  it('that are named twice are read once', async () => {
    await using simulated = await simulate(world());
    const plan = await planOf(simulated, ['eu-west-1', 'me-south-1', 'eu-west-1', 'me-south-1']);
    expect(await regionsOf(plan, simulated.aws)).toMatchObject({
      enabled: ['eu-west-1'],
      disabled: ['me-south-1'],
    });
    for (const operation of ['account:ListRegions', 'ec2:DescribeRegions'])
      simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    expect((await regionsOf({ ...plan }, simulated.aws)).enabled).toEqual(['eu-west-1', 'me-south-1']);
  });

  it.each([
    ['denied', { kind: 'deny' }],
    ['an emulator that answers HTML', { kind: 'html', status: 404 }],
    ['an empty body', { kind: 'empty_body' }],
  ] as const)('come from ec2:DescribeRegions when account:ListRegions fails: %s', async (_what, effect) => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({ operation: 'account:ListRegions', effect });
    const plan = await planOf(simulated, ['*']);
    const { enabled, unverified } = await regionsOf(plan, simulated.aws);
    expect(enabled.toSorted()).toEqual(['ap-east-1', 'eu-west-1', 'us-east-1']);
    expect(unverified).toBeNull();
  });

  it('are tried as named when neither answers, and unknown when none is named', async () => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({ operation: 'account:ListRegions', effect: { kind: 'deny' } });
    simulated.simulator.faults.add({ operation: 'ec2:DescribeRegions', effect: { kind: 'deny' } });
    const named = await planOf(simulated, ['eu-west-1', 'me-south-1']);
    expect(await regionsOf(named, simulated.aws)).toMatchObject({
      enabled: ['eu-west-1', 'me-south-1'],
      disabled: [],
      unverified: { reason: 'access_denied', site: { operation: 'account:ListRegions', accountId: member } },
    });
    const all = await planOf(simulated, ['*']);
    await expect(regionsOf(all, simulated.aws)).rejects.toMatchObject({ reason: 'access_denied' });
  });

  it('are not asked for elsewhere when the account cannot be entered', async () => {
    const organization = world();
    organization.accounts.get(member)?.roles.clear();
    await using simulated = await simulate(organization);
    const base = await simulated.aws.session(simulated.as('111111111111'));
    const roleArn = `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`;
    const session = base.assumeRole({ roleArn, sessionName: null, externalId: null });
    const plan = { ...(await planOf(simulated, ['*'])), session };
    await expect(regionsOf(plan, simulated.aws)).rejects.toMatchObject({
      reason: 'assume_role_denied',
      site: { accountId: member },
    });
    expect(simulated.simulator.requests.count({ operation: 'ec2:DescribeRegions' })).toBe(0);
  });
});
