import { expect, test } from 'vitest';
import { denialOf, remedyOf } from '../../src/aws/denial.ts';
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

test('what helps names the policy where AWS does', () => {
  const remedy = (said: string) => {
    const denial = denialOf(`${refused} ${said}`);
    return denial && remedyOf(denial);
  };
  expect(remedy(`with an explicit deny in a service control policy: ${scp}`)).toBe(
    'have the organization exempt the role from service control policy p-guardrail',
  );
  expect(remedy('with an explicit deny in a service control policy')).toBe(
    'have the organization exempt the role from that service control policy',
  );
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
