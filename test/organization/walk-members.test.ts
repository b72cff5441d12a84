import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import * as undici from 'undici';
import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { connectAws } from '../../src/aws/aws.ts';
import { type CredentialSource, defaultCredentials } from '../../src/aws/settings.ts';
import { regionsOf } from '../../src/organization/regions.ts';
import type { WalkSettings } from '../../src/organization/settings.ts';
import { walkOrganization } from '../../src/organization/walk.ts';
import type { OrganizationSettings } from '../../src/spec/settings.ts';
import { quickSettings, type Simulated, simulate } from '../aws/simulated.ts';
import { walkSettings } from './walk-settings.ts';

const { management, data, compute, security, legacy, suspended, closed } = demoAccounts;

/** Account id → who reads it, or why it cannot be entered. */
async function readers(simulated: Simulated, settings: WalkSettings): Promise<Record<string, string>> {
  const { plans } = await walkOrganization(settings, simulated.aws);
  const entries = plans.map(async ({ account, session }) => {
    const identity = session.identity().then(
      ({ arn }) => arn,
      (error) => error.reason as string,
    );
    return [account.id, await identity] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const memberRole = (id: string, session = 'cloudquery-aws-encryption') =>
  `arn:aws:sts::${id}:assumed-role/OrganizationAccountAccessRole/${session}`;
const user = (id: string) => `arn:aws:iam::${id}:user/lab`;

describe('an organization by its management account', () => {
  it('is asked no more than the selected tables need', async () => {
    await using simulated = await simulate(demo());
    const walk = await walkOrganization(
      walkSettings({}, { needsPolicyTypes: false, needsDelegatedAdministrators: false }),
      simulated.aws,
    );
    const asked = Object.keys(simulated.simulator.requests.byOperation());
    expect(asked.filter((operation) => operation.startsWith('organizations:')).sort()).toEqual([
      'organizations:DescribeOrganization',
      'organizations:ListAccounts',
    ]);
    expect(walk.organization).toMatchObject({ resourceControlPoliciesEnabled: null });
  });

  it('is walked whole: who is in it, who is read, and why the others are not', async () => {
    await using simulated = await simulate(demo());
    const walk = await walkOrganization(walkSettings({}, { needsOrganizationalUnits: true }), simulated.aws);
    expect(walk.organization).toMatchObject({
      id: 'o-demo0lab01',
      managementAccountId: management,
      resourceControlPoliciesEnabled: true,
      serviceControlPoliciesEnabled: true,
      unreadReason: null,
    });
    const all = [management, data, compute, security, legacy, suspended, closed];
    expect([...(walk.organization.memberAccountIds ?? [])].toSorted()).toEqual(all.toSorted());
    expect(walk.errors).toEqual([]);
    const skipped = walk.accounts.filter((account) => !account.inScope);
    expect(Object.fromEntries(skipped.map((account) => [account.id, account.skipReason]))).toEqual({
      [suspended]: 'account_suspended',
      [closed]: 'account_closed',
    });
    expect(walk.accounts.find((account) => account.id === compute)).toMatchObject({
      arn: `arn:aws:organizations::${management}:account/o-demo0lab01/${compute}`,
      name: 'compute',
      email: 'compute@example.com',
      state: 'ACTIVE',
      joinedMethod: 'CREATED',
      joinedAt: new Date('2023-02-01T09:30:00Z'),
      organizationalUnits: ['r-demo', 'ou-demo-workl001', 'ou-demo-prodn001', 'ou-demo-batch001'],
      isManagementAccount: false,
      isDelegatedAdministrator: false,
      inScope: true,
      skipReason: null,
    });
    expect(walk.accounts.find((account) => account.id === security)?.isDelegatedAdministrator).toBe(true);
    expect(walk.accounts.find((account) => account.id === management)?.isManagementAccount).toBe(true);
  });

  it('is read with its own credentials, the members by their role', async () => {
    await using simulated = await simulate(demo());
    expect(await readers(simulated, walkSettings({ memberRoleSessionName: 'nightly' }))).toEqual({
      [management]: user(management),
      [data]: memberRole(data, 'nightly'),
      [compute]: memberRole(compute, 'nightly'),
      [security]: memberRole(security, 'nightly'),
      [legacy]: 'assume_role_denied',
    });
    expect(simulated.simulator.requests.count({ operation: 'sts:AssumeRole', account: management })).toBe(0);
  });

  it('takes Status where AWS answers no State, and State where both are there', async () => {
    const organization = newOrganization();
    const states: [id: string, state: string | null, status: string | null][] = [
      ['200000000001', null, 'ACTIVE'],
      ['200000000002', null, 'SUSPENDED'],
      ['200000000003', 'CLOSED', 'SUSPENDED'],
      ['200000000004', 'PENDING_ACTIVATION', 'ACTIVE'],
      ['200000000005', 'PENDING_CLOSURE', null],
      ['200000000006', null, null],
    ];
    for (const [id, state, status] of states) addAccount(organization, { id, state, status });
    await using simulated = await simulate(organization);
    const { accounts } = await walkOrganization(walkSettings(), simulated.aws);
    const reasons = new Map(accounts.map((account) => [account.id, account.skipReason]));
    expect(states.map(([id]) => reasons.get(id))).toEqual([
      null,
      'account_suspended',
      'account_closed',
      'account_pending_activation',
      null,
      null,
    ]);
  });

  it('of 250 accounts is listed in pages of 20', async () => {
    const organization = newOrganization();
    for (let index = 1; index < 250; index += 1)
      addAccount(organization, { id: String(200_000_000_000 + index) });
    await using simulated = await simulate(organization);
    const walk = await walkOrganization(walkSettings(), simulated.aws);
    expect(walk.plans).toHaveLength(250);
    expect(walk.organization.memberAccountIds?.size).toBe(250);
    expect(simulated.simulator.requests.count({ operation: 'organizations:ListAccounts' })).toBe(13);
  });

  it('asks for nothing that it does not need', async () => {
    await using simulated = await simulate(demo());
    await walkOrganization(walkSettings(), simulated.aws);
    expect(simulated.simulator.requests.byOperation()).toEqual({
      'organizations:DescribeOrganization': 1,
      'organizations:ListAccounts': 1,
      'organizations:ListDelegatedAdministrators': 1,
      'organizations:ListRoots': 1,
      'sts:GetCallerIdentity': 1,
    });
  });
});

describe('organizational units', () => {
  it.each<[what: string, org: Partial<OrganizationSettings>, read: string[]]>([
    ['the root', { organizationUnits: ['r-demo'] }, [management, data, compute, security, legacy]],
    ['a unit with those below it', { organizationUnits: ['ou-demo-workl001'] }, [data, compute, legacy]],
    ['the lowest', { organizationUnits: ['ou-demo-batch001'] }, [compute]],
    ['two', { organizationUnits: ['ou-demo-batch001', 'ou-demo-secur001'] }, [compute, security]],
    [
      'one without one below it',
      { organizationUnits: ['ou-demo-workl001'], skipOrganizationUnits: ['ou-demo-prodn001'] },
      [legacy],
    ],
    ['all but one', { skipOrganizationUnits: ['ou-demo-workl001'] }, [management, security]],
    ['all but accounts', { skipMemberAccounts: [legacy, management] }, [data, compute, security]],
  ])('%s', async (_what, org, read) => {
    await using simulated = await simulate(demo());
    const { plans, organization } = await walkOrganization(walkSettings(org), simulated.aws);
    expect(plans.map((plan) => plan.account.id).toSorted()).toEqual(read.toSorted());
    expect(organization.memberAccountIds?.size).toBe(7);
  });

  it('that hold no account are said to be empty', async () => {
    await using simulated = await simulate(demo());
    const { plans, errors } = await walkOrganization(
      walkSettings({ organizationUnits: ['ou-demo-slip'] }),
      simulated.aws,
    );
    expect(plans).toEqual([]);
    expect(errors.map((error) => error.code)).toEqual(['no_account_in_unit']);
    expect(errors[0]?.message).toContain('ou-demo-slip');
  });

  it.each<[what: string, org: Partial<OrganizationSettings>, read: string[]]>([
    ['a unit with those below it', { organizationUnits: ['ou-demo-workl001'] }, [data, compute, legacy]],
    ['all but one', { skipOrganizationUnits: ['ou-demo-workl001'] }, [management, security]],
  ])('where AWS does not answer them with the accounts: %s', async (_what, org, read) => {
    await using simulated = await simulate(demo());
    await using older = await beforePaths(simulated.simulator.url);
    const aws = connectAws(
      { ...quickSettings, customEndpoint: older.endpoint },
      { signal: new AbortController().signal },
    );
    const walk = await walkOrganization(walkSettings(org), aws);
    expect(walk.plans.map((plan) => plan.account.id).toSorted()).toEqual(read.toSorted());
    expect(walk.accounts.find((account) => account.id === compute)?.organizationalUnits).toEqual([
      'r-demo',
      'ou-demo-workl001',
      'ou-demo-prodn001',
      'ou-demo-batch001',
    ]);
  });

  it('that cannot be read end the walk when a filter needs them, and only then', async () => {
    await using simulated = await simulate(demo());
    await using older = await beforePaths(simulated.simulator.url);
    const aws = connectAws(
      { ...quickSettings, customEndpoint: older.endpoint },
      { signal: new AbortController().signal },
    );
    const operation = 'organizations:ListOrganizationalUnitsForParent';
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    await expect(
      walkOrganization(walkSettings({ organizationUnits: ['r-demo'] }), aws),
    ).rejects.toMatchObject({
      reason: 'access_denied',
      site: { operation },
    });
    const walk = await walkOrganization(walkSettings({}, { needsOrganizationalUnits: true }), aws);
    expect(walk.plans).toHaveLength(5);
    expect(walk.accounts.every((account) => account.organizationalUnits === null)).toBe(true);
    expect(walk.errors).toMatchObject([{ reason: 'access_denied' }]);
  });
});

/** The simulated AWS as it was before 2026, when accounts came without `Paths`. */
async function beforePaths(url: string) {
  const server = createServer(async (request, response) => {
    const { method = 'POST', headers } = request;
    const body = await buffer(request);
    const { host: _host, connection: _connection, ...passedOn } = headers;
    const answer = await undici.request(url + request.url, { method, headers: passedOn, body });
    const text = (await answer.body.text()).replaceAll(/"Paths":\[[^\]]*\],?/g, '');
    response
      .writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type']) })
      .end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: {
      url: `http://127.0.0.1:${port}`,
      partitionId: null,
      signingRegion: null,
      hostnameImmutable: true,
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('an organization by a delegated administrator', () => {
  it('reads its own account with its own credentials, and tries the management account by the role', async () => {
    const organization = demo();
    for (const id of [data, compute]) {
      organization.accounts
        .get(id)
        ?.roles.get('OrganizationAccountAccessRole')
        ?.trust.principals.push(security);
    }
    await using simulated = await simulate(organization);
    const adminAccount = simulated.as(security);
    expect(await readers(simulated, walkSettings({ adminAccount }))).toEqual({
      [management]: 'assume_role_denied',
      [data]: memberRole(data),
      [compute]: memberRole(compute),
      [security]: user(security),
      [legacy]: 'assume_role_denied',
    });
  });

  it('knows that it is one, even when the list of them is denied', async () => {
    await using simulated = await simulate(demo());
    const denied = 'organizations:ListDelegatedAdministrators';
    simulated.simulator.faults.add({ operation: denied, effect: { kind: 'deny' } });
    simulated.simulator.faults.add({ operation: 'organizations:ListRoots', effect: { kind: 'deny' } });
    const walk = await walkOrganization(
      walkSettings({ adminAccount: simulated.as(security) }),
      simulated.aws,
    );
    expect(walk.errors.map((error) => error.site.operation).toSorted()).toEqual([
      denied,
      'organizations:ListRoots',
    ]);
    const delegated = Object.fromEntries(walk.accounts.map((one) => [one.id, one.isDelegatedAdministrator]));
    expect(delegated).toMatchObject({ [security]: true, [data]: null, [management]: null });
    expect(walk.organization).toMatchObject({
      id: 'o-demo0lab01',
      managementAccountId: management,
      serviceControlPoliciesEnabled: null,
      resourceControlPoliciesEnabled: null,
    });
  });
});

describe('how the admin account and the members are reached', () => {
  const auditorRole = { name: 'auditor', trust: { principals: [security], externalId: 'x1' } };

  it('by a role, and by another trusted principal with an external id', async () => {
    const organization = demo();
    const trusting = (id: string) => organization.accounts.get(id)?.roles;
    trusting(management)?.set('lister', { name: 'lister', trust: { principals: [compute] } });
    for (const id of [management, data, compute, security]) trusting(id)?.set('auditor', auditorRole);
    await using simulated = await simulate(organization);
    const roleArn = `arn:aws:iam::${management}:role/lister`;
    const adminAccount: CredentialSource = { ...simulated.as(compute), roleArn };
    const org = {
      adminAccount,
      memberTrustedPrincipal: simulated.as(security),
      memberRoleName: 'auditor',
      memberExternalId: 'x1',
    };
    expect(await readers(simulated, walkSettings(org))).toEqual({
      [management]: `arn:aws:sts::${management}:assumed-role/lister/cloudquery-aws-encryption`,
      [data]: `arn:aws:sts::${data}:assumed-role/auditor/cloudquery-aws-encryption`,
      [compute]: `arn:aws:sts::${compute}:assumed-role/auditor/cloudquery-aws-encryption`,
      [security]: user(security),
      [legacy]: 'assume_role_denied',
    });
  });
});

describe('what ends the walk', () => {
  it('ListAccounts denied', async () => {
    await using simulated = await simulate(demo());
    const walking = walkOrganization(walkSettings({ adminAccount: simulated.as(data) }), simulated.aws);
    await expect(walking).rejects.toMatchObject({
      reason: 'access_denied',
      site: { operation: 'organizations:ListAccounts', accountId: data },
    });
  });

  it('a page of ListAccounts that fails: half a membership makes strangers of members', async () => {
    const organization = newOrganization();
    for (let index = 1; index < 30; index += 1)
      addAccount(organization, { id: String(200_000_000_000 + index) });
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({
      operation: 'organizations:ListAccounts',
      page: 2,
      effect: { kind: 'internal' },
    });
    await expect(walkOrganization(walkSettings(), simulated.aws)).rejects.toMatchObject({
      reason: 'service_error',
    });
  });

  it('no organization', async () => {
    await using simulated = await simulate(newOrganization({ id: null }));
    await expect(walkOrganization(walkSettings(), simulated.aws)).rejects.toMatchObject({
      reason: 'organization_not_in_use',
    });
  });

  it.each<[what: string, org: Partial<OrganizationSettings>]>([
    ['admin credentials', { adminAccount: { ...defaultCredentials, localProfile: 'nobody' } }],
    ['the trusted principal', { memberTrustedPrincipal: { ...defaultCredentials, localProfile: 'nobody' } }],
  ])('unusable: %s', async (_what, org) => {
    await using simulated = await simulate(demo());
    await expect(walkOrganization(walkSettings(org), simulated.aws)).rejects.toMatchObject({
      reason: 'credentials_unusable',
    });
  });
});

describe('another partition', () => {
  it.each([
    ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-east-1', 'us-gov-west-1'],
  ])('%s: its ARNs, and its organization where it lives', async (partition, region, homeRegion) => {
    const organization = newOrganization({ partition, regions: [{ name: region, optIn: false }] });
    addAccount(organization, { id: data });
    await using simulated = await simulate(organization, { keepRequests: true }, { regionHint: region });
    const { plans } = await walkOrganization(walkSettings(), simulated.aws);
    const member = plans.find((plan) => plan.account.id === data);
    expect(member?.partition).toBe(partition);
    expect((await member?.session.identity())?.arn).toBe(
      `arn:${partition}:sts::${data}:assumed-role/OrganizationAccountAccessRole/cloudquery-aws-encryption`,
    );
    const signedFor = simulated.simulator.requests.kept.map(
      ({ http }) => http.headers.authorization?.split('/')[2],
    );
    expect(new Set(signedFor)).toEqual(new Set([homeRegion]));
    if (member !== undefined) expect((await regionsOf(member, simulated.aws)).enabled).toEqual([region]);
  });
});
