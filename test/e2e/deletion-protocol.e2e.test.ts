import { tableFromIPC } from '@apache-arrow/esnext-esm';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { expect, onTestFinished, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import type { SimRegion } from '../../lab/aws/model.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { emptyDatabase } from '../empty-database.ts';
import { startPlugin } from '../lab/destination/plugin.ts';
import { initialise as initialiseDestination } from '../lab/destination/protocol.ts';
import { empty } from './changing-organization.ts';
import { initialise, pluginClient } from './plugin-client.ts';
import { servePlugin } from './served-plugin.ts';
import { management, member, smallOrganization } from './small-organization.ts';
import { unpaced } from './state.ts';

/*
 * What the plugin sends, seen by a client in the CLI's place, with a real state backend: the order on which crash
 * safety rests. A deletion that overtakes rows would leave them missing for a while, and lost if all ends there.
 */

const { Sync } = pluginV3.cloudquery.plugin.v3;
const table_name = 'state';
const tables = ['aws_encryption_key_types', 'aws_encryption_keys', 'aws_encryption_key_aliases'];

/** One message of the stream. */
type Seen =
  | { readonly kind: 'migrate'; readonly table: string; readonly isIncremental: boolean }
  | { readonly kind: 'rows' | 'barrier'; readonly table: string; readonly generations: readonly number[] }
  | { readonly kind: 'delete'; readonly table: string; readonly where: Record<string, unknown> };

function seen(message: InstanceType<typeof Sync.Response>): Seen {
  if (message.has_migrate_table) {
    const { metadata } = tableFromIPC(message.migrate_table.table).schema;
    const isIncremental = metadata.get('cq:extension:incremental') === 'true';
    return { kind: 'migrate', table: nameOf(metadata), isIncremental };
  }
  if (message.has_insert) {
    const record = tableFromIPC(message.insert.record);
    const generations = [...(record.getChild('sync_generation') ?? [])].map(Number);
    return {
      kind: generations.length === 0 ? 'barrier' : 'rows',
      table: nameOf(record.schema.metadata),
      generations,
    };
  }
  const [group] = message.delete_record.where_clause;
  const values = group?.predicates.map(({ column, record }) => [
    column,
    tableFromIPC(record).getChildAt(0)?.get(0),
  ]);
  return { kind: 'delete', table: message.delete_record.table_name, where: Object.fromEntries(values ?? []) };
}

const nameOf = (metadata: ReadonlyMap<string, string>): string => metadata.get('cq:table_name') ?? '';

test('all rows of a table, then two barriers, then its deletions', async () => {
  const aws = await startSimulator(smallOrganization());
  onTestFinished(() => aws.close());
  const postgres = await emptyDatabase();
  onTestFinished(() => postgres.stop());
  const destination = await startPlugin();
  await initialiseDestination(
    destination.client,
    JSON.stringify({ connection_string: postgres.connectionString }),
  );
  const plugin = await servePlugin(credentialsEnvironment(management));
  const client = pluginClient(plugin.address);
  onTestFinished(() => {
    client.close();
    plugin.kill('SIGTERM');
  });
  await initialise(client, { ...unpaced, custom_endpoint_url: aws.url });
  const backend = new Sync.BackendOptions({ connection: `unix://${destination.socket}`, table_name });
  const request = new Sync.Request({ tables, backend });
  const messages = async () => {
    const all: Seen[] = [];
    for await (const message of client.Sync(request))
      all.push(seen(message as InstanceType<typeof Sync.Response>));
    return all;
  };

  const first = await messages();
  expect(first.filter(({ kind }) => kind === 'migrate')).toEqual([
    // Key types are no scope's: all are written every time.
    { kind: 'migrate', table: 'aws_encryption_key_types', isIncremental: false },
    { kind: 'migrate', table: 'aws_encryption_keys', isIncremental: true },
    { kind: 'migrate', table: 'aws_encryption_key_aliases', isIncremental: true },
  ]);

  empty(aws.organization.accounts.get(member)?.regions.get('us-east-1') as SimRegion);
  const second = await messages();
  expect(second.flatMap((each) => (each.kind === 'rows' ? each.generations : []))).not.toContain(1);

  for (const table of ['aws_encryption_keys', 'aws_encryption_key_aliases']) {
    const kinds = second.filter((each) => each.table === table).map(({ kind }) => kind);
    const firstDeletion = kinds.indexOf('delete');
    expect(kinds.slice(firstDeletion - 2, firstDeletion)).toEqual(['barrier', 'barrier']);
    expect(kinds.slice(0, firstDeletion - 2)).not.toContain('barrier');
    expect(new Set(kinds.slice(firstDeletion))).toEqual(new Set(['delete']));
  }
  expect(second).toContainEqual({
    kind: 'delete',
    table: 'aws_encryption_keys',
    where: { account_id: member, region: 'us-east-1', enumerated_by: 'kms', sync_generation: 1n },
  });
  expect(
    second.filter(({ kind, table }) => kind === 'delete' && table === 'aws_encryption_key_types'),
  ).toEqual([]);
});
