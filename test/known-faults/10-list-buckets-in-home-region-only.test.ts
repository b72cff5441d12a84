import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { faultFile, strike, syncInProcess } from './sync-in-process.ts';

const management = '100000000009';
const owner = '100000000001';
const fault = faultFile('10-list-buckets-in-home-region-only.json');
const tables = ['aws_encryption_s3_buckets', 'aws_encryption_coverage'];

function world(names: readonly string[], partition = 'aws') {
  const regions = names.map((name) => ({ name, optIn: false }));
  const made = newOrganization({ managementAccountId: management, partition, regions });
  const account = addAccount(made, { id: owner });
  account.publicAccessBlock = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  for (const region of names) {
    const publicAccessBlock = null;
    addBucket(account, { name: `lake-${region}`, region, publicAccessBlock });
  }
  return made;
}

describe('buckets are listed where it is allowed', () => {
  it('in a region that the spec names', async () => {
    const aws = await startSimulator(world(['us-east-1', 'eu-west-1', 'ap-south-1']));
    strike(aws, fault);
    const { rows } = await syncInProcess(aws, management, fault.spec, tables);
    const names = ['lake-ap-south-1', 'lake-eu-west-1', 'lake-us-east-1'];
    expect(rows.s3_buckets?.map(({ name }) => name).toSorted()).toEqual(names);
    expect(rows.coverage?.filter(({ status }) => status !== 'complete')).toEqual([]);
    await aws.close();
  });

  it('in default_region, which is asked first', async () => {
    const aws = await startSimulator(world(['us-east-1', 'eu-west-1', 'ap-south-1']));
    strike(aws, fault);
    const role_arn = `arn:aws:iam::${owner}:role/OrganizationAccountAccessRole`;
    const spec = { accounts: [{ id: 'd', role_arn, default_region: 'ap-south-1' }] };
    const { rows } = await syncInProcess(aws, management, spec, tables);
    expect(rows.s3_buckets).toHaveLength(3);
    expect(aws.requests.count({ operation: 's3:ListBuckets' })).toBe(1);
    await aws.close();
  });

  it.each([
    ['aws', 'us-east-1', 'eu-west-1'],
    ['aws-cn', 'cn-northwest-1', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
  ])(
    'in %s without any hint, Block Public Access of the account read there, too',
    async (partition, home, other) => {
      const aws = await startSimulator(world([home, other], partition));
      for (const operation of ['s3:ListBuckets', 's3control:GetPublicAccessBlock']) {
        aws.faults.add({ operation, region: home, effect: { kind: 'deny' } });
      }
      const spec = { org: fault.spec.org, custom_endpoint_partition_id: partition };
      const { rows } = await syncInProcess(aws, management, spec, tables);
      expect(
        rows.s3_buckets?.map(({ effective_restrict_public_buckets }) => effective_restrict_public_buckets),
      ).toEqual([true, true]);
      // Two accounts: each is refused once, and begins the second listing where the first one served.
      const refused = aws.requests.count({ operation: 's3:ListBuckets', region: home });
      expect(refused).toBe(0);
      expect(aws.requests.count({ operation: 's3control:GetPublicAccessBlock', region: home })).toBe(2);
      await aws.close();
    },
  );
});

describe('buckets that cannot be listed', () => {
  it('denied everywhere: the denial is said, with where it was asked', async () => {
    const aws = await startSimulator(world(['us-east-1', 'eu-west-1']));
    aws.faults.add({ operation: 's3:ListBuckets', effect: { kind: 'deny' } });
    aws.faults.add({
      operation: 's3:ListBuckets',
      region: 'us-east-1',
      effect: { kind: 'error', status: 403, code: 'RegionDisabled' },
    });
    const { rows } = await syncInProcess(aws, management, fault.spec, tables);
    const line = rows.coverage?.find(({ account_id, status }) => account_id === owner && status === 'failed');
    expect(line).toMatchObject({ reason: 'access_denied', table_name: 'aws_encryption_s3_buckets' });
    expect(line?.message).toMatch(/\(asked in us-east-1, ap-south-1, .*\); allow the action/);
    await aws.close();
  });

  it('from the second page on are not begun again elsewhere', async () => {
    const aws = await startSimulator(world(['us-east-1', 'eu-west-1', 'ap-south-1']));
    aws.faults.add({ operation: 's3:ListBuckets', effect: { kind: 'short_pages', entries: 1 } });
    aws.faults.add({ operation: 's3:ListBuckets', page: 2, effect: { kind: 'deny' } });
    const { rows } = await syncInProcess(aws, management, fault.spec, tables);
    expect(rows.s3_buckets).toHaveLength(1);
    expect(rows.coverage).toContainEqual(
      expect.objectContaining({ account_id: owner, status: 'partial', reason: 'access_denied' }),
    );
    await aws.close();
  });

  it('throttled: another region is not asked', async () => {
    const aws = await startSimulator(world(['us-east-1', 'ap-south-1']));
    aws.faults.add({ operation: 's3:ListBuckets', region: 'us-east-1', effect: { kind: 'throttle' } });
    await syncInProcess(aws, management, fault.spec, tables);
    expect(aws.requests.count({ operation: 's3:ListBuckets', region: 'ap-south-1' })).toBe(0);
    await aws.close();
  });
});
