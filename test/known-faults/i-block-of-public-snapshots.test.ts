import { describe, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';
import { compute, data, region } from '../posture/cross-account/cast.ts';

const operation = 'ec2:GetSnapshotBlockPublicAccessState';

/** Two public snapshots, one that is shared besides, and one that is neither. */
async function rowsUnder(state: string | 'denied', managedBy = 'account') {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const add = resourcesIn(account, region);
  add.snapshot({ id: 'snap-all', sharedWith: ['all'] });
  add.snapshot({ id: 'snap-both', sharedWith: ['all', compute] });
  add.snapshot({ id: 'snap-own' });
  if (state !== 'denied') add.blockPublicSnapshots(state, managedBy);
  await using simulated = await simulate(organization);
  if (state === 'denied') simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
  const sink = new RecordingSink(resources);
  await visitResources(simulated, sink, { accountId: data, region }, ['ebs']);
  expect(simulated.simulator.requests.count({ operation })).toBe(1);
  const rows = sink.rows(resources).map((row) => [String(row.arn).split('/').at(-1), row] as const);
  return new Map(rows);
}

describe('a public snapshot', () => {
  test('is private under block-all-sharing, but for the accounts that it names', async () => {
    const rows = await rowsUnder('block-all-sharing', 'declarative-policy');
    expect(rows.get('snap-all')).toMatchObject({
      shared_with_anyone: false,
      cross_account_use: 'not_shared',
      snapshot_block_public_access: 'block-all-sharing',
      snapshot_block_managed_by: 'declarative-policy',
      explanation: expect.stringContaining('block-all-sharing'),
    });
    expect(rows.get('snap-both')).toMatchObject({
      shared_with_anyone: false,
      shared_account_ids: [compute],
      cross_account_use: 'no_kms_barrier',
    });
  });

  test.each(['block-new-sharing', 'unblocked'])('stays public under %s', async (state) => {
    const rows = await rowsUnder(state);
    expect(rows.get('snap-all')).toMatchObject({
      shared_with_anyone: true,
      cross_account_use: 'no_kms_barrier',
      snapshot_block_public_access: state,
      snapshot_block_managed_by: 'account',
    });
  });

  test.each(['denied', 'block-something-new'])('is not known to be public or not: %s', async (state) => {
    const rows = await rowsUnder(state);
    expect(rows.get('snap-all')).toMatchObject({ shared_with_anyone: null, cross_account_use: 'unknown' });
    expect(rows.get('snap-both')).toMatchObject({
      shared_account_ids: [compute],
      usable_account_ids: [compute],
    });
    expect(rows.get('snap-own')).toMatchObject({
      shared_with_anyone: false,
      cross_account_use: 'not_shared',
      errors: null,
    });
  });
});
