import { expect, onTestFinished, test } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import type { Message } from '../../src/sync/message.ts';
import { ownsScope } from '../../src/sync/shard.ts';
import { eventually } from '../eventually.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';
import { type StateInMemory, stateInMemory } from './state-in-memory.ts';

/* Syncs that follow each other, with a state between them: what is deleted, and what coverage says of the rest. */

const management = '111111111111';
const [first, second] = ['100000000001', '100000000002'] as const;
const regions = ['us-east-1', 'eu-west-1'] as const;
const tables = ['aws_encryption_accounts', 'aws_encryption_keys', 'aws_encryption_coverage'];
const org = { member_role_name: 'OrganizationAccountAccessRole' };

interface World {
  readonly aws: Simulator;
  readonly state: StateInMemory;
  readonly accounts: Readonly<Record<typeof first | typeof second, SimAccount>>;
  sync(
    spec?: Readonly<Record<string, unknown>>,
    hear?: (message: Message) => void,
    chosen?: readonly string[],
  ): ReturnType<typeof syncInProcess>;
}

/** Lets a key of a region go, for good. */
function deleteKeys(account: SimAccount, region: string): void {
  const { keys } = account.regions.get(region) ?? {};
  for (const { metadata } of [...(keys ?? [])]) keys?.delete(metadata.KeyId);
}

/** Two members with a key in each of two regions. */
async function world(): Promise<World> {
  const made = newOrganization({ regions: regions.map((name) => ({ name, optIn: true })) });
  const member = (id: string) => {
    const account = addAccount(made, { id, name: id, enabledRegions: new Set(regions) });
    for (const region of regions)
      addKey(account, awsMaterialKey({ partition: 'aws', accountId: id, region }, 'a'));
    return account;
  };
  const accounts = { [first]: member(first), [second]: member(second) };
  const aws = await startSimulator(made);
  onTestFinished(() => aws.close());
  const state = await stateInMemory();
  const sync: World['sync'] = (spec = {}, hear = () => {}, chosen = tables) =>
    syncInProcess(aws, management, { org, ...spec }, chosen, state.options, hear);
  return { aws, state, accounts, sync };
}

type Said = Awaited<ReturnType<typeof syncInProcess>>;
/** What is deleted of a table: `<account> <region> <generation>`. */
const deleted = ({ deletions }: Said, table: string) =>
  deletions
    .filter((each) => each.table === table)
    .map(({ account_id, region = '*', sync_generation }) => `${account_id} ${region} ${sync_generation}`)
    .sort();
/** As `deleted` has it: of these generations, in these places. */
const of = (account: string, places: readonly string[], ...generations: readonly number[]) =>
  places.flatMap((place) => generations.map((each) => `${account} ${place} ${each}`)).sort();
/** Lines of coverage about a whole place. */
const places = ({ rows }: Said) =>
  (rows.coverage ?? [])
    .filter(({ table_name }) => table_name === '*')
    .map(({ account_id, region, status, reason }) => `${account_id} ${region} ${status} ${reason}`)
    .sort();

test('before a row is sent, the state is told of its place and generation', async () => {
  const { state, sync } = await world();
  const untold: unknown[] = [];
  let rows = 0;
  const hear = (message: Message) => {
    if (message.kind !== 'insert') return;
    for (const { cells } of message.rows) {
      rows += 1;
      const { account_id: account, region = 'global' } = cells as Record<string, string>;
      const told = JSON.parse(state.values.get(`aws-encryption/${account}/${region}`) ?? '{"units":{}}');
      const units = Object.entries(told.units) as [string, { rows?: string }][];
      const unit = units.find(([name]) => {
        const short = message.table.name.replace('aws_encryption_', '');
        return name.startsWith(`${short}/`);
      });
      if (unit?.[1].rows !== `${message.generation}`) untold.push([cells, told]);
    }
  };
  await sync({}, hear);
  expect(rows).toBeGreaterThan(10);
  expect(untold).toEqual([]);
});

test('rows that the state cannot be told of are not sent', async () => {
  const { state, sync } = await world();
  state.refuseWrites(true);
  const sent: string[] = [];
  const hear = (message: Message) => {
    if (message.kind === 'insert') sent.push(message.table.name);
  };
  await expect(sync({}, hear)).rejects.toThrow(
    'The state table remembered could not be written: the disk is full; check',
  );
  expect(sent).toEqual([]);
});

