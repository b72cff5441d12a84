import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { eventually } from '../eventually.ts';
import { initialise, pluginClient, startSyncCall } from './plugin-client.ts';
import { type ServedPlugin, servePlugin } from './served-plugin.ts';
import { addKeys, management, member, smallOrganization } from './small-organization.ts';
import { startWorld, type World } from './world.ts';

/** More keys than the requests that may be in flight, so that some wait for their turn. */
const keys = 60;
const inFlight = 4;

let world: World;

beforeAll(async () => {
  const organization = smallOrganization();
  const data = organization.accounts.get(member);
  if (data) addKeys(data, 'us-east-1', ...Array.from({ length: keys }, (_, i) => `stored-${i}`));
  world = await startWorld(organization);
});
afterAll(() => world.close());
beforeEach(() => {
  world.aws.faults.clear();
  world.aws.requests.clear();
});

const spec = { org: { member_role_name: 'OrganizationAccountAccessRole' }, concurrency: inFlight };
const tables = ['aws_encryption_keys', 'aws_encryption_coverage'];

/** Holds every sync in its middle: keys are listed, and no answer comes about any of them. */
const hold = () => world.aws.faults.add({ operation: 'kms:DescribeKey', effect: { kind: 'time_out' } });

const held = () => eventually(() => expect(world.aws.requests.inFlight).toBe(inFlight));
/** Every connection that waited for an answer is closed. */
const released = () => eventually(() => expect(world.aws.requests.inFlight).toBe(0));

async function connectedPlugin() {
  const plugin = await servePlugin(credentialsEnvironment(management));
  const client = pluginClient(plugin.address);
  await initialise(client, { ...spec, custom_endpoint_url: world.aws.url });
  return { plugin, client };
}

/** Lets the plugin end. */
async function endOf(plugin: ServedPlugin, signal: NodeJS.Signals): Promise<number | null> {
  plugin.kill(signal);
  return plugin.ended();
}

test('a client that leaves stops the calls to AWS, and the plugin serves on', async () => {
  hold();
  const { plugin, client } = await connectedPlugin();
  const call = startSyncCall(client, tables);
  await held();
  const made = world.aws.requests.count();
  call.cancel();
  expect(await call.ended).toMatchObject({ status: 'CANCELLED' });
  await released();

  const next = startSyncCall(client, ['aws_encryption_key_types']);
  expect(await next.ended).toEqual({ status: 'OK', details: 'OK' });
  expect(next.messages).toBeGreaterThan(0);
  expect(world.aws.requests.count()).toBe(made);
  client.close();
  expect(await endOf(plugin, 'SIGTERM')).toBe(0);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s in the middle of a sync: the stream does not end OK, the process ends with 0',
  async (signal) => {
    hold();
    const { plugin, client } = await connectedPlugin();
    const call = startSyncCall(client, tables);
    await held();
    const made = world.aws.requests.count();

    expect(await endOf(plugin, signal)).toBe(0);
    expect(await call.ended).toEqual({
      status: 'UNAVAILABLE',
      details: 'The sync was cut short because the plugin was told to stop; run it again.',
    });
    await released();
    expect(world.aws.requests.count()).toBe(made);
    client.close();
  },
);

test('SIGTERM to the plugin below the CLI: the sync fails, and no row is taken for stale', async () => {
  await world.reset();
  const complete = await world.sync({ tables, spec });
  expect(complete.code).toBe(0);
  const before = await world.rows('aws_encryption_keys');
  expect(before).toHaveLength(keys + 3);

  hold();
  const running = await world.startSync({ tables, spec });
  await held();
  const [source] = (await running.plugins()).filter(({ command }) => command.includes('dist/main.js'));
  if (source === undefined) throw new Error('the CLI has started no plugin');
  process.kill(source.pid, 'SIGTERM');

  const result = await running.result;
  expect(result).toMatchObject({ code: 1, summaries: [] });
  expect(result.log.findLast(({ level }) => level === 'error')?.error).toContain(
    'code = Unavailable desc = The sync was cut short',
  );
  expect(await world.rows('aws_encryption_keys')).toHaveLength(before.length);
});

test('SIGINT to the CLI: nothing is left running, and no row is taken for stale', async () => {
  await world.reset();
  await world.sync({ tables, spec });
  hold();
  const running = await world.startSync({ tables, spec });
  await held();
  const plugins = await running.plugins();
  expect(plugins).toHaveLength(2);
  running.kill('SIGINT');

  const result = await running.result;
  expect(result.code).not.toBe(0);
  await released();
  await eventually(() => {
    for (const { pid } of plugins) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
  expect(result.stderr).not.toContain('source plugin process failed');
  expect(await world.rows('aws_encryption_keys')).toHaveLength(keys + 3);
});
