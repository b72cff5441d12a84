import { describe, expect, it } from 'vitest';
import { addAccount, controlPoliciesEnabled, newOrganization } from '../../lab/aws/build.ts';
import type { Effect } from '../../lab/aws/faults.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { addOrganizationPolicy } from '../../lab/aws/organization-policies.ts';
import { type PolicyReading, readOrganizationPolicies } from '../../src/enumerate/organization-policies.ts';
import { walkOrganization } from '../../src/organization/walk.ts';
import type { PolicyKnowledge } from '../../src/posture/organization-policies/policies.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';
import { eventually } from '../eventually.ts';
import { walkSettings } from '../organization/walk-settings.ts';

const management = '111111111111';
const security = '222222222222';
const app = '333333333333';
const regions = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';

/** Root → above → below with `app` in it, `security` and the management account at the root; both types enabled. */
function world(more: Partial<SimOrganization> = {}): SimOrganization {
  const organization = newOrganization({
    root: {
      id: 'r-exam',
      policyTypes: controlPoliciesEnabled(),
    },
    organizationalUnits: [
      { id: 'ou-exam-above001', name: 'above', parentId: 'r-exam' },
      { id: 'ou-exam-below001', name: 'below', parentId: 'ou-exam-above001' },
    ],
    delegatedAdministrators: new Map([[security, { servicePrincipals: [], since: 0 }]]),
    ...more,
  });
  addAccount(organization, { id: security });
  addAccount(organization, { id: app, parentId: 'ou-exam-below001' });
  addOrganizationPolicy(organization, { id: 'p-regions', content: regions }, 'ou-exam-above001', app);
  const perimeter = { id: 'p-perimeter', type: 'RESOURCE_CONTROL_POLICY', content: regions };
  addOrganizationPolicy(organization, perimeter, 'r-exam');
  return organization;
}

const settings = walkSettings({}, { needsDelegatedAdministrators: false });

/** @param asked the account whose credentials list the organization */
async function read(simulated: Simulated, asked = management): Promise<PolicyReading> {
  const org = settings.org && { ...settings.org, adminAccount: simulated.as(asked) };
  const walk = await walkOrganization({ ...settings, org }, simulated.aws);
  simulated.simulator.requests.clear();
  const session = walk.sessionOf(asked);
  if (session === null) throw new Error(`no session of ${asked}`);
  const access = simulated.aws.open(session, asked, 'us-east-1');
  try {
    return await readOrganizationPolicies(access, walk);
  } finally {
    access.close();
  }
}

function levels(knowledge: PolicyKnowledge): Record<string, string[][]> {
  if (knowledge.state !== 'read') throw new Error(knowledge.state);
  const entries = [...knowledge.levels].map(([id, list]) => [
    id,
    list.map((level) => level.map((p) => p.id)),
  ]);
  return Object.fromEntries(entries);
}

const everywhere = ['p-FullAWSAccess'];
const controlled = [
  everywhere,
  ['p-FullAWSAccess', 'p-regions'],
  everywhere,
  ['p-FullAWSAccess', 'p-regions'],
];

