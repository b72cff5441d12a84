import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { type CredentialSource, defaultCredentials } from '../../src/aws/settings.ts';
import type { WalkSettings } from '../../src/organization/settings.ts';
import { walkOrganization } from '../../src/organization/walk.ts';
import type { AccountSettings } from '../../src/spec/settings.ts';
import { simulate } from '../aws/simulated.ts';

const { management, data, compute, legacy } = demoAccounts;

const settings = (...accounts: AccountSettings[]): WalkSettings => ({
  regions: ['*'],
  accounts,
  org: null,
  needsOrganizationalUnits: false,
  needsPolicyTypes: true,
  needsDelegatedAdministrators: true,
});

const account = (id: string, source: Partial<CredentialSource>, more: Partial<AccountSettings> = {}) => ({
  ...defaultCredentials,
  ...source,
  id,
  accountName: null,
  regions: [],
  ...more,
});
const role = (id: string) => ({ roleArn: `arn:aws:iam::${id}:role/OrganizationAccountAccessRole` });

describe('the accounts that the spec names', () => {
  it('are those that their credentials turn out to be, with names and regions of the spec', async () => {
    await using simulated = await simulate(demo());
    const walk = await walkOrganization(
      settings(
        account('a label', role(data), { accountName: 'data', regions: ['eu-west-1'] }),
        account(compute, simulated.as(compute)),
      ),
      simulated.aws,
    );
    expect(walk.plans).toMatchObject([
      { account: { id: data, name: 'data', inScope: true }, partition: 'aws', wantedRegions: ['eu-west-1'] },
      { account: { id: compute, name: null, isManagementAccount: false }, wantedRegions: ['*'] },
    ]);
    expect(walk.organization).toMatchObject({
      id: 'o-demo0lab01',
      managementAccountId: management,
      memberAccountIds: null,
      unreadReason: null,
    });
  });

  it('are read once when two entries are one account, in the regions of both', async () => {
    await using simulated = await simulate(demo());
    const walk = await walkOrganization(
      settings(
        account('first', role(data), { regions: ['eu-west-1', 'us-east-1'] }),
        account('second', simulated.as(data), { regions: ['us-east-1', 'ap-east-1'], accountName: 'data' }),
      ),
      simulated.aws,
    );
    expect(walk.plans).toMatchObject([
      { account: { id: data, name: 'data' }, wantedRegions: ['eu-west-1', 'us-east-1', 'ap-east-1'] },
    ]);
  });

  it('that cannot be entered stop no other', async () => {
    await using simulated = await simulate(demo());
    const walk = await walkOrganization(
      settings(
        account('locked', role(legacy), { accountName: 'legacy' }),
        account('123456789012', { localProfile: 'nobody' }),
        account('works', role(data)),
      ),
      simulated.aws,
    );
    expect(walk.plans.map((plan) => plan.account.id)).toEqual([data]);
    expect(walk.problems).toMatchObject([
      { accountId: legacy, accountName: 'legacy', error: { reason: 'assume_role_denied' } },
      { accountId: '123456789012', error: { reason: 'credentials_unusable' } },
    ]);
  });

  it('end the walk when no credentials work at all', async () => {
    await using simulated = await simulate(demo());
    const none = settings(account('1', { localProfile: 'nobody' }), account('2', { localProfile: 'no one' }));
    await expect(walkOrganization(none, simulated.aws)).rejects.toMatchObject({
      reason: 'credentials_unusable',
    });
    const denied = await walkOrganization(settings(account('1', role(legacy))), simulated.aws);
    expect(denied.plans).toEqual([]);
    expect(denied.problems).toHaveLength(1);
  });

  it('have no organization in common when one of them is in none', async () => {
    const organization = newOrganization();
    addAccount(organization, { id: data });
    addAccount(organization, { id: '999988887777', parentId: null });
    await using simulated = await simulate(organization);
    const both = settings(account('1', simulated.as(data)), account('2', simulated.as('999988887777')));
    const walk = await walkOrganization(both, simulated.aws);
    expect(walk.plans).toHaveLength(2);
    expect(walk.organization).toMatchObject({ id: null, unreadReason: 'unsupported' });
  });
});

describe("the caller's own account", () => {
  it('is read when the spec names nobody', async () => {
    await using simulated = await simulate(demo());
    const walk = await walkOrganization(settings(), simulated.aws);
    expect(walk.plans).toMatchObject([
      { account: { id: management, isManagementAccount: true }, wantedRegions: ['*'] },
    ]);
    expect(walk.organization.id).toBe('o-demo0lab01');
  });

  it('knows no organization when DescribeOrganization is denied, and says why', async () => {
    await using simulated = await simulate(demo());
    simulated.simulator.faults.add({ operation: 'organizations:*', effect: { kind: 'deny' } });
    const { organization, errors } = await walkOrganization(settings(), simulated.aws);
    expect(organization).toMatchObject({ id: null, memberAccountIds: null, unreadReason: 'access_denied' });
    expect(errors).toMatchObject([
      {
        reason: 'access_denied',
        site: { operation: 'organizations:DescribeOrganization', accountId: management },
      },
    ]);
  });

  it('is in no organization: that is known', async () => {
    await using simulated = await simulate(newOrganization({ id: null }));
    const { organization, errors } = await walkOrganization(settings(), simulated.aws);
    expect(organization).toMatchObject({ id: null, unreadReason: null });
    expect(errors).toEqual([]);
  });

  it('ends the walk when there are no credentials', async () => {
    await using simulated = await simulate(demo());
    process.env.AWS_PROFILE = 'nobody';
    await expect(walkOrganization(settings(), simulated.aws)).rejects.toMatchObject({
      reason: 'credentials_unusable',
      site: { accountId: null },
    });
  });
});
