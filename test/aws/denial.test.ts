import { expect, test } from 'vitest';
import { type Denial, denialOf, isOfCaller, isOfOrganization, remedyOf } from '../../src/aws/denial.ts';
import { AwsError, type Reason } from '../../src/aws/error.ts';
import { coverageReason } from '../../src/sync/coverage-reason.ts';

const refused =
  'User: arn:aws:sts::111:assumed-role/r/s is not authorized to perform: kms:ListKeys on resource: *';
const scp = 'arn:aws:organizations::999999999999:policy/o-example/service_control_policy/p-guardrail';

// As AWS writes them since it adds the policy's ARN (AWS security blog, "Enhanced access denied error messages").
test.each([
  [`with an explicit deny in a service control policy: ${scp}`, 'p-guardrail'],
  [
    `with an explicit deny in a service control policy: ${scp}. Encoded authorization failure message: abc`,
    'p-guardrail',
  ],
  [
    'with an explicit deny in a resource control policy: arn:aws-us-gov:organizations::9:policy/o-1/resource_control_policy/p-data1',
    'p-data1',
  ],
  ['with an explicit deny in a service control policy', null],
  ['because no service control policy allows the kms:ListKeys action', null],
  ['with an explicit deny in an identity-based policy: arn:aws:iam::111:policy/p-own', null],
])('%s: %s', (said, policyId) => {
  expect(denialOf(`${refused} ${said}`)).toMatchObject({ policyId });
});

const bucketOrKey = "the resource-based policy (a key's key policy, a bucket's bucket policy)";

// AWS's sentences (IAM user guide, "Troubleshoot access denied error messages", read 2026-11-30), and what helps.
test.each([
  [
    `with an explicit deny in a service control policy: ${scp}`,
    'have the organization exempt the role from service control policy p-guardrail',
  ],
  [
    'with an explicit deny in a service control policy',
    'have the organization exempt the role from that service control policy',
  ],
  [
    'because no service control policy allows the kms:ListKeys action',
    'have the organization allow the action by a service control policy at every level above the account',
  ],
  [
    `with an explicit deny in a resource control policy: ${scp.replace('service', 'resource')}`,
    'have the organization exempt the role from resource control policy p-guardrail',
  ],
  [
    'because no resource control policy allows the kms:ListKeys action',
    'have the organization allow the action by a resource control policy at every level above the account',
  ],
  [
    'with an explicit deny in a permissions boundary',
    "take the action out of the Deny in the role's permissions boundary",
  ],
  [
    'because no permissions boundary allows the kms:ListKeys action',
    "allow the action in the role's permissions boundary, too",
  ],
  [
    'with an explicit deny in a session policy',
    'take the action out of the Deny in the session policy that the credentials were issued with',
  ],
  [
    'because no session policy allows the kms:ListKeys action',
    'allow the action in the session policy that the credentials were issued with, or issue them without',
  ],
  [
    'with an explicit deny in a VPC endpoint policy',
    'exempt the role in the VPC endpoint policy of the network that the plugin runs in',
  ],
  [
    'because no VPC endpoint policy allows the kms:ListKeys action',
    'allow the action in the VPC endpoint policy of the network that the plugin runs in',
  ],
  ['with an explicit deny in a resource-based policy', `exempt the role in ${bucketOrKey}`],
  ['because no resource-based policy allows the kms:ListKeys action', `allow the role in ${bucketOrKey}`],
  [
    'with an explicit deny in the role trust policy',
    'exempt the caller in the role trust policy of the role that is assumed',
  ],
  [
    'because no role trust policy allows the sts:AssumeRole action',
    'let the role trust policy of the role that is assumed trust the caller, with its external id',
  ],
  [
    'with an explicit deny in an identity-based policy',
    'take the action out of the Deny in the identity-based policy (IAM) of the role',
  ],
  [
    'Because no identity-based policy allows the kms:ListKeys action',
    'allow the action in an identity-based policy (IAM) of the role',
  ],
])('%s: %s', (said, help) => {
  const denial = denialOf(`${refused} ${said}`);
  expect(denial && remedyOf(denial)).toBe(help);
});

test.each([
  '',
  'by a service control policy',
  'because no policy allows it',
  'with an explicit deny in a quota',
])('no policy is named by %o', (said) => {
  expect(denialOf(`${refused} ${said}`)).toBeNull();
});

test.each<[kind: Denial['policy'], isOfCaller: boolean, isOfOrganization: boolean]>([
  ['service control policy', true, true],
  ['resource control policy', true, true],
  ['permissions boundary', true, false],
  ['session policy', true, false],
  ['VPC endpoint policy', true, false],
  ['identity-based policy', true, false],
  ['resource-based policy', false, false],
  ['role trust policy', false, false],
])('%s: of the caller %s, of the organization %s', (kind, ofCaller, ofOrganization) => {
  const denial = denialOf(`${refused} because no ${kind} allows the action`);
  expect(denial && [isOfCaller(denial), isOfOrganization(denial)]).toEqual([ofCaller, ofOrganization]);
});

test.each<[reason: Reason, said: string, word: string]>([
  ['access_denied', 'with an explicit deny in a service control policy', 'denied_by_organization_policy'],
  [
    'access_denied',
    `with an explicit deny in a service control policy: ${scp}`,
    'denied_by_organization_policy',
  ],
  ['access_denied', 'because no service control policy allows the action', 'denied_by_organization_policy'],
  ['access_denied', 'with an explicit deny in a resource control policy', 'denied_by_organization_policy'],
  [
    'assume_role_denied',
    'with an explicit deny in a service control policy',
    'denied_by_organization_policy',
  ],
  ['access_denied', 'because no identity-based policy allows the action', 'access_denied'],
  ['access_denied', 'with an explicit deny in a permissions boundary', 'access_denied'],
  ['access_denied', '', 'access_denied'],
  ['not_found', 'with an explicit deny in a service control policy', 'not_found'],
])('%s %s is %s in coverage', (reason, said, word) => {
  const site = { operation: 'kms:ListKeys', accountId: '111111111111', region: 'us-east-1' };
  expect(coverageReason(new AwsError(reason, 'AccessDenied', site, `${refused} ${said}`))).toBe(word);
});