test('rows of a place that was listed go by their generation, at the end; where listing failed they stay', async () => {
  const { aws, state, accounts, sync } = await world();
  const one = await sync();
  // Rows of before there was a state have generation 0.
  expect(deleted(one, 'keys')).toEqual([...of(first, regions, 0), ...of(second, regions, 0)]);
  expect(deleted(one, 'coverage')).toEqual([first, second, management].flatMap((id) => of(id, ['*'], 0)));

  deleteKeys(accounts[first], 'us-east-1');
  const deny = aws.faults.add({
    operation: 'kms:ListKeys',
    account: second,
    region: 'us-east-1',
    effect: { kind: 'deny' },
  });
  const kinds: string[] = [];
  const two = await sync({}, ({ kind }) => kinds.push(kind));
  expect(deleted(two, 'keys')).toEqual([...of(first, regions, 0, 1), ...of(second, ['eu-west-1'], 0, 1)]);
  expect(kinds.lastIndexOf('insert')).toBeLessThan(kinds.indexOf('barrier'));
  expect(kinds.lastIndexOf('insert')).toBeLessThan(kinds.indexOf('delete'));
  expect(kinds.slice(kinds.indexOf('barrier'), kinds.indexOf('delete'))).toEqual(['barrier', 'barrier']);

  deny.remove();
  const three = await sync();
  // What was deleted is deleted once more: the destination may have lost it.
  expect(deleted(three, 'keys')).toEqual([
    ...of(first, ['eu-west-1'], 0, 1, 2),
    ...of(first, ['us-east-1'], 0, 1),
    ...of(second, ['eu-west-1'], 0, 1, 2),
    ...of(second, ['us-east-1'], 0, 1),
  ]);
  const lines = (three.rows.coverage ?? []).filter(({ table_name }) => table_name === 'aws_encryption_keys');
  expect(new Set(lines.map((line) => line.last_complete_generation))).toEqual(new Set([3, null]));
  await eventually(() => expect(state.connections()).toBe(0));
});

test('an account that is gone takes its rows with it; what is not read today keeps them, and coverage says why', async () => {
  const { aws, accounts, sync } = await world();
  await sync();
  aws.organization.accounts.delete(first);
  accounts[second].enabledRegions.delete('eu-west-1');
  const gone = await sync();
  expect(deleted(gone, 'keys')).toEqual([...of(first, regions, 0, 1), ...of(second, ['us-east-1'], 0, 1)]);
  expect(deleted(gone, 'accounts')).toEqual(of(first, ['*'], 0, 1));
  expect(deleted(gone, 'coverage')).toEqual(expect.arrayContaining(of(first, ['*'], 0)));
  expect(deleted(gone, 'coverage')).toEqual(expect.arrayContaining(of(first, regions, 0, 1)));
  expect(places(gone)).toEqual([`${second} eu-west-1 skipped region_disabled`, expect.anything()]);
  const disabled = gone.rows.coverage?.find(({ reason }) => reason === 'region_disabled');
  expect(disabled?.last_complete_at).toBeInstanceOf(Date);

  accounts[second].enabledRegions.add('eu-west-1');
  const narrowed = await sync({ regions: ['us-east-1'] });
  // Those of the account that is gone once more: the destination may have lost it.
  expect(deleted(narrowed, 'keys')).toEqual([
    ...of(first, regions, 0, 1),
    ...of(second, ['us-east-1'], 0, 1, 2),
  ]);
  expect(places(narrowed)).toEqual([`${second} eu-west-1 skipped not_selected`, expect.anything()]);

  const skipping = await sync({ org: { ...org, skip_member_accounts: [second] } });
  expect(deleted(skipping, 'keys')).toEqual([]);
  expect(places(skipping)).toEqual([`${second} global skipped not_selected`, expect.anything()]);
});

test('an account whose role is denied keeps its rows, and its earlier lines of coverage are over', async () => {
  const { aws, sync } = await world();
  await sync();
  aws.faults.add({ operation: 'sts:AssumeRole', account: second, effect: { kind: 'deny' } });
  const denied = await sync();
  expect(deleted(denied, 'keys')).toEqual(of(first, regions, 0, 1));
  expect(places(denied)).toEqual([`${second} global failed assume_role_denied`, expect.anything()]);
  expect(deleted(denied, 'coverage')).toEqual(expect.arrayContaining(of(second, regions, 0, 1)));
});

test('who is read by another way than the organization is not gone when the spec no longer names it', async () => {
  const { aws, state } = await world();
  const role = (id: string) => ({
    id,
    role_arn: `arn:aws:iam::${id}:role/${org.member_role_name}`,
  });
  const sync = (...ids: string[]) =>
    syncInProcess(aws, management, { accounts: ids.map(role) }, tables, state.options);
  await sync(first, second);
  const one = await sync(second);
  expect(deleted(one, 'keys')).toEqual(of(second, regions, 0, 1));
  expect(places(one)).toEqual([`${first} global skipped not_selected`]);
});

test.each([
  ['none', []],
  ['generation', [`${first} global skipped account_left`]],
])('with `deletion: %s` nothing is deleted', async (deletion, left) => {
  const { aws, sync } = await world();
  const given = { deletion };
  await sync(given);
  aws.organization.accounts.delete(first);
  const two = await sync(given);
  expect(two.deletions).toEqual([]);
  expect(places(two)).toEqual([...left, expect.anything()]);
  const line = two.rows.coverage?.find(({ reason }) => reason === 'account_left');
  if (deletion === 'generation') expect(line).toMatchObject({ last_complete_generation: 2 });
});

test('of a region where nothing was left there is nothing to say when it is disabled', async () => {
  const { accounts, sync } = await world();
  await sync();
  deleteKeys(accounts[second], 'eu-west-1');
  await sync();
  accounts[second].enabledRegions.delete('eu-west-1');
  expect(places(await sync())).toEqual([expect.stringContaining(`${management} global`)]);
});

