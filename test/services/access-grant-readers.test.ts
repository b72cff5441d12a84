import { expect, test } from 'vitest';
import { known } from '../../src/aws/fact.ts';
import type { OrganizationKnowledge } from '../../src/posture/access/knowledge.ts';
import type { IamOf } from '../../src/posture/cross-account/judged.ts';
import { resourcePosture, resourceVerdict } from '../../src/posture/resource/verdict.ts';
import { withoutKey } from '../../src/posture/resource-key.ts';
import { grantSharing } from '../../src/services/s3-access-grants/grantee.ts';
import { rulesOfGrant } from '../../src/services/s3-access-grants/rules.ts';
import {
  compute,
  customerKey,
  data,
  organization,
  policyOf,
  region,
  role,
  root,
} from '../posture/cross-account/cast.ts';
import { analytics, iamBy, told } from '../posture/cross-account/iam-case.ts';
import { allow, identity } from '../posture/iam/iam.ts';
import {
  type Given as Attached,
  denyAction,
  denyEverybody,
  organizationWith,
  outsiders,
} from '../posture/organization-policies/organization.ts';
import { allow as lets } from '../posture/resource/judge.ts';
import { oneKey } from '../posture/resource/one-key.ts';

const instance = `arn:aws:s3:${region}:${data}:access-grants/default`;
const letting = lets(instance, 's3:GetDataAccess', root(compute));

interface Given {
  readonly knowledge?: OrganizationKnowledge;
  readonly iam?: IamOf | undefined;
  /** Whether the bucket is under a customer's key. */
  readonly kms?: boolean;
  /** The policy of the instance. */
  readonly policy?: string;
}

/** What becomes of the account `compute` by a grant to a role of it, and who of it can read. */
function readers({ knowledge = organization, iam, kms = false, policy = policyOf(letting) }: Given) {
  const encryption = known({ state: kms ? 'kms' : 'aws_owned', key: null } as const);
  const given = { granteeType: 'IAM', grantee: role(compute), permission: 'READ' };
  const facts = {
    scope: { accountId: data, accountName: 'data', region, partition: 'aws' },
    resourceType: 'access_grant',
    arn: `${instance}/grant/g`,
    encryption,
    ...grantSharing(given, known(policy), encryption),
  };
  const posture = resourcePosture(facts, rulesOfGrant('READ'), knowledge);
  const key = kms ? customerKey() : withoutKey('aws_owned');
  const { operations } = resourceVerdict(posture, oneKey(key), iam);
  const [verdict] = operations.flatMap(({ entities }) => entities.map(told));
  return verdict && { use: verdict.use, who: verdict.who, rootUser: verdict.rootUser };
}

const asking = (Resource: string) => allow('s3:GetDataAccess', { Resource });

const nobody = { who: [], rootUser: 'no' };
const itself = { who: ['role/analytics'], rootUser: 'no' };

test.each([
  ['may ask the instance', asking(instance), false, { use: 'no_kms_barrier', ...itself }],
  ['may do everything', allow('*'), false, { use: 'no_kms_barrier', ...itself }],
  ['may ask another instance', asking(`${instance}2`), false, { use: 'blocked_by_iam', ...nobody }],
  ['may read buckets only', allow('s3:GetObject'), false, { use: 'blocked_by_iam', ...nobody }],
  // KMS asks the location's role in its place.
  ['may ask for what is under a key', asking(instance), true, { use: 'unknown', who: null, rootUser: null }],
  ['may not ask for what is under a key', allow('s3:GetObject'), true, { use: 'blocked_by_iam', ...nobody }],
])('the role of the grant, which %s', (_, says, kms, expected) => {
  expect(readers({ iam: iamBy([analytics(says)]), kms })).toEqual(expected);
});

test.each([
  ['understood', policyOf(letting)],
  ['in part not understood', policyOf(letting, { ...letting, Sid: 'New', NewElement: 'any' })],
])('others of its account are not let in by a policy that is %s', (_, policy) => {
  const others = [
    identity(compute, { name: 'other', says: [allow('*')] }),
    identity(compute, { type: 'user', says: [allow('*')] }),
  ];
  const alone = readers({ iam: iamBy(others), policy });
  expect(alone).toMatchObject({ ...nobody, use: expect.not.stringMatching(/possible|no_kms_barrier/) });
  const withIt = readers({ iam: iamBy([...others, analytics(asking(instance))]), policy });
  expect(withIt).toMatchObject(itself);
});

test.each<[what: string, policies: Attached, expected: string]>([
  ['nothing', {}, 'no_kms_barrier'],
  [
    'the perimeter, inside which it is',
    { rcp: { root: { Perimeter: [denyEverybody('s3:*', outsiders)] } } },
    'no_kms_barrier',
  ],
  [
    'asking everybody',
    { rcp: { root: { No: [denyEverybody('s3:GetDataAccess')] } } },
    'blocked_by_organization_policy',
  ],
  [
    'asking there',
    { scp: { [compute]: { No: [denyAction('s3:GetDataAccess')] } } },
    'blocked_by_organization_policy',
  ],
  ['reading there', { scp: { [compute]: { No: [denyAction('s3:GetObject')] } } }, 'no_kms_barrier'],
])('organization policies that deny %s', (_what, policies, expected) => {
  expect(readers({ knowledge: organizationWith(policies) })?.use).toBe(expected);
});
