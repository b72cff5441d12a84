import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { addAccount } from '../../lab/aws/build.ts';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import type { SimAccount, SimRegion } from '../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { checkout } from '../../lab/checkout.ts';
import { type SyncResult, sync } from '../../lab/sync.ts';
import { startPlugin } from '../lab/destination/plugin.ts';
import { empty } from './changing-organization.ts';
import { openPipeline, type Pipeline, type SyncChange } from './pipeline.ts';
import { type ServedPlugin, servePlugin } from './served-plugin.ts';
import { management, member, smallOrganization } from './small-organization.ts';
import { backend_options, unpaced } from './state.ts';

/** Specs that do not fit their destination, and what mends what they left. */

let pipeline: Pipeline;
let plugin: ServedPlugin;
let aws: Simulator;
beforeAll(async () => {
  pipeline = await openPipeline({ url: '', env: {} });
  plugin = await servePlugin(credentialsEnvironment(management));
});
afterAll(async () => {
  plugin.kill('SIGTERM');
  await pipeline.close();
});
beforeEach(async () => {
  await pipeline.reset();
  aws = await startSimulator(smallOrganization());
});

interface Way {
  readonly spec?: Record<string, unknown>;
  readonly source?: Record<string, unknown>;
  /** Beside the destination's name and place. */
  readonly destination?: Record<string, unknown>;
  /** What the destination's own spec says. */
  readonly abilities?: Record<string, unknown>;
  readonly tables?: readonly string[];
}

/** A destination for the test, and syncs into it. */
async function destinationOf(connectionString = pipeline.connectionString) {
  onTestFinished(() => aws.close());
  const { socket } = await startPlugin();
  return ({ spec, source, destination, abilities, tables = ['aws_encryption_keys'] }: Way = {}) => {
    const change: SyncChange = {
      tables,
      source: {
        registry: 'grpc',
        path: plugin.address,
        spec: { ...unpaced, ...spec, custom_endpoint_url: aws.url },
        backend_options,
        ...source,
      },
      destination: {
        registry: 'grpc',
        path: `unix://${socket}`,
        write_mode: 'overwrite',
        ...destination,
        spec: { connection_string: connectionString, ...abilities },
      },
    };
    return pipeline.sync(change);
  };
}

const region = (name: string) =>
  (aws.organization.accounts.get(member) as SimAccount).regions.get(name) as SimRegion;
const keys = async () => {
  const rows = await pipeline.query<{ key: string }>(
    `select replace(aliases[1], 'alias/', '') || ' ' || sync_generation as key from aws_encryption_keys order by key`,
  );
  return rows.map(({ key }) => key);
};
const failure = ({ log }: SyncResult) => String(log.findLast(({ level }) => level === 'error')?.error);
const toldOfTheLast = () => plugin.log.filter((line) => line.includes('did not come to its end')).at(-1);

test('deletion by scope where there is no DeleteRecord fails, and by generation does not', async () => {
  const sync = await destinationOf();
  const abilities = { delete_record: false };
  const result = await sync({ abilities });
  expect(result.code).toBe(1);
  expect(failure(result)).toContain('DeleteRecord: not implemented');
  expect((await sync({ abilities, spec: { deletion: 'generation' } })).code).toBe(0);
  expect(await keys()).toEqual(['billing 2', 'customers 2', 'orders 2']);
});

test('groups without history: the second sync breaks on _cq_id, and with it history grows', async () => {
  const sync = await destinationOf();
  const ofGroup = (sync_group_id: string, spec: Record<string, unknown>) =>
    sync({ destination: { sync_group_id }, spec });
  expect((await ofGroup('first', {})).code).toBe(0);
  const second = await ofGroup('second', {});
  expect(second.code).toBe(1);
  expect(failure(second)).toContain('_cq_id');
  expect((await ofGroup('second', { history: true, deletion: 'generation' })).code).toBe(0);
  expect((await ofGroup('third', { history: true, deletion: 'generation' })).code).toBe(0);
  const found = await keys();
  expect(found).toEqual([
    'billing 1',
    'billing 3',
    'billing 4',
    'customers 1',
    'customers 3',
    'customers 4',
    'orders 1',
    'orders 3',
    'orders 4',
  ]);
});

test('a sync that was cut short: the log of the next says so once, and what might have been the matter', async () => {
  const sync = await destinationOf();
  const tables = ['aws_encryption_keys', 'aws_encryption_coverage'];
  for (const _ of ['first', 'second']) expect((await sync({ tables })).code).toBe(0);
  expect(toldOfTheLast()).toBeUndefined();
  // As it stands between the registration of a scope and the end of the sync.
  await pipeline.query(
    `update ${backend_options.table_name} set value = replace(value, '"rows":"2"', '"rows":"1-2"')`,
  );
  for (const _ of ['third', 'fourth']) expect((await sync({ tables })).code).toBe(0);
  const said = plugin.log.filter((line) => line.includes('did not come to its end'));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('(`sync_group_id`): set `history: true`. See docs/destinations.md.');
});