describe('policies of an organization', () => {
  it('are read with their documents and targets, and known by the levels of each account', async () => {
    await using simulated = await simulate(world());
    const { known, policies, unlisted, unplaced } = await read(simulated);
    expect(levels(known.serviceControl)).toEqual({
      [management]: [everywhere, everywhere],
      [security]: [everywhere, everywhere],
      [app]: controlled,
    });
    // RCPFullAWSAccess denies nothing.
    expect(levels(known.resourceControl)).toEqual({
      [management]: [['p-perimeter'], []],
      [security]: [['p-perimeter'], []],
      [app]: [['p-perimeter'], [], [], []],
    });
    expect(known).toMatchObject({
      managementAccountId: management,
      memberAccountIds: new Set([management, security, app]),
    });
    expect(policies.map(({ facts }) => facts.id)).toEqual([
      'p-FullAWSAccess',
      'p-regions',
      'p-RCPFullAWSAccess',
      'p-perimeter',
    ]);
    expect({ unlisted, unplaced }).toEqual({ unlisted: [], unplaced: null });
  });

  it('take a list for each type, a description for each policy, and targets for each but RCPFullAWSAccess', async () => {
    const organization = world();
    // 3 accounts, 2 units, the root and these: FullAWSAccess has 48 targets, three pages.
    for (let index = 0; index < 42; index++) addAccount(organization, { id: String(400000000000 + index) });
    await using simulated = await simulate(organization);
    await read(simulated);
    expect(simulated.simulator.requests.byOperation()).toEqual({
      'organizations:ListPolicies': 2,
      'organizations:DescribePolicy': 4,
      'organizations:ListTargetsForPolicy': 5,
    });
  });

  it('are read by a delegated administrator', async () => {
    await using simulated = await simulate(world());
    const { known } = await read(simulated, security);
    expect(levels(known.serviceControl)[app]).toEqual(controlled);
  });

  it('of a type that is not enabled are not asked for', async () => {
    const organization = world();
    organization.root.policyTypes.delete('RESOURCE_CONTROL_POLICY');
    await using simulated = await simulate(organization);
    const { known, policies } = await read(simulated);
    expect(known.resourceControl).toEqual({ state: 'not_enabled' });
    expect(policies.map(({ facts }) => facts.type)).not.toContain('RESOURCE_CONTROL_POLICY');
    expect(simulated.simulator.requests.byOperation()['organizations:ListPolicies']).toBe(1);
    organization.root.policyTypes.clear();
    const none = await read(simulated);
    expect(none.known).toMatchObject({
      serviceControl: { state: 'not_enabled' },
      resourceControl: { state: 'not_enabled' },
    });
    expect(simulated.simulator.requests.byOperation()).toEqual({});
  });

  it('where AWS answers no paths with the accounts, the units are walked', async () => {
    await using simulated = await simulate(world({ answersNoPaths: true }));
    const { known } = await read(simulated);
    expect(levels(known.serviceControl)[app]).toEqual(controlled);
  });
});

