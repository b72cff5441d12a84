import { afterAll, expect, test } from 'vitest';
import { membershipOf } from '../../../lab/aws/iam/organization.ts';
import { readObject } from '../../../lab/aws/iam/read-object.ts';
import type { Identity } from '../../../lab/aws/iam/request.ts';
import type { SimOrganization } from '../../../lab/aws/model.ts';
import { demo } from '../../../lab/aws/organizations/demo.ts';
import { demoAccounts } from '../../../lab/aws/organizations/demo-accounts.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { syncInProcess } from '../../known-faults/sync-in-process.ts';

const organization = demo();

let simulator: Simulator | undefined;
afterAll(() => simulator?.close());

const role = (of: SimOrganization, account: string, name: string): Identity => ({
  kind: 'role',
  account,
  membership: membershipOf(of, account),
  arn: `arn:aws:iam::${account}:role/${name}`,
  session: `arn:aws:sts::${account}:assumed-role/${name}/s1`,
});
const partner = role(organization, demoAccounts.vendor, 'export');
const analytics = role(organization, demoAccounts.compute, 'analytics');
const read = (bucket: string, caller: Identity) => readObject(organization, { caller, bucket, object: 'x' });

test('the RCP and the SCP each lock out a reader whom bucket and key let in', () => {
  const byRcp = read('data-lake-stopped-by-rcp', partner);
  expect(byRcp).toMatchObject({ refused: 'kms:Decrypt', by: 'resource_control', policyId: 'p-demoperim1' });
  const byScp = read('data-lake-stopped-by-scp', analytics);
  expect(byScp).toMatchObject({ refused: 's3:GetObject', by: 'service_control', policyId: 'p-demoregion' });
  const policies = new Map(organization.policies);
  organization.policies.clear();
  expect(read('data-lake-stopped-by-rcp', partner).refused).toBeNull();
  expect(read('data-lake-stopped-by-scp', analytics).refused).toBeNull();
  organization.policies = policies;
});

test("the article's readers still read, and services still use the keys", () => {
  expect(read('data-lake-customer-key', analytics).refused).toBeNull();
  expect(read('data-lake-shared-by-ram', analytics).refused).toBeNull();
});

test('a sync says which policy locks whom out', async () => {
  simulator = await startSimulator(organization);
  const spec = { org: { member_role_name: 'OrganizationAccountAccessRole' } };
  const { rows } = await syncInProcess(simulator, demoAccounts.management, spec, [
    'aws_encryption_s3_buckets',
  ]);
  const row = (name: string) => rows.s3_buckets?.find((each) => each.name === name);
  expect(row('data-lake-stopped-by-rcp')).toMatchObject({
    cross_account_read: 'blocked_by_organization_policy',
    blocked_account_ids: [demoAccounts.vendor],
    organization_policy_ids: ['p-demoperim1'],
  });
  expect(row('data-lake-stopped-by-scp')).toMatchObject({
    cross_account_read: 'blocked_by_organization_policy',
    blocked_account_ids: [demoAccounts.compute],
    organization_policy_ids: ['p-demoregion'],
  });
  expect(row('data-lake-customer-key')).toMatchObject({ cross_account_read: 'possible' });
});
