import { afterAll, beforeAll, expect, test } from 'vitest';
import { management, smallOrganization } from './small-organization.ts';
import { syncWithState, unpaced } from './state.ts';
import { startWorld, type World } from './world.ts';

/** AWS owned keys are found through resources: what a sync says that does not read those. */

let world: World;
beforeAll(async () => {
  world = await startWorld(smallOrganization());
});
afterAll(() => world.close());

const ofTables = (...names: string[]) => ({
  spec: unpaced,
  tables: names.map((name) => `aws_encryption_${name}`),
});
const aboutAwsOwned = () =>
  world.rows('aws_encryption_coverage', "table_name = 'aws_encryption_keys' and region = 'global'");

test('keys alone: not_selected, once, and the keys of KMS are complete', async () => {
  await syncWithState(world, ofTables('keys', 'coverage'));
  const rows = await world.rows('aws_encryption_coverage');
  expect(rows.filter(({ reason }) => reason === 'not_selected')).toMatchObject([
    {
      account_id: management,
      region: 'global',
      table_name: 'aws_encryption_keys',
      status: 'skipped',
      message:
        'AWS owned keys are found through other tables, which are not selected: aws_encryption_resources, aws_encryption_s3_buckets. Keys that KMS lists are not concerned.',
      rows: 0,
      last_complete_at: null,
    },
  ]);
  expect(rows.filter(({ region }) => region !== 'global').map(({ status }) => status)).not.toContain(
    'partial',
  );
});

test('one of the tables: the other is named', async () => {
  await syncWithState(world, ofTables('keys', 'coverage', 's3_buckets'));
  const [line] = await aboutAwsOwned();
  expect(line?.message).toContain('not selected: aws_encryption_resources.');
});

test('all of them: nothing to say, and what was said is gone', async () => {
  await syncWithState(world, ofTables('keys', 'coverage', 's3_buckets', 'resources'));
  expect(await aboutAwsOwned()).toEqual([]);
});
