import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/error.ts';
import { known, notAsked, unread } from '../../../src/aws/fact.ts';
import { attachedPolicies, readPolicyFacts } from '../../../src/posture/organization-policies/attached.ts';
import type { PolicyKnowledge } from '../../../src/posture/organization-policies/policies.ts';
import type { PolicyFacts, PolicyTarget } from '../../../src/services/organizations/facts.ts';

const full = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const site = { operation: 'organizations:ListTargetsForPolicy', accountId: '1', region: 'us-east-1' };
const denied = unread(new AwsError('access_denied', 'AccessDeniedException', site));

const target = (id: string): PolicyTarget => {
  const kind = id.startsWith('r-') ? 'root' : id.startsWith('ou-') ? 'organizational_unit' : 'account';
  return { id, kind, name: null };
};

const policy = (id: string, targets: readonly string[], more: Partial<PolicyFacts> = {}) =>
  readPolicyFacts({
    id,
    arn: null,
    type: 'SERVICE_CONTROL_POLICY',
    name: `name of ${id}`,
    description: null,
    awsManaged: false,
    content: known(full),
    targets: known(targets.map(target)),
    ...more,
  });

const account = (id: string, ...units: string[]) => ({
  id,
  organizationalUnits: units.length === 0 ? null : units,
});

function levels(knowledge: PolicyKnowledge, id: string): string[][] | undefined {
  if (knowledge.state !== 'read') throw new Error('not read');
  return knowledge.levels.get(id)?.map((level) => level.map((each) => each.id));
}

describe('levels of an account', () => {
  const everywhere = policy('p-full', ['r-1', 'ou-a', 'ou-b', '111', '222']);
  const deny = policy('p-deny', ['ou-b']);
  const knowledge = attachedPolicies(
    [everywhere, deny],
    [
      account('111', 'r-1', 'ou-a', 'ou-b'),
      account('222', 'r-1'),
      account('333'),
      account('444', 'r-1', 'ou-a'),
    ],
  );

  test('root, units on the way, the account itself', () => {
    expect(levels(knowledge, '111')).toEqual([['p-full'], ['p-full'], ['p-full', 'p-deny'], ['p-full']]);
    expect(levels(knowledge, '222')).toEqual([['p-full'], ['p-full']]);
  });

  test('a level without any policy is there, and empty: nothing is allowed at it', () => {
    expect(levels(knowledge, '444')).toEqual([['p-full'], ['p-full'], []]);
  });

  test('an account whose units are not known has none', () => {
    expect(levels(knowledge, '333')).toBeUndefined();
  });

  test('what is attached to the root', () => {
    expect(knowledge).toMatchObject({
      state: 'read',
      unplaced: [],
      root: [{ id: 'p-full', name: 'name of p-full' }],
    });
  });
});

test('accounts with the same policies share one list, whatever units they are in', () => {
  const knowledge = attachedPolicies(
    [policy('p-full', ['r-1', 'ou-a', 'ou-b', '111', '222', '333'])],
    [account('111', 'r-1', 'ou-a'), account('222', 'r-1', 'ou-b'), account('333', 'r-1')],
  );
  if (knowledge.state !== 'read') throw new Error('not read');
  expect(knowledge.levels.get('111')).toBe(knowledge.levels.get('222'));
  expect(knowledge.levels.get('333')).not.toBe(knowledge.levels.get('222'));
});

test('a policy whose targets were not read may be anywhere; one that nobody asked for is nowhere', () => {
  const type = 'RESOURCE_CONTROL_POLICY';
  const knowledge = attachedPolicies(
    [
      policy('p-lost', [], { type, targets: denied }),
      policy('p-RCPFullAWSAccess', [], { type, targets: notAsked }),
    ],
    [account('111', 'r-1')],
  );
  expect(knowledge).toMatchObject({ unplaced: [{ id: 'p-lost' }], root: [] });
  expect(levels(knowledge, '111')).toEqual([[], []]);
});

test('a policy whose document was not read is not understood', () => {
  expect(policy('p-1', [], { content: denied }).policy.document).toMatchObject({ understood: false });
  expect(policy('p-1', []).policy.document).toMatchObject({ understood: true, problem: null });
});
