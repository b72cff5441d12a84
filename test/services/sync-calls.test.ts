import { expect, onTestFinished, test } from 'vitest';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { generate } from '../../lab/aws/organizations/generate.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { callsOfSync, rowsOfSync, type Uniform } from '../../scripts/docs/sync-calls.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';

/* What docs/cost.md says that a sync takes: the same formulas, against what AWS is asked and what is written. */

async function synced({ buckets, ...options }: Uniform) {
  const organization = generate(options);
  for (const account of organization.accounts.values()) {
    for (let index = 0; index < buckets; index++) {
      addBucket(account, { name: `bucket-${account.id}-${index}`, region: 'us-east-1' });
    }
  }
  const aws = await startSimulator(organization);
  onTestFinished(() => aws.close());
  const org = { member_role_name: 'OrganizationAccountAccessRole' };
  const { rows } = await syncInProcess(aws, organization.managementAccountId, { org });
  return {
    calls: aws.requests.byOperation(),
    rows: Object.values(rows).reduce((sum, { length }) => sum + length, 0),
  };
}

test.each<Uniform>([
  { accounts: 1, regions: 1, keysPerRegion: 0, buckets: 0 },
  { accounts: 1, regions: 17, keysPerRegion: 1, buckets: 10 },
  { accounts: 2, regions: 3, keysPerRegion: 1, buckets: 1 },
  { accounts: 21, regions: 1, keysPerRegion: 1, buckets: 0 },
  { accounts: 3, regions: 2, keysPerRegion: 0, buckets: 2 },
])('$accounts accounts × $regions regions × $keysPerRegion keys, $buckets buckets', async (organization) => {
  const { calls, rows } = await synced(organization);
  expect(calls).toEqual(Object.fromEntries(callsOfSync(organization)));
  expect(rows).toBe(rowsOfSync(organization));
});
