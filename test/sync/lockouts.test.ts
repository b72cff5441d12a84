import { afterEach, expect, it, vi } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';

afterEach(() => vi.unstubAllEnvs());

const management = '100000000009';
const owner = '100000000001';
const users = ['100000000002', '100000000003'];
const region = 'us-east-1';
const tables = ['keys', 's3_buckets', 'coverage'].map((name) => `aws_encryption_${name}`);

/** Buckets of two accounts under a key of a third. */
function world() {
  const made = newOrganization({
    managementAccountId: management,
    regions: [{ name: region, optIn: false }],
  });
  const key = awsMaterialKey({ partition: 'aws', accountId: owner, region }, 'shared');
  addKey(addAccount(made, { id: owner }), key);
  for (const id of users) {
    const encryption = { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn } as const;
    for (const name of [`a-${id}`, `b-${id}`]) {
      const policy = bucketPolicy(name, `arn:aws:iam::${management}:root`);
      addBucket(addAccountOnce(made, id), { name, region, encryption, policy });
    }
  }
  return made;
}

function addAccountOnce(made: ReturnType<typeof newOrganization>, id: string) {
  return made.accounts.get(id) ?? addAccount(made, { id });
}

it.each([
  ['of the organization', {}],
  ['that the spec leaves out', { skip_member_accounts: [owner] }],
])('an account %s that cannot be entered is one error line, whatever needs its keys', async (_what, skip) => {
  const aws = await startSimulator(world());
  aws.faults.add({ account: owner, operation: 'sts:AssumeRole', effect: { kind: 'deny' } });
  const spec = { org: { member_role_name: 'OrganizationAccountAccessRole', ...skip } };
  const { log, rows, errors } = await syncInProcess(aws, management, spec, tables);
  await aws.close();
  expect(log.filter((line) => line.startsWith('error: '))).toEqual([
    expect.stringMatching(/sts:AssumeRole failed with AccessDenied \(account 100000000001/),
  ]);
  // What it costs the others is said where it costs them.
  const buckets = rows.coverage?.filter(
    ({ reason, table_name }) => reason === 'assume_role_denied' && table_name !== '*',
  );
  expect(buckets?.map(({ account_id }) => account_id).toSorted()).toEqual(users);
  const failed = Object.keys(skip).length > 0 ? ['s3_buckets'] : ['keys', 's3_buckets'];
  expect(errors.toSorted()).toEqual(failed);
});

it('a read of another account whose credentials expired is an error line of each who needs it', async () => {
  const aws = await startSimulator(world());
  aws.faults.add({ account: owner, operation: 'kms:DescribeKey', effect: { kind: 'expire_credentials' } });
  const spec = { org: { member_role_name: 'OrganizationAccountAccessRole' } };
  const { log } = await syncInProcess(aws, management, spec, tables);
  await aws.close();
  // Other reads of the owner may have been under way, and failed as well.
  const told = log.flatMap(
    (line) => /^error: aws_encryption_(\w+): kms:DescribeKey failed/.exec(line)?.[1] ?? [],
  );
  expect(told.toSorted()).toEqual(['keys', 's3_buckets', 's3_buckets']);
});