test('files that are to keep their own state, and generations without any: one sentence, and nothing is written', async () => {
  const sync = await destinationOf();
  const files = await sync({
    abilities: { readable: false, delete_record: false },
    spec: { deletion: 'generation' },
  });
  expect(files.code).toBe(1);
  expect(failure(files)).toContain(
    `code = FailedPrecondition desc = The plugin which backend_options names cannot read the state table ${backend_options.table_name} back`,
  );
  const generations = await sync({ spec: { deletion: 'generation' }, source: { backend_options: null } });
  expect(generations.code).toBe(1);
  expect(failure(generations)).toContain(
    'code = FailedPrecondition desc = spec.deletion is `generation`, but backend_options is not set',
  );
  expect(await pipeline.tables()).toEqual([backend_options.table_name]);
});

test('the state of files is kept by a database that is not among the destinations', async () => {
  const [files, database] = [await startPlugin(), await startPlugin()];
  onTestFinished(() => aws.close());
  const spec = { connection_string: pipeline.connectionString };
  const at = (name: string, path: string, own: Record<string, unknown>, more = {}) => ({
    name,
    registry: 'grpc',
    path: `unix://${path}`,
    spec: { ...spec, ...own },
    ...more,
  });
  for (const generation of [1, 2]) {
    const result = await sync({
      source: {
        name: 'aws-encryption',
        registry: 'grpc',
        path: plugin.address,
        tables: ['aws_encryption_keys'],
        destinations: ['files'],
        backend_options: { ...backend_options, connection: '@@plugins.database.connection' },
        spec: { ...unpaced, deletion: 'generation', custom_endpoint_url: aws.url },
      },
      destinations: [
        at('files', files.socket, { readable: false, delete_record: false }, { write_mode: 'append' }),
        at('database', database.socket, {}),
      ],
    });
    expect(result.code, result.stderr).toBe(0);
    expect(await keys()).toContain(`billing ${generation}`);
  }
  expect(await keys()).toHaveLength(6);
});

test('an account that has left: its rows stay, coverage says so, and deletion by scope removes them one day', async () => {
  const sync = await destinationOf();
  const generation = { spec: { deletion: 'generation' } };
  expect((await sync(generation)).code).toBe(0);
  const account = aws.organization.accounts.get(member) as SimAccount;
  aws.organization.accounts.delete(member);
  for (const current of [2, 3]) {
    expect((await sync(generation)).code).toBe(0);
    expect(await keys()).toEqual([`billing ${current}`, 'customers 1', 'orders 1']);
    expect(await pipeline.rows('aws_encryption_coverage', "reason = 'account_left'")).toMatchObject([
      {
        account_id: member,
        region: 'global',
        table_name: '*',
        status: 'skipped',
        last_complete_generation: current,
      },
    ]);
  }
  aws.organization.accounts.set(member, account);
  empty(region('us-east-1'));
  expect((await sync(generation)).code).toBe(0);
  expect(await keys()).toEqual(['billing 4', 'customers 4', 'orders 1']);
  expect((await sync({ spec: { deletion: 'scope' } })).code).toBe(0);
  expect(await keys()).toEqual(['billing 5', 'customers 5']);
});

test('a destination that sat out some syncs is mended by the statement in docs/reliability.md', async () => {
  const tables = ['keys', 'accounts', 'coverage'].map((name) => `aws_encryption_${name}`);
  addAccount(aws.organization, { id: '333333333333', name: 'empty' });
  const sync = await destinationOf();
  expect((await sync({ tables })).code).toBe(0);
  for (const table of tables) await pipeline.query(`create table old_${table} as table ${table}`);
  // What goes now is deleted in the other destinations, twice, and never here.
  const account = aws.organization.accounts.get(member) as SimAccount;
  const [billing] =
    (aws.organization.accounts.get(management) as SimAccount).regions.get('us-east-1')?.keys ?? [];
  aws.organization.accounts
    .get(management)
    ?.regions.get('us-east-1')
    ?.keys.delete(billing?.metadata.KeyId ?? '');
  aws.organization.accounts.delete(account.id);
  for (const _ of ['once', 'and once more']) expect((await sync({ tables })).code).toBe(0);
  for (const table of tables) {
    await pipeline.query(`truncate ${table}`);
    await pipeline.query(`insert into ${table} table old_${table}`);
    await pipeline.query(`drop table old_${table}`);
  }
  expect((await sync({ tables })).code).toBe(0);
  expect(await keys()).toEqual(['billing 1', 'customers 1', 'orders 1']);

  const docs = await readFile(join(checkout, 'docs/reliability.md'), 'utf8');
  await pipeline.query(/```sql\n(.*?)```/s.exec(docs)?.[1] ?? '');
  expect(await keys()).toEqual([]);
  const accounts = await pipeline.rows('aws_encryption_accounts');
  expect(accounts.map(({ account_id }) => account_id).sort()).toEqual([management, '333333333333']);
  const covered = await pipeline.rows('aws_encryption_coverage', `account_id = '${member}'`);
  expect(covered).toEqual([]);
});