describe('what is not read is not known', () => {
  const deny = (simulated: Simulated, operation: string, resource?: string) =>
    simulated.simulator.faults.add({
      operation: `organizations:${operation}`,
      effect: { kind: 'deny' },
      ...(resource && { resource }),
    });

  it('ListPolicies of one type denied: the other type is known', async () => {
    await using simulated = await simulate(world());
    deny(simulated, 'ListPolicies', 'SERVICE_CONTROL_POLICY');
    const { known, unlisted } = await read(simulated);
    const problem = 'organizations:ListPolicies failed with AccessDeniedException';
    expect(known.serviceControl).toEqual({ state: 'not_read', problem });
    expect(known.resourceControl).toMatchObject({ state: 'read' });
    expect(unlisted).toMatchObject([{ reason: 'access_denied' }]);
  });

  it('ListRoots denied: nobody knows which types are enabled, and nothing is asked', async () => {
    await using simulated = await simulate(world());
    deny(simulated, 'ListRoots');
    const { known, unlisted } = await read(simulated);
    const notRead = {
      state: 'not_read',
      problem: 'organizations:ListRoots failed with AccessDeniedException',
    };
    expect(known).toMatchObject({ serviceControl: notRead, resourceControl: notRead });
    expect(unlisted).toHaveLength(1);
    expect(simulated.simulator.requests.byOperation()).toEqual({});
  });

  it('DescribePolicy denied: the policy is there, and not understood', async () => {
    await using simulated = await simulate(world());
    deny(simulated, 'DescribePolicy', 'p-regions');
    const { known, policies } = await read(simulated);
    expect(levels(known.serviceControl)[app]).toEqual(controlled);
    const found = policies.find(({ facts }) => facts.id === 'p-regions');
    expect(found).toMatchObject({
      facts: { content: { state: 'unread' } },
      policy: { document: { understood: false } },
    });
  });

  it('ListTargetsForPolicy denied, or cut short on its second page: the policy may be anywhere', async () => {
    const organization = world();
    for (let index = 0; index < 42; index++) addAccount(organization, { id: String(400000000000 + index) });
    await using simulated = await simulate(organization);
    deny(simulated, 'ListTargetsForPolicy', 'p-regions');
    simulated.simulator.faults.add({
      operation: 'organizations:ListTargetsForPolicy',
      resource: 'p-FullAWSAccess',
      page: 2,
      effect: { kind: 'deny' },
    });
    const { known } = await read(simulated);
    expect(known.serviceControl).toMatchObject({
      unplaced: [{ id: 'p-FullAWSAccess' }, { id: 'p-regions' }],
    });
    expect(levels(known.serviceControl)[app]).toEqual([[], [], [], []]);
  });

  it.each<[name: string, effect: Effect, reason: string]>([
    ['error 500', { kind: 'internal' }, 'service_error'],
    ['throttling', { kind: 'throttle' }, 'throttled'],
    ['a connection reset', { kind: 'cut', when: 'before' }, 'connection'],
    ['a connection reset in the middle', { kind: 'cut', when: 'middle' }, 'connection'],
    ['a truncated body', { kind: 'truncated_body' }, 'malformed_answer'],
    ['a malformed body', { kind: 'malformed_body' }, 'malformed_answer'],
    ['an empty body', { kind: 'empty_body' }, 'malformed_answer'],
    ['HTML with status 200', { kind: 'html', status: 200 }, 'malformed_answer'],
  ])('%s in place of an answer: nothing that was asked for is taken for none', async (_, effect, reason) => {
    const under = async (operation: string, resource?: string) => {
      await using simulated = await simulate(world());
      const which = resource === undefined ? {} : { resource };
      simulated.simulator.faults.add({ operation: `organizations:${operation}`, ...which, effect });
      return await read(simulated);
    };
    const unlisted = await under('ListPolicies');
    expect(unlisted.unlisted).toMatchObject([{ reason }, { reason }]);
    expect(unlisted.known).toMatchObject({
      serviceControl: { state: 'not_read' },
      resourceControl: { state: 'not_read' },
    });
    const undescribed = await under('DescribePolicy', 'p-regions');
    expect(undescribed.policies.find(({ facts }) => facts.id === 'p-regions')).toMatchObject({
      facts: { content: { state: 'unread', error: { reason } } },
      policy: { document: { understood: false } },
    });
    const unplaced = await under('ListTargetsForPolicy', 'p-regions');
    expect(unplaced.policies.find(({ facts }) => facts.id === 'p-regions')).toMatchObject({
      facts: { targets: { state: 'unread', error: { reason } } },
    });
    expect(unplaced.known.serviceControl).toMatchObject({ unplaced: [{ id: 'p-regions' }] });
  });

  it('a policy that is deleted meanwhile is left out', async () => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({
      operation: 'organizations:DescribePolicy',
      resource: 'p-regions',
      effect: { kind: 'error', status: 400, code: 'PolicyNotFoundException' },
    });
    const { known, policies } = await read(simulated);
    expect(policies.map(({ facts }) => facts.id)).not.toContain('p-regions');
    expect(levels(known.serviceControl)[app]).toEqual([everywhere, everywhere, everywhere, everywhere]);
  });

  it('no paths and no tree: no account has levels, and it is said why', async () => {
    await using simulated = await simulate(world({ answersNoPaths: true }));
    deny(simulated, 'ListOrganizationalUnitsForParent');
    const { known, unplaced } = await read(simulated);
    expect(levels(known.serviceControl)).toEqual({});
    expect(known.serviceControl).toMatchObject({ root: [{ id: 'p-FullAWSAccess' }] });
    expect(unplaced).toMatchObject({ reason: 'access_denied' });
  });

  it('a stop ends the reading', async () => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({
      operation: 'organizations:DescribePolicy',
      effect: { kind: 'time_out' },
    });
    const reading = read(simulated);
    const { requests } = simulated.simulator;
    await eventually(() => expect(requests.count({ operation: 'organizations:DescribePolicy' })).not.toBe(0));
    simulated.abort();
    await expect(reading).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
