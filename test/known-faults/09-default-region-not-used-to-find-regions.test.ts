import { afterEach, describe, expect, it, vi } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { faultFile, strike, syncInProcess } from './sync-in-process.ts';

afterEach(() => vi.unstubAllEnvs());

const management = '100000000009';
const owner = '100000000001';
const fault = faultFile('09-default-region-not-used-to-find-regions.json');
const tables = ['aws_encryption_keys', 'aws_encryption_coverage'];

/** A member with a key in each of its regions. */
function world(names: readonly string[], partition = 'aws'): SimOrganization {
  const regions = names.map((name) => ({ name, optIn: false }));
  const made = newOrganization({ managementAccountId: management, partition, regions });
  const account = addAccount(made, { id: owner });
  for (const region of names) {
    addKey(account, awsMaterialKey({ partition, accountId: owner, region }, `key of ${region}`));
  }
  return made;
}

/** How what was to be read was read. */
const read = (coverage: readonly Readonly<Record<string, unknown>>[] | undefined) =>
  coverage?.map(({ status }) => status).filter((status) => status !== 'skipped');

it('finds the regions where the home region is forbidden: keys of all enabled regions', async () => {
  const aws = await startSimulator(world(['us-east-1', 'eu-west-1', 'ap-south-1']));
  strike(aws, fault);
  const { rows } = await syncInProcess(aws, management, fault.spec, tables);
  expect(rows.keys?.map(({ region }) => region).toSorted()).toEqual(['ap-south-1', 'eu-west-1', 'us-east-1']);
  expect(read(rows.coverage)).toEqual(['complete', 'complete', 'complete']);
  const asked = { operation: 'ec2:DescribeRegions' };
  expect(aws.requests.count({ ...asked, region: 'eu-west-1' })).toBe(1);
  expect(aws.requests.count(asked)).toBe(1);
  await aws.close();
});

describe.each([
  ['aws', 'us-east-1', 'eu-west-1'],
  ['aws-cn', 'cn-northwest-1', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
])('in %s, where %s is forbidden', (partition, home, other) => {
  const account = { id: 'd', role_arn: `arn:${partition}:iam::${owner}:role/OrganizationAccountAccessRole` };

  it('regions are found in another one without any hint', async () => {
    const aws = await startSimulator(world([home, other], partition));
    aws.faults.add({ region: home, operation: 'account:*', effect: { kind: 'deny' } });
    aws.faults.add({ region: home, operation: 'ec2:*', effect: { kind: 'deny' } });
    // The default credentials have no region; what names the partition is the spec's emulator.
    const spec = { accounts: [account], custom_endpoint_partition_id: partition };
    const { rows } = await syncInProcess(aws, management, spec, tables);
    expect(rows.keys?.map(({ region }) => region).toSorted()).toEqual([home, other].toSorted());
    await aws.close();
  });

  it('roles are assumed in another one, and only the first of them asks twice', async () => {
    const made = world([home, other], partition);
    addAccount(made, { id: '100000000002' });
    const aws = await startSimulator(made);
    aws.faults.add({ region: home, operation: 'sts:AssumeRole', effect: { kind: 'deny' } });
    const spec = {
      org: { member_role_name: 'OrganizationAccountAccessRole' },
      custom_endpoint_partition_id: partition,
    };
    const { rows } = await syncInProcess(aws, management, spec, tables);
    expect(rows.keys?.map(({ account_id }) => account_id)).toEqual([owner, owner]);
    expect(new Set(read(rows.coverage))).toEqual(new Set(['complete']));
    await aws.close();
  });
});

describe('what is denied everywhere', () => {
  it('is said in one sentence, with the regions that were asked', async () => {
    const aws = await startSimulator(world(['us-east-1', 'eu-west-1']));
    for (const operation of ['account:*', 'ec2:*']) aws.faults.add({ operation, effect: { kind: 'deny' } });
    const { rows } = await syncInProcess(aws, management, fault.spec, tables);
    expect(rows.coverage?.filter(({ status }) => status !== 'skipped')).toMatchObject([
      { account_id: owner, table_name: '*', status: 'failed', reason: 'access_denied' },
    ]);
    expect(rows.coverage?.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('account:ListRegions failed with AccessDeniedException'),
    );
    expect(aws.requests.count({ operation: 'ec2:DescribeRegions' })).toBeLessThanOrEqual(6);
    await aws.close();
  });

  it('is a role that does not trust the caller: asked for once', async () => {
    const made = world(['us-east-1', 'eu-west-1']);
    made.accounts.get(owner)?.roles.clear();
    const aws = await startSimulator(made);
    const { rows } = await syncInProcess(aws, management, fault.spec, tables).catch(() => ({ rows: {} }));
    expect(rows).not.toHaveProperty('keys');
    expect(aws.requests.count({ operation: 'sts:AssumeRole' })).toBe(1);
    await aws.close();
  });
});

it.each(['throttle', 'deny'] as const)('%s: only a denial has another region asked', async (kind) => {
  const aws = await startSimulator(world(['us-east-1', 'eu-west-1']));
  aws.faults.add({ operation: 'account:*', effect: { kind: 'deny' } });
  aws.faults.add({ operation: 'ec2:*', region: 'us-east-1', effect: { kind } });
  const { accounts } = fault.spec as { accounts: readonly { role_arn: string }[] };
  const spec = { accounts: [{ id: 'd', role_arn: accounts[0]?.role_arn }] };
  await syncInProcess(aws, management, spec, tables);
  expect(aws.requests.count({ operation: 'ec2:DescribeRegions', region: 'eu-west-1' })).toBe(
    kind === 'deny' ? 1 : 0,
  );
  await aws.close();
});
