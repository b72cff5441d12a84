import { describe, expect, it } from 'vitest';
import { toAwsError } from '../../src/aws/to-aws-error.ts';
import fault from './13-advice-of-access-denied.json' with { type: 'json' };

const site = { operation: 'kms:ListKeys', accountId: '100000000001', region: 'eu-west-1' };
const caller =
  'arn:aws:sts::100000000001:assumed-role/cloudquery-aws-encryption-member/cloudquery-aws-encryption';
const beginning = `User: ${caller} is not authorized to perform: kms:ListKeys`;

/** The advice of the error for what AWS said. */
function advice(said: string, { code = 'AccessDeniedException', operation = site.operation } = {}): string {
  const thrown = Object.assign(new Error(said), { name: code, $metadata: { httpStatusCode: 400 } });
  const error = toAwsError(thrown, { ...site, operation });
  expect(error.reason).toBe(operation === 'sts:AssumeRole' ? 'assume_role_denied' : 'access_denied');
  return error.message.slice(error.message.lastIndexOf('; ') + 2);
}

const named = (message: string): string =>
  /(?:deny in an? |because no )(.+? policy|permissions boundary)/.exec(message)?.[1] ?? 'nothing';

it.each(fault.cases)('$message', ({ message }) => {
  expect(advice(message.replace('…', beginning))).toContain(named(message));
});

describe('a policy that denies and one that does not allow are mended differently', () => {
  it.each([
    ['service control policy', /have the organization exempt/, /have the organization allow/],
    ['resource control policy', /have the organization exempt/, /have the organization allow/],
    ['permissions boundary', /out of the Deny/, /allow the action/],
    ['session policy', /out of the Deny/, /allow the action/],
    ['VPC endpoint policy', /exempt the role/, /allow the action/],
    ['resource-based policy', /exempt the role/, /allow the role/],
    ['identity-based policy', /out of the Deny/, /allow the action/],
  ])('%s', (policy, explicit, implicit) => {
    const article = policy.startsWith('i') ? 'an' : 'a';
    const arn = 'arn:aws:organizations::100000000001:policy/o-bugs000001/service_control_policy/p-1234';
    const denied = advice(`${beginning} with an explicit deny in ${article} ${policy}: ${arn}`);
    const notAllowed = advice(`${beginning} because no ${policy} allows the kms:ListKeys action`);
    for (const said of [denied, notAllowed]) expect(said).toContain(policy);
    expect(denied).toMatch(explicit);
    expect(notAllowed).toMatch(implicit);
  });
});

it('a role is assumed by leave of both sides: AWS says which refuses', () => {
  const assume = { code: 'AccessDenied', operation: 'sts:AssumeRole' };
  const begun = `User: ${caller} is not authorized to perform: sts:AssumeRole`;
  expect(advice(`${begun} with an explicit deny in a service control policy`, assume)).toContain(
    'exempt the role from that service control policy',
  );
  expect(advice(`${begun} because no role trust policy allows the sts:AssumeRole action`, assume)).toContain(
    'role trust policy of the role that is assumed trust the caller',
  );
  expect(advice(`${begun} with an explicit deny in the role trust policy`, assume)).toContain(
    'exempt the caller in the role trust policy',
  );
  expect(advice(begun, assume)).toBe(
    'check that the role exists there and trusts the caller and the external id',
  );
});

it('where AWS names no policy, all that may be missing is said', () => {
  expect(advice('Access Denied')).toBe(
    'allow the action for the role in its IAM policy and, for a key, in the key policy',
  );
});

it('the longest sentence that AWS writes still names its policy', () => {
  const resource = `arn:aws:kms:ap-southeast-1:100000000001:key/mrk-${'0'.repeat(32)}`;
  const said = `User: arn:aws:sts::100000000001:assumed-role/${'r'.repeat(50)}-${'s'.repeat(13)}/${'n'.repeat(50)}-${'m'.repeat(13)} is not authorized to perform: kms:GetKeyRotationStatus on resource: ${resource} with an explicit deny in a service control policy`;
  expect(said.length).toBeGreaterThan(300);
  expect(advice(said)).toContain('service control policy');
});
