import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import type { Effect } from '../../lab/aws/faults.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { collect } from '../../src/aws/paging.ts';
import type { ScopeAccess } from '../../src/aws/scope-access.ts';
import { ebsReads } from '../../src/services/ebs/calls.ts';
import { describeRegions } from '../../src/services/ec2/describe-regions.ts';
import { rdsReads } from '../../src/services/rds/calls.ts';
import { snsReads } from '../../src/services/sns/calls.ts';
import { type Simulated, simulate } from './simulated.ts';

const accountId = '222222222222';
const region = 'eu-west-1';

let simulated: Simulated;
let access: ScopeAccess;
beforeAll(async () => {
  const organization = newOrganization();
  const add = resourcesIn(addAccount(organization, { id: accountId }), region);
  add.dbSnapshot({ id: 'one' });
  add.dbClusterSnapshot({ id: 'one' });
  add.snapshot({ id: 'one' });
  simulated = await simulate(organization, {}, { maxRetries: 0 });
  access = simulated.aws.open(await simulated.aws.session(simulated.as(accountId)), accountId, region);
});
afterAll(() => simulated[Symbol.asyncDispose]());

const sns = () => snsReads(access);
const rds = () => rdsReads(access);
const ebs = () => ebsReads(access);

/** Every operation that is called by AWS Query, where there is little or nothing to answer. */
const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['sns:ListTopics', () => collect(sns().listTopics())],
  ['rds:DescribeDBInstances', () => collect(rds().instances())],
  ['rds:DescribeDBClusters', () => collect(rds().clusters())],
  ['rds:DescribeDBSnapshots', () => collect(rds().snapshots())],
  ['rds:DescribeDBClusterSnapshots', () => collect(rds().clusterSnapshots())],
  ['rds:DescribeDBSnapshotAttributes', () => rds().snapshotSharing('one')],
  ['rds:DescribeDBClusterSnapshotAttributes', () => rds().clusterSnapshotSharing('one')],
  ['ec2:DescribeRegions', () => describeRegions(access, 'enabled')],
  ['ec2:DescribeSnapshots', () => collect(ebs().snapshots())],
  ['ec2:DescribeVolumes', () => collect(ebs().volumes())],
  ['ec2:DescribeSnapshotAttribute', () => ebs().snapshotSharing('one')],
  ['ec2:GetSnapshotBlockPublicAccessState', () => ebs().snapshotBlockPublicAccess()],
  ['ec2:GetEbsEncryptionByDefault', () => ebs().encryptionDefault()],
];
const effects: readonly Effect[] = [
  { kind: 'empty_body' },
  { kind: 'truncated_body' },
  { kind: 'malformed_body' },
  { kind: 'html', status: 200 },
  { kind: 'error', status: 200, code: 'Throttling' },
];

describe.each(calls)('%s', (operation, ask) => {
  it('is answered', async () => {
    await expect(ask()).resolves.toBeDefined();
  });

  it.each(effects)('$kind is no answer, and nothing is not "none"', async (effect) => {
    const fault = simulated.simulator.faults.add({ operation, effect });
    await expect(ask()).rejects.toMatchObject({ reason: 'malformed_answer' });
    fault.remove();
  });
});
