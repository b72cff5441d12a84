import { expect, test } from 'vitest';
import { isAttached, organizationPolicies } from '../../../lab/aws/organization-policies.ts';
import { accountId, generate } from '../../../lab/aws/organizations/generate.ts';

const size = { accounts: 2, regions: 1, keysPerRegion: 1 };

test('each level has as many policies as AWS allows', () => {
  const organization = generate({ ...size, organizationPolicies: true });
  const policies = organizationPolicies(organization);
  const attached = (type: string, target: string) =>
    policies.filter((policy) => policy.type === type && isAttached(organization, policy, target));
  for (const target of [
    organization.root.id,
    ...organization.organizationalUnits.map(({ id }) => id),
    accountId(1),
  ]) {
    // AWS's own among them, of which RCPFullAWSAccess counts in no quota.
    expect(attached('SERVICE_CONTROL_POLICY', target)).toHaveLength(10);
    expect(attached('RESOURCE_CONTROL_POLICY', target)).toHaveLength(6);
  }
  expect(generate(size).policies.size).toBe(0);
});

test('shared keys let in an account, a stranger and the organization', () => {
  const policyOf = (sharedKeys: boolean) =>
    generate({ ...size, sharedKeys })
      .accounts.get(accountId(1))
      ?.regions.get('us-east-1')
      ?.keys.after(undefined, 1)[0]?.policy;
  for (const one of [accountId(2), '999900001111', 'o-generated1']) expect(policyOf(true)).toContain(one);
  expect(policyOf(false)).not.toContain('o-generated1');
});
