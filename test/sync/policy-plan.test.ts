import { expect, test } from 'vitest';
import { policyPlan } from '../../src/sync/policy-plan.ts';
import { organizationPolicies } from '../../src/tables/organization-policies.ts';

const member = '100000000001';
const management = '100000000009';
const known = { id: 'o-1', managementAccountId: management, unreadReason: null };
const unknown = { id: null, managementAccountId: null, unreadReason: 'access_denied' } as const;
const none = { id: null, managementAccountId: null, unreadReason: null };
const notByOrg = { state: 'left_out', problem: 'they are read with `org` only' };

test.each([
  ['an account in no organization', null, none, { state: 'no_organization' }],
  ['an account whose organization is known', null, known, notByOrg],
  ['an account of which it is not known whether it is in one', null, unknown, notByOrg],
  [
    'an organization by a member',
    member,
    known,
    { state: 'read', askedAccountId: member, ownerAccountId: management },
  ],
  [
    'an organization that could be listed only',
    member,
    none,
    { state: 'read', askedAccountId: member, ownerAccountId: member },
  ],
])('what is done about policies: %s', (_, listedBy, organization, plan) => {
  expect(policyPlan({ listedBy, organization }, [organizationPolicies], true)).toEqual(plan);
});

test('nobody asks, or the spec leaves them out', () => {
  expect(policyPlan({ listedBy: member, organization: known }, [], true)).toEqual({ state: 'not_needed' });
  expect(policyPlan(null, [organizationPolicies], true)).toEqual({ state: 'not_needed' });
  expect(policyPlan({ listedBy: member, organization: known }, [organizationPolicies], false)).toEqual({
    state: 'left_out',
    problem: '`include_organization_policies` is false',
  });
});
