import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { checkRegionNames } from '../../src/organization/region-names.ts';
import { walkOrganization } from '../../src/organization/walk.ts';
import { SpecError } from '../../src/spec/parse.ts';
import { endStatus } from '../../src/sync/status.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';

const members = ['222222222222', '333333333333'];

/** AWS with a region that no version of the plugin knows, and that nobody has enabled. */
async function world(): Promise<Simulated> {
  const organization = newOrganization({
    regions: [
      { name: 'us-east-1', optIn: false },
      { name: 'eu-west-1', optIn: false },
      { name: 'mars-north-1', optIn: true },
    ],
  });
  for (const id of members) addAccount(organization, { id });
  return simulate(organization);
}

async function check(simulated: Simulated, regions: readonly string[]) {
  const accounts = members.map((id) => ({ ...simulated.as(id), id, accountName: null, regions: [] }));
  const settings = {
    regions,
    accounts,
    org: null,
    needsOrganizationalUnits: false,
    needsPolicyTypes: false,
    needsDelegatedAdministrators: false,
  };
  const { plans } = await walkOrganization(settings, simulated.aws);
  return checkRegionNames(plans, simulated.aws);
}

describe('a region that the spec names', () => {
  it.each([[['*']], [['us-east-1', 'eu-south-2', 'cn-north-1']]])('%j: nobody is asked', async (regions) => {
    await using simulated = await world();
    expect(await check(simulated, regions)).toEqual([]);
    expect(simulated.simulator.requests.count({ operation: 'account:ListRegions' })).toBe(0);
  });

  it('that AWS has newly is one, enabled or not: one account is asked', async () => {
    await using simulated = await world();
    expect(await check(simulated, ['us-east-1', 'mars-north-1'])).toEqual([]);
    expect(simulated.simulator.requests.count({ operation: 'account:ListRegions' })).toBe(1);
  });

  it.each([
    ['us-esat-1', 'did you mean `us-east-1`?'],
    ['eu-central-11', 'did you mean `eu-central-1`?'],
    ['mars-nroth-1', 'did you mean `mars-north-1`?'],
  ])('%s ends the sync with INVALID_ARGUMENT and the name that was meant', async (name, meant) => {
    await using simulated = await world();
    const thrown: unknown = await check(simulated, ['us-east-1', name]).catch((error) => error);
    expect(thrown).toEqual(new SpecError(`"${name}" in regions is no region of AWS; ${meant}`));
    expect(endStatus(thrown, { clientLeft: false, stopped: false })).toMatchObject({ code: 3, isBug: false });
  });

  it('is looked up with EC2, and in another account, where Account Management is denied', async () => {
    await using simulated = await world();
    const deny = { kind: 'deny' } as const;
    simulated.simulator.faults.add({ operation: 'account:ListRegions', effect: deny });
    simulated.simulator.faults.add({ account: members[0] ?? '', operation: 'ec2:*', effect: deny });
    expect(await check(simulated, ['mars-north-1'])).toEqual([]);
    await expect(check(simulated, ['us-esat-1'])).rejects.toThrow(SpecError);
  });

  it('is a warning where no account can say', async () => {
    await using simulated = await world();
    for (const operation of ['account:ListRegions', 'ec2:*']) {
      simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    }
    expect(await check(simulated, ['us-esat-1'])).toEqual([
      '"us-esat-1" in regions is not known to this version, and no account\'s list of regions could be read; did you mean `us-east-1`?',
    ]);
  });
});
