import { describe, expect, test } from 'vitest';
import type { KeyFacts } from '../../../src/posture/key-facts.ts';
import {
  compute,
  customerKey,
  data,
  type GivenKey,
  grantTo,
  organization,
  policyOf,
  role,
  root,
  type Statement,
  vendor,
} from '../cross-account/cast.ts';
import { type Given, organizationWith } from '../organization-policies/organization.ts';
import { allow, deny, type GivenIdentity, iamOf, identity, principalsOf, verdictOn } from './iam.ts';

const decrypt = 'kms:Decrypt';

/** What becomes of kms:Decrypt for the role `analytics` of an account. */
type Expected = 'surely' | 'maybe' | 'no';

interface Case {
  readonly account?: string;
  readonly who?: GivenIdentity;
  readonly key?: GivenKey;
  readonly policies?: Given;
  readonly expected: Expected;
  readonly allowedBy?: readonly string[];
  readonly limitedBy?: readonly string[];
  readonly dependsOn?: readonly string[];
}

const toNobody = policyOf(allow('kms:PutKeyPolicy', { Principal: { AWS: role(data, 'admin') } }));
const to = (principal: string, more: Statement = {}) =>
  policyOf(allow(decrypt, { Principal: { AWS: principal }, ...more }));
const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const says = [allow(decrypt)];

function judge({ account = data, who = {}, key = {}, policies }: Case) {
  const { key: resolved } = customerKey(key);
  const facts = (resolved.state === 'found' ? resolved.facts : null) as KeyFacts;
  const judged = identity(account, who);
  const known = policies === undefined ? organization : organizationWith(policies);
  return verdictOn(principalsOf(facts, known, [iamOf(account, judged)]), judged.arn);
}

const toTagged = to('*', {
  Condition: { StringEquals: { 'aws:PrincipalTag/team': 'lake', 'kms:CallerAccount': data } },
});
const trusting = (...actions: readonly string[]): Statement => ({
  Effect: 'Allow',
  Principal: { AWS: root(data) },
  Action: actions,
});

