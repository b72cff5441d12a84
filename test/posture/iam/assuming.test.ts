import { expect, test } from 'vitest';
import type { OrganizationKnowledge } from '../../../src/posture/access/knowledge.ts';
import type { Identity } from '../../../src/posture/iam/account-iam.ts';
import { Assuming, accountsTrustedBy } from '../../../src/posture/iam/assuming.ts';
import { Rights } from '../../../src/posture/iam/rights.ts';
import { readPolicy } from '../../../src/posture/policy/document.ts';
import { compute, data, organization, policyOf, role, root, type Statement } from '../cross-account/cast.ts';
import { organizationWith } from '../organization-policies/organization.ts';
import { allow, deny, type GivenIdentity, iamOf, identity } from './iam.ts';

const assume = 'sts:AssumeRole';

/** The role of `data` that others become. */
const reached = (...trust: readonly Statement[]): Identity => ({
  ...identity(data, { name: 'reader' }),
  trust: readPolicy(policyOf(...trust), 'of_resources'),
});

const trusts = (principal: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: principal,
  Action: assume,
  ...more,
});

interface Case {
  readonly trust: readonly Statement[];
  readonly account?: string;
  readonly who?: GivenIdentity;
  readonly organization?: OrganizationKnowledge;
  readonly expected: boolean;
}

const mayAssume = [allow(assume)];

const cases: Readonly<Record<string, Case>> = {
  'the own account is trusted, and IAM allows': {
    trust: [trusts({ AWS: root(data) })],
    who: { says: mayAssume },
    expected: true,
  },
  'the own account is trusted, and IAM is silent': { trust: [trusts({ AWS: root(data) })], expected: false },
  'the role of the own account is trusted': { trust: [trusts({ AWS: role(data) })], expected: true },
  'the role of another account is trusted, and its IAM is silent': {
    trust: [trusts({ AWS: role(compute) })],
    account: compute,
    expected: false,
  },
  'another account is trusted with an external id': {
    trust: [trusts({ AWS: root(compute) }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })],
    account: compute,
    who: { says: mayAssume },
    expected: true,
  },
  'IAM allows another role': {
    trust: [trusts({ AWS: root(data) })],
    who: { says: [allow(assume, { Resource: role(data, 'other') })] },
    expected: false,
  },
  'IAM allows the role by its ARN': {
    trust: [trusts({ AWS: root(data) })],
    who: { says: [allow(assume, { Resource: role(data, 'reader') })] },
    expected: true,
  },
  'a Deny of the trust policy': {
    trust: [trusts({ AWS: root(data) }), { ...trusts({ AWS: role(data) }), Effect: 'Deny' }],
    who: { says: mayAssume },
    expected: false,
  },
  'a service control policy denies': {
    trust: [trusts({ AWS: root(compute) })],
    account: compute,
    who: { says: mayAssume },
    organization: organizationWith({ scp: { root: { closed: [deny('sts:AssumeRole')] } } }),
    expected: false,
  },
  'a resource control policy over the role denies': {
    trust: [trusts({ AWS: root(compute) })],
    account: compute,
    who: { says: mayAssume },
    organization: organizationWith({ rcp: { storage: { closed: [{ ...deny('sts:*'), Principal: '*' }] } } }),
    expected: false,
  },
  'all of an organization are trusted': {
    trust: [
      trusts('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': organization.organizationId } } }),
    ],
    account: compute,
    who: { says: mayAssume },
    expected: true,
  },
  'nobody understands whom the trust policy names': {
    trust: [trusts({ AWS: root(compute) }, { Condition: { StringSounds: { 'aws:username': 'x' } } })],
    account: compute,
    who: { says: mayAssume },
    expected: true,
  },
  'only a service is trusted': {
    trust: [trusts({ Service: 'ec2.amazonaws.com' })],
    who: { says: mayAssume },
    expected: false,
  },
  'a session is trusted': {
    trust: [trusts({ AWS: `arn:aws:sts::${data}:assumed-role/analytics/nightly` })],
    expected: true,
  },
};

test.each(Object.entries(cases))('whether a role can become another: %s', (_, given) => {
  const { trust, account = data, who = {}, organization: known = organization, expected } = given;
  const [to, from] = [reached(...trust), identity(account, who)];
  const iam = iamOf(account, from, identity(account, { name: 'build' }));
  const isAsked = (accountsTrustedBy(to) ?? [account]).includes(account);
  const ways = new Assuming(new Rights()).waysThrough([to], known, (id) => (id === account ? iam : null), [
    account,
  ]);
  expect(isAsked && (ways.get(from)?.includes(to) ?? false)).toBe(expected);
});
