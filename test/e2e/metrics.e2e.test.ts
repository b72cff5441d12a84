import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { initialise, pluginClient } from './plugin-client.ts';
import { servePlugin } from './served-plugin.ts';
import { management, member, smallOrganization } from './small-organization.ts';
import { startWorld, type World } from './world.ts';

const { Sync } = pluginV3.cloudquery.plugin.v3;
const tables = ['aws_encryption_keys', 'aws_encryption_key_aliases', 'aws_encryption_coverage'];
const spec = { org: { member_role_name: 'OrganizationAccountAccessRole' } };

let world: World;

beforeAll(async () => {
  world = await startWorld(smallOrganization());
  world.aws.faults.add({ operation: 'kms:ListAliases', account: member, effect: { kind: 'deny' } });
});
afterAll(() => world.close());

test('--tables-metrics-location: rows and errors of each table', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-metrics-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'metrics.txt');
  const result = await world.sync({ spec, tables, args: [`--tables-metrics-location=${file}`] });
  expect(result.code).toBe(0);
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.includes('aws_encryption_'));
  const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  const counts = cells.map((row) => ({
    table: row[1],
    numbers: row.slice(2).filter((cell) => /^\d+$/.test(cell)),
  }));
  expect(counts).toEqual(
    expect.arrayContaining([
      { table: 'aws_encryption_keys', numbers: ['3', '2', '0'] },
      { table: 'aws_encryption_key_aliases', numbers: ['1', '2', '0'] },
    ]),
  );
});

test('a client that asks for errors gets one for each table, operation and place; others get none', async () => {
  const plugin = await servePlugin(credentialsEnvironment(management));
  const client = pluginClient(plugin.address);
  await initialise(client, { ...spec, custom_endpoint_url: world.aws.url });
  const errorsOf = async (withErrorMessages: boolean) => {
    const counts: Record<string, number> = {};
    for await (const message of client.Sync(new Sync.Request({ tables, withErrorMessages }))) {
      const { error } = message as InstanceType<typeof Sync.Response>;
      if (error) counts[error.table_name] = (counts[error.table_name] ?? 0) + 1;
    }
    return counts;
  };
  expect(await errorsOf(true)).toEqual({ aws_encryption_keys: 2, aws_encryption_key_aliases: 2 });
  expect(await errorsOf(false)).toEqual({});
  client.close();
  plugin.kill('SIGTERM');
  expect(await plugin.ended()).toBe(0);
});