const cases: Readonly<Record<string, Case>> = {
  'the key policy hands the decision to IAM, which allows': {
    who: { says },
    expected: 'surely',
    allowedBy: ['iam', 'key_policy'],
  },
  'IAM is silent': { who: { says: [allow('s3:*')] }, expected: 'no' },
  'there is no policy at all': { expected: 'no' },
  'IAM allows and denies': { who: { says: [...says, deny('kms:*')] }, expected: 'no' },
  'IAM allows another key': {
    who: { says: [allow(decrypt, { Resource: 'arn:aws:kms:eu-west-1:111122223333:key/other' })] },
    expected: 'no',
  },
  'IAM allows the key by its ARN': {
    who: { says: [allow(decrypt, { Resource: 'arn:aws:kms:*:111122223333:key/k' })] },
    expected: 'surely',
  },
  'IAM allows under a condition': {
    who: { says: [allow(decrypt, mfa)] },
    expected: 'maybe',
    dependsOn: ['aws:MultiFactorAuthPresent'],
  },
  'IAM denies under a condition': {
    who: {
      says: [...says, deny('kms:*', { Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })],
    },
    expected: 'maybe',
    dependsOn: ['aws:SourceIp'],
  },
  'the policy AWS_RAM was not read, and may deny': {
    who: { says },
    key: { ram: 'unread' },
    expected: 'maybe',
    allowedBy: ['iam', 'key_policy'],
    dependsOn: ['the policy AWS_RAM is not known, so a Deny in it is not ruled out'],
  },
  'the key policy names the role, IAM is silent': {
    key: { text: to(role(data)) },
    expected: 'surely',
    allowedBy: ['key_policy'],
  },
  'the key policy names the role by a session': {
    key: { text: to(`arn:aws:sts::${data}:assumed-role/analytics/nightly`) },
    expected: 'maybe',
  },
  'the key policy names another role': {
    key: { text: to(role(data, 'other')) },
    who: { says },
    expected: 'no',
  },
  'the key policy names nobody': { key: { text: toNobody }, who: { says }, expected: 'no' },
  'a boundary that allows': { who: { says, boundary: [allow('kms:*')] }, expected: 'surely' },
  'a silent boundary caps what IAM allows': {
    who: { says: [allow(['kms:Decrypt', 'kms:Encrypt'])], boundary: [allow('kms:Encrypt')] },
    expected: 'no',
    limitedBy: ['boundary'],
  },
  'a silent boundary caps what names the role': {
    key: { text: to(role(data)) },
    who: { boundary: [allow('s3:*')] },
    expected: 'no',
  },
  'a silent boundary does not cap what names the user': {
    key: { text: to(`arn:aws:iam::${data}:user/analytics`) },
    who: { type: 'user', boundary: [allow('s3:*')] },
    expected: 'surely',
  },
  'a silent boundary beside a grant': {
    key: { grants: [grantTo(role(data))] },
    who: { boundary: [allow('s3:*')] },
    expected: 'maybe',
    allowedBy: ['grant'],
    dependsOn: ['the permissions boundary is silent'],
  },
  'a silent boundary beside anyone': {
    key: { text: to('*', { Condition: { StringEquals: { 'kms:CallerAccount': data } } }) },
    who: { boundary: [allow('s3:*')] },
    expected: 'maybe',
  },
  'a Deny with NotPrincipal spares the role': {
    key: {
      statements: [
        { Effect: 'Deny', NotPrincipal: { AWS: [role(data), root(data)] }, Action: 'kms:*', Resource: '*' },
      ],
    },
    who: { says },
    expected: 'surely',
  },
  'a Deny with NotPrincipal hits whoever has a boundary': {
    key: {
      statements: [
        { Effect: 'Deny', NotPrincipal: { AWS: [role(data), root(data)] }, Action: decrypt, Resource: '*' },
      ],
    },
    who: { says, boundary: [allow('*')] },
    expected: 'no',
  },
  'a grant in the own account needs no IAM': {
    key: { grants: [grantTo(role(data))] },
    expected: 'surely',
    allowedBy: ['grant'],
  },
  'IAM denies beside a grant': {
    key: { grants: [grantTo(role(data))] },
    who: { says: [deny(decrypt)] },
    expected: 'no',
  },
  'another account needs both sides': {
    account: compute,
    key: { text: to(root(compute)) },
    who: { says },
    expected: 'surely',
    allowedBy: ['iam', 'key_policy'],
  },
  'another account, named by its role, needs IAM, too': {
    account: compute,
    key: { text: to(role(compute)) },
    expected: 'no',
  },
  'another account that is not let in': { account: compute, who: { says }, expected: 'no' },
  'a grant to a role of another account whose IAM is silent': {
    account: compute,
    key: { grants: [grantTo(role(compute))] },
    expected: 'maybe',
    dependsOn: ['no policy of the principal allows what the grant gives'],
  },
  'RAM lets another account in': {
    account: compute,
    key: { ram: [allow(decrypt, { Principal: { AWS: root(compute) } })] },
    who: { says },
    expected: 'surely',
    allowedBy: ['iam', 'ram'],
  },
  'an SCP that allows nothing of KMS': {
    who: { says },
    policies: { detached: [data], scp: { [data]: { only: [allow('s3:*')] } } },
    expected: 'no',
  },
  'an SCP that denies': {
    account: compute,
    key: { text: to(root(compute)) },
    who: { says },
    policies: { scp: { root: { region: [deny('kms:*')] } } },
    expected: 'no',
  },
  'SCPs that were not read': { who: { says }, policies: { scp: 'not_read' }, expected: 'maybe' },
  'an RCP that denies the own account, too': {
    who: { says },
    policies: { rcp: { root: { closed: [{ ...deny('kms:*'), Principal: '*' }] } } },
    expected: 'no',
  },
  'a service-linked role is under no organization policy': {
    who: { says, path: '/aws-service-role/autoscaling.amazonaws.com/' },
    policies: {
      scp: { root: { closed: [deny('kms:*')] } },
      rcp: { root: { all: [{ ...deny('*'), Principal: '*' }] } },
    },
    expected: 'surely',
  },
  'a tag of the role decides': {
    key: {
      text: to('*', {
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'lake', 'kms:CallerAccount': data } },
      }),
    },
    who: { tags: { Team: 'lake' } },
    expected: 'surely',
  },
  'a tag that the role does not have': {
    key: {
      text: to('*', {
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'lake', 'kms:CallerAccount': data } },
      }),
    },
    who: { tags: { team: 'web' } },
    expected: 'no',
  },
  'the key policy lets somebody of another account in by a statement that nobody understands': {
    account: compute,
    key: { text: to(root(compute), { Condition: { StringSounds: { 'aws:username': 'x' } } }) },
    who: { says },
    expected: 'maybe',
  },
  'the key policy cannot be read at all, and another account allows': {
    account: compute,
    key: { text: '{' },
    who: { says },
    expected: 'maybe',
  },
  'a tag that only sessions of the role may have': {
    key: { text: toTagged },
    who: { trust: [trusting('sts:AssumeRole', 'sts:TagSession')] },
    expected: 'maybe',
    dependsOn: ['aws:PrincipalTag/team'],
  },
  'a tag in whose place sessions of the role may have another': {
    key: { text: toTagged },
    who: { tags: { team: 'lake' }, trust: [trusting('sts:*')] },
    expected: 'maybe',
  },
  'a Deny by a tag that sessions of the role may not have': {
    who: {
      says: [...says, deny('kms:*', { Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'lake' } } })],
      trust: [trusting('sts:AssumeRoleWithSAML', 'sts:TagSession')],
    },
    expected: 'maybe',
  },
  'a tag of the role, whose sessions can have no others': {
    key: { text: toTagged },
    who: { tags: { team: 'lake' }, trust: [trusting('sts:AssumeRole')] },
    expected: 'surely',
  },
  'a tag that neither the role nor its sessions can have': {
    key: { text: toTagged },
    who: { trust: [trusting('sts:AssumeRole')] },
    expected: 'no',
  },
  'a variable in the Resource that sessions of the role may fill': {
    who: {
      says: [allow(decrypt, { Resource: `arn:aws:kms:*:*:key/\${aws:PrincipalTag/key}` })],
      trust: [trusting('sts:AssumeRole', 'sts:TagSession')],
    },
    expected: 'maybe',
  },
  'a variable in the Resource is filled by the role': {
    who: {
      says: [allow(decrypt, { Resource: `arn:aws:kms:*:*:key/\${aws:PrincipalTag/key}` })],
      tags: { key: 'k' },
    },
    expected: 'surely',
  },
  'a variable that has no value matches nothing': {
    who: { says: [allow(decrypt, { Resource: `arn:aws:kms:*:*:key/\${aws:PrincipalTag/key}` })] },
    expected: 'no',
  },
  'a default in the place of a missing variable': {
    who: { says: [allow(decrypt, { Resource: `arn:aws:kms:*:*:key/\${aws:PrincipalTag/key, 'k'}` })] },
    expected: 'surely',
  },
  'all but NotAction': {
    who: { says: [allow([], { Action: undefined, NotAction: 'iam:*' })] },
    expected: 'surely',
  },
  'all but NotResource': {
    who: { says: [allow(decrypt, { Resource: undefined, NotResource: 'arn:aws:kms:*:*:key/k' })] },
    expected: 'no',
  },
  'outside the organization': {
    account: vendor,
    key: { text: to(root(vendor)) },
    who: { says },
    policies: { scp: { root: { closed: [deny('kms:*')] } } },
    expected: 'surely',
  },
};

describe('kms:Decrypt for a role, by all policies', () => {
  test.each(Object.entries(cases))('%s', (_, given) => {
    const verdict = judge(given);
    const is = (list: readonly string[] | undefined) => list?.includes(decrypt) === true;
    const what = is(verdict?.surely) ? 'surely' : is(verdict?.atMost) ? 'maybe' : 'no';
    expect(what).toBe(given.expected);
    const { allowedBy, limitedBy, dependsOn } = given;
    expect(verdict ?? {}).toMatchObject({
      ...(allowedBy && { allowedBy }),
      ...(limitedBy && { limitedBy }),
      ...(dependsOn && { dependsOn }),
    });
  });
});

test('the root user needs no IAM policy, where the key policy names its account', () => {
  const { key } = customerKey({ text: to(root(compute)) });
  const facts = (key.state === 'found' ? key.facts : null) as KeyFacts;
  const alike = principalsOf(facts, organization, []);
  expect(verdictOn(alike, root(data))).toBeNull();
  expect(verdictOn(alike, root(compute))).toMatchObject({ surely: [decrypt], allowedBy: ['key_policy'] });
});
