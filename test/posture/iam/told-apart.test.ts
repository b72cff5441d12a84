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