test('where regions were not asked for, nothing is said of them; what was said of the account is over', async () => {
  const { aws, sync } = await world();
  const deny = aws.faults.add({ operation: 'sts:AssumeRole', account: second, effect: { kind: 'deny' } });
  await sync();
  deny.remove();
  const chosen = ['aws_encryption_accounts', 'aws_encryption_coverage'];
  const two = await sync({}, () => {}, chosen);
  expect(deleted(two, 'keys')).toEqual([]);
  const lines = two.deletions.filter((each) => each.account_id === second && each.table_name !== undefined);
  expect(lines).toMatchObject([
    { account_id: second, region: 'global', table_name: '*', sync_generation: 0 },
    { account_id: second, region: 'global', table_name: '*', sync_generation: 1 },
  ]);
});

test('what a shard of another division said of an account is over, though no region is asked for', async () => {
  const { state, sync } = await world();
  const told = { version: 2, units: { 'coverage/*': { rows: '1' } } };
  state.values.set(`aws-encryption/${second}/global/1-of-2`, JSON.stringify(told));
  const chosen = ['aws_encryption_accounts', 'aws_encryption_coverage'];
  const said = await sync({}, () => {}, chosen);
  expect(said.deletions).toContainEqual({
    table: 'coverage',
    account_id: second,
    region: 'global',
    table_name: '*',
    sync_generation: 1,
  });
});

test('what syncs without a state said of an account is deleted by the shard that has it, not by one that only spoke of it', async () => {
  const { aws, state } = await world();
  aws.faults.add({ operation: 'sts:AssumeRole', account: second, effect: { kind: 'deny' } });
  const shards = [1, 2].map((number) => ({ number, total: 2 }));
  const withoutState: boolean[] = [];
  for (const shard of shards) {
    const { signal } = new AbortController();
    const said = await syncInProcess(
      aws,
      management,
      { org },
      tables,
      state.options,
      () => {},
      signal,
      shard,
    );
    expect(places(said)).toContain(`${second} global failed assume_role_denied`);
    withoutState.push(deleted(said, 'coverage').includes(`${second} * 0`));
  }
  expect(withoutState).toEqual(shards.map((shard) => ownsScope(shard, second, 'global')));
});

test('a sync that came to no end is made good for by the next one, which says so', async () => {
  const { sync } = await world();
  await sync();
  const breaking = ({ kind, table }: { kind: string; table: { name: string } }) => {
    if (kind === 'insert' && table.name === 'aws_encryption_keys') throw new Error('the client left');
  };
  await expect(sync({}, breaking)).rejects.toThrow('the client left');
  const three = await sync();
  expect(three.log).toContainEqual(
    expect.stringMatching(/^warn: The sync before this one did not come to its end/),
  );
  expect(deleted(three, 'keys')).toEqual([...of(first, regions, 0, 1, 2), ...of(second, regions, 0, 1, 2)]);
  expect((await sync()).log.join()).not.toContain('did not come to its end');
});

test('a state that cannot be told of the end leaves a complete sync, and the next one deletes again', async () => {
  const { aws, state, accounts, sync } = await world();
  await sync();
  deleteKeys(accounts[first], 'us-east-1');
  const two = await sync({}, ({ kind }) => {
    if (kind === 'barrier') state.refuseWrites(true);
  });
  expect(deleted(two, 'keys')).toEqual([...of(first, regions, 0, 1), ...of(second, regions, 0, 1)]);
  expect(two.log).toContainEqual(
    expect.stringMatching(/^error: The state table remembered could not be written/),
  );
  state.refuseWrites(false);
  const three = await sync();
  expect(deleted(three, 'keys')).toEqual(expect.arrayContaining(of(first, ['us-east-1'], 0, 1, 2)));
  expect(aws.requests.count({ operation: 'kms:ListKeys' })).toBe(12);
});

test('what AWS has as key types takes neither AWS nor a state', async () => {
  const { aws, state, sync } = await world();
  const said = await sync({}, () => {}, ['aws_encryption_key_types']);
  expect(said.rows.key_types?.length).toBeGreaterThan(5);
  expect(aws.requests.count({})).toBe(0);
  expect(state.writes).toEqual([]);
});

test('keys of other plugins are left alone, and a value that cannot be read ends the sync before any row', async () => {
  const { state, sync } = await world();
  state.values.set('another-plugin/x', '{');
  await sync();
  expect(state.values.get('another-plugin/x')).toBe('{');
  expect(state.writes.flat()).not.toContain('another-plugin/x');
  state.values.set(`aws-encryption/${first}/us-east-1`, '{');
  const sent: string[] = [];
  const syncing = sync({}, ({ kind }) => sent.push(kind));
  await expect(syncing).rejects.toThrow(
    `The value of aws-encryption/${first}/us-east-1 in the state table remembered is damaged`,
  );
  expect(sent).toEqual([]);
  await eventually(() => expect(state.connections()).toBe(0));
});
