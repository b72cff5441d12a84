import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SimAccount, SimRegion } from '../../lab/aws/model.ts';
import type { RunningSync } from '../../lab/sync.ts';
import { eventually } from '../eventually.ts';
import { differences, dump } from './dump.ts';
import { addKeys, member, smallOrganization } from './small-organization.ts';
import { backend_options, syncWithState, unpaced } from './state.ts';
import { startWorld, type World } from './world.ts';

/*
 * SIGKILL at every point of a sync that something could depend on. No row may be lost of a key that still exists,
 * and the next sync makes good whatever was left.
 */

/** More than a batch, so that rows are on their way before the sync is at its end. */
const many = 600;
const state = backend_options.table_name;

let world: World;
let account: SimAccount;
let keys: SimRegion['keys'];
let running: RunningSync | undefined;
let generation = 1;
let round = 0;

beforeAll(async () => {
  world = await startWorld(smallOrganization());
  account = world.aws.organization.accounts.get(member) as SimAccount;
  addKeys(account, 'us-east-1', ...Array.from({ length: many }, (_, index) => `many-${index}`));
  keys = (account.regions.get('us-east-1') as SimRegion).keys;
  await syncWithState(world);
});
afterAll(() => world.close());

/** Ids of keys whose rows must survive: they were there before the sync, and they exist. */
let lasting: string[];

/** Some keys go, others come. */
function changeKeys(): void {
  round += 1;
  for (const { metadata } of [...keys].slice(0, 5)) keys.delete(metadata.KeyId);
  lasting = [...keys].map(({ metadata }) => metadata.KeyId);
  addKeys(account, 'us-east-1', ...Array.from({ length: 5 }, (_, index) => `new-${round}-${index}`));
}

afterEach(async () => {
  await kill('everything');
  await world.query('rollback');
  world.aws.faults.clear();
});

async function start(): Promise<void> {
  const [newest] = await world.query<{ generation: number }>(
    'select max(sync_generation)::int as generation from aws_encryption_keys',
  );
  generation = (newest?.generation ?? 0) + 1;
  world.aws.requests.clear();
  running = await world.startSync({ spec: unpaced, source: { backend_options }, batchSize: 1 });
}

/** Ends processes of the sync as no program can prepare for. */
async function kill(what: 'plugin' | 'cli' | 'everything'): Promise<void> {
  if (running === undefined) return;
  const plugins = await running.plugins();
  if (what !== 'plugin') running.kill('SIGKILL');
  const killed = plugins.filter(({ command }) => what === 'everything' || command.includes('dist/main.js'));
  // Without its CLI a plugin would serve on.
  for (const { pid } of killed) process.kill(pid, 'SIGKILL');
  await running.result;
  running = undefined;
}

/** Holds the sync while one key of the other region is read: all others have their rows. */
const holdReading = () =>
  world.aws.faults.add({
    operation: 'kms:DescribeKey',
    account: member,
    region: 'eu-west-1',
    effect: { kind: 'time_out' },
  });

async function ids(condition = 'true'): Promise<string[]> {
  const place = `account_id = '${member}' and region = 'us-east-1' and ${condition}`;
  return (await world.rows('aws_encryption_keys', place)).map(({ key_id }) => String(key_id)).sort();
}

const newRowsCame = () =>
  eventually(async () => expect((await ids(`sync_generation = ${generation}`)).length).toBeGreaterThan(400));
/** Somebody waits for a lock that this test holds. */
const somebodyWaits = () =>
  eventually(async () => {
    const waiting = await world.query('select from pg_locks where not granted');
    expect(waiting.length).toBeGreaterThan(0);
  });

test.each<[string, 'plugin' | 'cli', () => Promise<void>]>([
  [
    'the plugin, before it knows the organization',
    'plugin',
    async () => {
      world.aws.faults.add({ operation: 'organizations:ListAccounts', effect: { kind: 'time_out' } });
      await start();
      await eventually(() =>
        expect(world.aws.requests.count({ operation: 'organizations:ListAccounts' })).toBeGreaterThan(0),
      );
    },
  ],
  [
    'the plugin, before the state knows the new generation',
    'plugin',
    async () => {
      await world.query(`begin; lock table ${state} in exclusive mode`);
      await start();
      await somebodyWaits();
    },
  ],
  [
    'the plugin, in the middle of its rows',
    'plugin',
    async () => {
      holdReading();
      await start();
      await newRowsCame();
    },
  ],
  [
    'the CLI, in the middle of the rows',
    'cli',
    async () => {
      holdReading();
      await start();
      await newRowsCame();
    },
  ],
  [
    'the plugin, after its deletions and before the state knows them',
    'plugin',
    async () => {
      const held = holdReading();
      await start();
      await newRowsCame();
      await world.query(`begin; lock table ${state} in exclusive mode`);
      held.remove();
      await somebodyWaits();
    },
  ],
  [
    'the CLI, after the state knows of deletions that the database has not done yet',
    'cli',
    async () => {
      await start();
      await world.query(
        `begin; select from aws_encryption_keys where account_id = $1 and region = 'us-east-1'
         and not key_id = any ($2) for update`
          .replace('$1', `'${member}'`)
          .replace('$2', `'{${lasting}}'`),
      );
      await somebodyWaits();
      await eventually(async () => {
        const [known] = await world.query(
          `select from ${state} where value like '%"superseded":"%${generation - 1}"%'`,
        );
        expect(known).toBeDefined();
      });
    },
  ],
])('SIGKILL of %s: no row is lost, and the next sync heals', async (_, victim, reachPoint) => {
  changeKeys();
  await reachPoint();
  await kill(victim);
  await world.query('rollback');
  world.aws.faults.clear();
  expect(await ids()).toEqual(expect.arrayContaining(lasting));

  await syncWithState(world);
  expect(await ids()).toEqual([...keys].map(({ metadata }) => metadata.KeyId).sort());
  const generations = await world.query('select distinct sync_generation from aws_encryption_keys');
  expect(generations).toHaveLength(1);
  expect(await world.rows('aws_encryption_coverage', "status not in ('complete', 'skipped')")).toEqual([]);
});

test('after all of that, the database holds what a first sync would write', async () => {
  const survived = await dump(world);
  await world.reset();
  await world.sync({ spec: unpaced });
  expect(differences(survived, await dump(world))).toEqual([]);
});
