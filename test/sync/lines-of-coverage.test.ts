import { expect, onTestFinished, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import type { BackendOptions } from '../../src/state/backend.ts';
import { ownsScope } from '../../src/sync/shard.ts';
import { type Said, syncInProcess } from '../known-faults/sync-in-process.ts';
import { stateInMemory } from './state-in-memory.ts';

/* What a sync says of a place beside what it says of each key: once, and whoever has to say it. */

const management = '100000000009';
const member = '100000000001';
const org = { member_role_name: 'OrganizationAccountAccessRole' };

async function simulated(made: SimOrganization): Promise<Simulator> {
  const aws = await startSimulator(made);
  onTestFinished(() => aws.close());
  return aws;
}

function twoAccounts(): SimOrganization {
  const made = newOrganization({ managementAccountId: management });
  addAccount(made, { id: member });
  return made;
}

async function lines(aws: Simulator, spec: object, tables: readonly string[], backend?: BackendOptions) {
  const asked = { regions: ['us-east-1'], ...spec };
  return linesOf(
    await syncInProcess(aws, management, asked, [...tables, 'aws_encryption_coverage'], backend),
  );
}

/** Account, region, table, status and reason of each line. */
const linesOf = ({ rows }: Said) =>
  (rows.coverage ?? []).map(({ account_id, region, table_name, status, reason }) =>
    [account_id, region, String(table_name).replace('aws_encryption_', ''), status, reason ?? '']
      .join(' ')
      .trim(),
  );

test('what could not be read of the organization is in the line of its accounts', async () => {
  const aws = await simulated(twoAccounts());
  aws.faults.add({ operation: 'organizations:DescribeOrganization', effect: { kind: 'deny' } });
  expect(await lines(aws, { org }, ['aws_encryption_accounts'])).toEqual([
    `${management} global accounts partial access_denied`,
  ]);
});

test('what could not be read beside the listing of accounts is told once, however many accounts lack it', async () => {
  const aws = await simulated(twoAccounts());
  aws.faults.add({ operation: 'organizations:ListTagsForResource', effect: { kind: 'deny' } });
  expect(await lines(aws, { org }, ['aws_encryption_accounts'])).toEqual([
    `${management} global accounts partial access_denied`,
  ]);
});

test('an account whose ARN tells its organization lacks nothing where DescribeOrganization is denied', async () => {
  const aws = await simulated(twoAccounts());
  aws.faults.add({ operation: 'organizations:DescribeOrganization', effect: { kind: 'deny' } });
  const errorsOf = async (spec: object) => {
    const asked = { regions: ['us-east-1'], ...spec };
    const { rows } = await syncInProcess(aws, management, asked, ['aws_encryption_accounts']);
    return rows.accounts?.map(({ account_id, organization_id, errors }) => [
      account_id,
      organization_id,
      JSON.stringify(errors).includes('DescribeOrganization'),
    ]);
  };
  expect(await errorsOf({ org })).toEqual([
    [management, expect.stringMatching(/^o-/), false],
    [member, expect.stringMatching(/^o-/), false],
  ]);
  expect(await errorsOf({})).toEqual([[management, null, true]]);
});

test('an account that cannot be entered is told of where nothing but IAM is read', async () => {
  const aws = await simulated(twoAccounts());
  aws.faults.add({ operation: 'sts:AssumeRole', account: member, effect: { kind: 'deny' } });
  const said = await lines(aws, { org, include_iam: true }, ['aws_encryption_iam_principals']);
  expect(said.filter((line) => line.startsWith(member))).toEqual([
    `${member} global iam_principals failed assume_role_denied`,
  ]);
});

test('an account of the spec that cannot be entered is told of as a whole', async () => {
  const aws = await simulated(twoAccounts());
  aws.faults.add({ operation: 'sts:AssumeRole', account: member, effect: { kind: 'deny' } });
  const role_arn = `arn:aws:iam::${member}:role/posture`;
  const accounts = [{ id: member, role_arn }, { id: management }];
  const said = await lines(aws, { accounts }, ['aws_encryption_keys']);
  expect(said.filter((line) => line.startsWith(member))).toEqual([
    `${member} global * failed assume_role_denied`,
  ]);
});

test('the line on keys that AWS owns names the tables by which they are found', async () => {
  const aws = await simulated(twoAccounts());
  const tables = ['aws_encryption_keys', 'aws_encryption_coverage'];
  const { rows } = await syncInProcess(aws, management, { org, regions: ['us-east-1'] }, tables);
  const line = rows.coverage?.find(({ region }) => region === 'global');
  expect(line?.message).toMatch(/not selected: aws_encryption_\w+(?:, aws_encryption_\w+)+\. /);
});

test('whether keys that AWS owns are looked for is told once: not without the tables that name them', async () => {
  const aws = await simulated(twoAccounts());
  const onKeys = async (tables: string[], spec = {}, backend?: BackendOptions) =>
    (await lines(aws, { org, ...spec }, tables, backend)).filter((line) => line.includes(' global keys '));
  expect(await onKeys(['aws_encryption_keys'])).toEqual([`${management} global keys skipped not_selected`]);
  const { options } = await stateInMemory();
  const all = ['aws_encryption_keys', 'aws_encryption_s3_buckets', 'aws_encryption_resources'];
  expect(await onKeys(all, { deletion: 'generation' }, options)).toEqual([
    `${management} global keys complete`,
  ]);
});

test('a region of the spec that an account has not enabled is told of once, by the shard that has it', async () => {
  const aws = await simulated(twoAccounts());
  const spec = { org, regions: ['us-east-1', 'ap-east-1'] };
  const tables = ['aws_encryption_keys', 'aws_encryption_coverage'];
  const told: string[] = [];
  for (const shard of [1, 2].map((number) => ({ number, total: 2 }))) {
    const { signal } = new AbortController();
    const said = await syncInProcess(aws, management, spec, tables, null, () => {}, signal, shard);
    const ofRegion = linesOf(said).filter((line) => line.includes('ap-east-1'));
    for (const line of ofRegion) expect(ownsScope(shard, line.split(' ')[0] ?? '', 'ap-east-1')).toBe(true);
    told.push(...ofRegion);
  }
  expect(told.sort()).toEqual([member, management].map((id) => `${id} ap-east-1 * skipped region_disabled`));
});

test('that regions of the spec could not be verified is an error, of coverage', async () => {
  const aws = await simulated(twoAccounts());
  for (const operation of ['account:ListRegions', 'ec2:DescribeRegions'])
    aws.faults.add({ operation, account: member, effect: { kind: 'deny' } });
  const tables = ['aws_encryption_keys', 'aws_encryption_coverage'];
  const said = await syncInProcess(aws, management, { org, regions: ['us-east-1'] }, tables);
  expect(said.errors).toEqual(['coverage']);
  expect(linesOf(said)).toContain(`${member} global * partial access_denied`);
});
