import { expect, test } from 'vitest';
import type { KeyFacts } from '../../../src/posture/key-facts.ts';
import {
  role as arnOf,
  customerKey,
  data,
  type GivenKey,
  grantTo,
  organization,
  policyOf,
  root,
} from '../cross-account/cast.ts';
import { organizationWith } from '../organization-policies/organization.ts';
import { allow, deny, iamOf, identity, principalsOf, verdictOn } from './iam.ts';

const decrypt = 'kms:Decrypt';

const keyOf = (given: GivenKey): KeyFacts => {
  const { key } = customerKey(given);
  return (key.state === 'found' ? key.facts : null) as KeyFacts;
};

const session = `arn:aws:sts::${data}:assumed-role/analytics/nightly`;

test.each([
  ['a grant', { grants: [grantTo(session)] }],
  ['the key policy', { text: policyOf(allow(decrypt, { Principal: { AWS: session } })) }],
])('%s names a session of a role whose name a user has, too', (_, given) => {
  const [role, user] = [identity(data), identity(data, { type: 'user' })];
  const others = ['build', 'deploy'].map((name) => identity(data, { name }));
  for (const identities of [
    [user, role, ...others],
    [...others, role, user],
  ]) {
    const alike = principalsOf(keyOf(given), organization, [iamOf(data, ...identities)]);
    expect(verdictOn(alike, role.arn)).toMatchObject({ surely: [], atMost: [decrypt] });
    for (const { arn } of [user, ...others]) expect(verdictOn(alike, arn)).toBeNull();
  }
});

test('a resource control policy spares a role, and it is not known who is a member', () => {
  const says = [allow(decrypt)];
  const [other, spared] = [identity(data, { name: 'build', says }), identity(data, { says })];
  const condition = { ArnNotEquals: { 'aws:PrincipalArn': arnOf(data) } };
  const known = organizationWith({
    rcp: { root: { closed: [{ ...deny('kms:*'), Principal: '*', Condition: condition }] } },
  });
  const unlisted = {
    ...known,
    memberAccountIds: null,
    policies: { ...known.policies, memberAccountIds: null },
  };
  const alike = principalsOf(keyOf({}), unlisted, [iamOf(data, other, spared)]);
  expect(verdictOn(alike, spared.arn)).toMatchObject({ surely: [decrypt] });
  expect(verdictOn(alike, other.arn)).toBeNull();
});

test('of roles with the same policies and tags, only the sessions of one may have tags of their own', () => {
  const says = [allow(decrypt, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'lake' } } })];
  const trust = (Action: readonly string[]) => [{ Effect: 'Allow', Principal: { AWS: root(data) }, Action }];
  const closed = identity(data, { name: 'build', says, trust: trust(['sts:AssumeRole']) });
  const open = identity(data, { says, trust: trust(['sts:AssumeRole', 'sts:TagSession']) });
  const alike = principalsOf(keyOf({}), organization, [iamOf(data, closed, open)]);
  expect(verdictOn(alike, closed.arn)).toBeNull();
  expect(verdictOn(alike, open.arn)).toMatchObject({ surely: [], atMost: [decrypt] });
});
