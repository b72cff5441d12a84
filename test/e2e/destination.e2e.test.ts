import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SimAccount, SimRegion } from '../../lab/aws/model.ts';
import type { CommandResult, RunningSync } from '../../lab/sync.ts';
import { eventually } from '../eventually.ts';
import { dump } from './dump.ts';
import { addKeys, member, smallOrganization } from './small-organization.ts';
import { backend_options, syncWithState } from './state.ts';
import { startWorld, type World } from './world.ts';

/*
 * The way out fails in the middle of a sync: the destination plugin, its connection, the database. No row may be
 * lost of a key that exists, none deleted for a listing that was not written, and the next sync makes good the rest.
 */

/** More than a batch, so that rows are on their way before the sync is at its end. */
const many = 520;
const spec = {
  org: { member_role_name: 'OrganizationAccountAccessRole' },
  // Nothing here is about pacing.
  requests_per_second: { 'kms:ListGrants': 10_000, 'kms:ListKeyRotations': 10_000 },
};
const tables = ['keys', 'accounts', 'coverage'].map((name) => `aws_encryption_${name}`);
const state = backend_options.table_name;

let world: World;
let account: SimAccount;
let keys: SimRegion['keys'];
/** Ids of the member's keys whose rows were there before. */
let before: string[];

beforeAll(async () => {
  world = await startWorld(smallOrganization());
  account = world.aws.organization.accounts.get(member) as SimAccount;
  addKeys(account, 'us-east-1', ...Array.from({ length: many }, (_, index) => `many-${index}`));
  keys = (account.regions.get('us-east-1') as SimRegion).keys;
  await syncWithState(world, { spec, tables });
});
afterAll(() => world.close());

let round = 0;
let running: RunningSync | undefined;
afterEach(async () => {
  running?.kill('SIGTERM');
  await running?.result;
  running = undefined;
});

/** Deletes two keys, makes two others, and begins a sync that is held while one key of another region is read. */
async function beginSync(): Promise<RunningSync> {
  before = await ids();
  round += 1;
  for (const { metadata } of [...keys].slice(0, 2)) keys.delete(metadata.KeyId);
  addKeys(account, 'us-east-1', `new-${round}-0`, `new-${round}-1`);
  world.aws.faults.add({
    operation: 'kms:DescribeKey',
    account: member,
    region: 'eu-west-1',
    effect: { kind: 'time_out' },
  });
  running = await world.startSync({ spec, tables, source: { backend_options }, batchSize: 1 });
  return running;
}

async function ids(condition = 'true'): Promise<string[]> {
  const place = `account_id = '${member}' and region = 'us-east-1' and ${condition}`;
  return (await world.rows('aws_encryption_keys', place)).map(({ key_id }) => String(key_id)).sort();
}

async function generation(): Promise<number> {
  const [newest] = await world.query<{ newest: number }>(
    'select max(sync_generation)::int as newest from aws_encryption_keys',
  );
  return newest?.newest ?? 0;
}

const newRowsCame = async (older: number) => {
  await eventually(async () => expect((await ids(`sync_generation > ${older}`)).length).toBeGreaterThan(50));
};

/** Let go on, the sync fails as a whole, says why, and leaves neither plugins nor calls to AWS behind. */
async function expectFailure({ result, plugins }: RunningSync, says: RegExp): Promise<void> {
  const started = await plugins();
  world.aws.faults.clear();
  const ended = await result;
  expect(ended.code).toBe(1);
  expect(said(ended)).toMatch(says);
  await eventually(() => expect(world.aws.requests.inFlight).toBe(0));
  await eventually(() => {
    for (const { pid } of started) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
}

const said = ({ log }: CommandResult) =>
  log.flatMap(({ level, message, error }) => (level === 'error' ? [`${message} ${error}`] : [])).join('\n');

/** Every row of before is there, of the keys that are gone in AWS, too; the next sync tells the truth. */
async function expectHealing(): Promise<void> {
  expect(await ids()).toEqual(expect.arrayContaining(before));
  await syncWithState(world, { spec, tables });
  expect(await ids()).toEqual([...keys].map(({ metadata }) => metadata.KeyId).sort());
  expect(await world.rows('aws_encryption_coverage', "status not in ('complete', 'skipped')")).toEqual([]);
}

test('SIGKILL of the destination plugin in the middle of its rows', async () => {
  const older = await generation();
  const sync = await beginSync();
  await newRowsCame(older);
  const destination = (await sync.plugins()).find(({ command }) => command.includes('destination.js'));
  if (destination === undefined) throw new Error('the CLI has started no destination');
  process.kill(destination.pid, 'SIGKILL');
  await expectFailure(sync, /Unavailable|EOF|broken pipe|killed|closing/i);
  await expectHealing();
});

test('the connection to the database is cut in the middle of the rows', async () => {
  const older = await generation();
  const sync = await beginSync();
  await newRowsCame(older);
  await world.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await expectFailure(sync, /terminating connection|Connection terminated|connection/i);
  await expectHealing();
});

/** PostgreSQL's own words and SQLSTATE for a full disk, by a trigger: a disk of our own to fill needs root. */
async function fillDisk(table: string, condition: string): Promise<void> {
  await world.query(`
    create function full_disk() returns trigger language plpgsql as $$ begin
      raise exception 'could not extend file "base/16384/24576": No space left on device'
        using errcode = 'disk_full', hint = 'Check free disk space.';
    end $$;
    create trigger full_disk before insert on ${table} for each row ${condition} execute function full_disk()`);
}
const emptyDisk = () => world.query('drop function full_disk cascade');

test('the database says that its disk is full (a trigger says it), in the middle of the rows', async () => {
  const older = await generation();
  const sync = await beginSync();
  await newRowsCame(older);
  await fillDisk('aws_encryption_keys', "when (new.region = 'eu-west-1')");
  await expectFailure(sync, /No space left on device/);
  await emptyDisk();
  await expectHealing();
});

test('the disk is full before the state can be written: nothing else is written', async () => {
  const untouched = await dump(world);
  await fillDisk(state, '');
  const sync = await beginSync();
  await expectFailure(sync, /No space left on device/);
  await emptyDisk();
  expect(await dump(world)).toEqual(untouched);
  await expectHealing();
});

test('after all of that, the database holds what a first sync would write', async () => {
  const survived = await dump(world);
  await world.reset();
  await world.sync({ spec, tables });
  expect(survived).toEqual(await dump(world));
});
