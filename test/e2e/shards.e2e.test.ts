import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { ownsScope } from '../../src/sync/shard.ts';
import { empty } from './changing-organization.ts';
import { differences, dump } from './dump.ts';
import { holdings, syncWithState, unpaced } from './state.ts';
import { startWorld, type World } from './world.ts';

/*
 * A sync divided among four machines, as an indexed Kubernetes Job runs it, into one database with one state table.
 */

const total = 4;
const numbers = Array.from({ length: total }, (_, index) => index + 1);
/** Shards that run at the same time: the rest would only wait for the processor. */
const atOnce = pLimit(2);

let world: World;

beforeAll(async () => {
  world = await startWorld(demo());
});
afterAll(() => world.close());

/** IAM of accounts that are another shard's is read for the verdicts of this one's. */
const spec = { ...unpaced, include_iam: true };

const syncShard = (number: number) => syncWithState(world, { spec, args: [`--shard=${number}/${total}`] });

/** What one sync of everything writes into an empty database. */
async function fresh(): Promise<Record<string, string[]>> {
  const another = await startWorld(world.aws.organization);
  const result = await another.sync({ spec });
  const dumped = await dump(another);
  await another.close();
  expect(result.code).toBe(0);
  return dumped;
}

/** A shard that does not read an account's buckets does not know which keys they name, and its coverage says so. */
const isTold = (line: string): boolean => !line.includes('aws_encryption_foreign_keys');

test('four shards write exactly the rows of one sync', async () => {
  await Promise.all(numbers.map((number) => atOnce(() => syncShard(number))));
  expect(differences(await dump(world), await fresh()).filter(isTold)).toEqual([]);
  const sources = await world.query(
    'select distinct _cq_source_name as name from aws_encryption_keys order by name',
  );
  expect(sources.map(({ name }) => name)).toEqual(
    numbers.map((number) => `aws-encryption_${number}_${total}`),
  );
});

test('each deletes what is gone in its own scopes', async () => {
  const { organization } = world.aws;
  const data = organization.accounts.get(demoAccounts.data);
  for (const region of data?.regions.values() ?? []) empty(region);
  data?.buckets.clear();
  organization.accounts.delete(demoAccounts.security);
  await Promise.all(numbers.map((number) => atOnce(() => syncShard(number))));
  expect(differences(await dump(world), await fresh()).filter(isTold)).toEqual([]);
});

test('one that cannot enter an account says so, keeps its rows, and takes its word back', async () => {
  const accountId = demoAccounts.compute;
  const isOwner = (number: number) => ownsScope({ number, total }, accountId, 'global');
  const [stranger = 0] = numbers.filter((number) => !isOwner(number));
  const before = await holdings(world);
  world.aws.faults.add({ operation: 'sts:AssumeRole', account: accountId, effect: { kind: 'deny' } });
  await syncShard(stranger);
  world.aws.faults.clear();
  const during = await holdings(world);
  const counts = (found: typeof before) => found.rows(accountId).map((line) => line.replace(/ of .*/, ''));
  expect(counts(during)).toEqual(counts(before));
  expect(during.coverage(accountId)).toContain('global * failed assume_role_denied');

  await syncShard(stranger);
  expect((await holdings(world)).coverage(accountId)).toEqual(before.coverage(accountId));
});

test('the division may change: one sync goes on where four shards were', async () => {
  world.aws.faults.add({
    operation: 'sts:AssumeRole',
    account: demoAccounts.compute,
    effect: { kind: 'deny' },
  });
  await Promise.all([1, 2].map((number) => atOnce(() => syncShard(number))));
  world.aws.faults.clear();
  await syncWithState(world, { spec });
  expect(differences(await dump(world), await fresh()).filter(isTold)).toEqual([]);
  const generations = await world.query('select distinct sync_generation from aws_encryption_keys');
  expect(generations).toHaveLength(1);
});
