import { expect, onTestFinished, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';

/* The rows of accounts, and their line of coverage. */

const management = '100000000009';
const member = '100000000001';
const org = { member_role_name: 'OrganizationAccountAccessRole' };
const tables = ['aws_encryption_accounts', 'aws_encryption_coverage'];

/** An organization with one member, and what a test makes of it. */
async function simulated(options: Partial<SimOrganization> = {}): Promise<Simulator> {
  const made = newOrganization({ managementAccountId: management, ...options });
  addAccount(made, { id: member, tags: new Map([['team', 'a']]) });
  const aws = await startSimulator(made);
  onTestFinished(() => aws.close());
  return aws;
}

/** The names of the operations that failed, by account; null: none. */
const failedOf = (rows: Awaited<ReturnType<typeof syncInProcess>>['rows']) =>
  Object.fromEntries(
    (rows.accounts ?? []).map(({ account_id, errors }) => [
      account_id,
      errors === null ? null : Object.keys(errors as object),
    ]),
  );

test.each([
  ['aws', 'us-east-1', 'eu-west-1'],
  ['aws-cn', 'cn-northwest-1', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
])('tags are asked for at the home of the partition %s', async (partition, home, other) => {
  const regions = [home, other].map((name) => ({ name, optIn: false }));
  const aws = await simulated({ partition, regions });
  const { rows } = await syncInProcess(aws, management, { org, regions: [other] }, tables);
  expect(failedOf(rows)).toEqual({ [management]: null, [member]: null });
  const operation = 'organizations:ListTagsForResource';
  expect([home, other].map((region) => aws.requests.count({ operation, region }))).toEqual([2, 0]);
});

test('that a unit of the spec has no account is said of the organization, not of each account', async () => {
  const unit = { name: 'empty', id: 'ou-exam-11111111', parentId: 'r-exam' };
  const aws = await simulated({ organizationalUnits: [unit] });
  const spec = { org: { ...org, organization_units: ['r-exam', unit.id] } };
  const { rows } = await syncInProcess(aws, management, spec, tables);
  expect(failedOf(rows)).toEqual({ [management]: null, [member]: null });
  expect(rows.coverage).toMatchObject([{ account_id: management, status: 'partial', reason: 'not_found' }]);
});

test('a listing that tells of the organization and of names in it failed once', async () => {
  const aws = await simulated();
  aws.faults.add({ operation: 'organizations:ListRoots', effect: { kind: 'deny' } });
  const { rows } = await syncInProcess(aws, management, { org }, [...tables, 'aws_encryption_keys']);
  expect(failedOf(rows)).toEqual({
    [management]: ['organizations:ListRoots'],
    [member]: ['organizations:ListRoots'],
  });
  const line = rows.coverage?.find(({ table_name }) => table_name === 'aws_encryption_accounts');
  expect(line?.failed_operations).toEqual({ 'organizations:ListRoots': { AccessDeniedException: 1 } });
});
