import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import type { SimRegion } from '../../lab/aws/model.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { checkout } from '../../lab/checkout.ts';
import { startPlugin } from '../lab/destination/plugin.ts';
import { empty } from './changing-organization.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';
import { type ServedPlugin, servePlugin } from './served-plugin.ts';
import { management, member, smallOrganization } from './small-organization.ts';
import { backend_options, unpaced } from './state.ts';

/*
 * Every way to run the CLI into a database: with and without DeleteRecord, each write mode, with and without a state,
 * with and without groups. Two syncs; before the second, the key `orders` is deleted in AWS and the region of
 * `customers` cannot be listed, while `billing` is as it was. docs/destinations.md has the same as a table.
 */

const deletesRecords = [true, false];
const writeModes = ['overwrite-delete-stale', 'overwrite', 'append'] as const;
type WriteMode = (typeof writeModes)[number];

interface Way {
  readonly deletesRecords: boolean;
  readonly writeMode: WriteMode;
  readonly hasState: boolean;
  readonly hasGroups: boolean;
}

const ways: Way[] = deletesRecords.flatMap((deletesRecords) =>
  writeModes.flatMap((writeMode) =>
    [true, false].flatMap((hasState) =>
      [true, false].map((hasGroups) => ({ deletesRecords, writeMode, hasState, hasGroups })),
    ),
  ),
);

/** What the documentation says to write in the spec. */
function adviceFor({ deletesRecords, writeMode, hasState, hasGroups }: Way): Record<string, unknown> {
  if (hasGroups) return { history: true, ...(hasState && { deletion: 'generation' }) };
  if (!hasState) return {};
  return deletesRecords && writeMode !== 'append' ? { deletion: 'scope' } : { deletion: 'generation' };
}

const history = (first: number, second: number) => [
  `billing ${first}`,
  `billing ${second}`,
  `customers ${first}`,
  `orders ${first}`,
];

/** Rows after the second sync: a key's name and the generation of the row. */
function expectedRows({ deletesRecords, writeMode, hasState, hasGroups }: Way): string[] {
  const [first, second] = hasState ? [1, 2] : [0, 0];
  if (hasGroups || writeMode === 'append') return history(first, second).sort();
  if (!hasState && writeMode === 'overwrite-delete-stale') return ['billing 0'];
  const kept = [`billing ${second}`, `customers ${first}`];
  return hasState && deletesRecords ? kept : [...kept, `orders ${first}`];
}

let pipeline: Pipeline;
let plugin: ServedPlugin;
let currentKeys: string;

beforeAll(async () => {
  pipeline = await openPipeline({ url: '', env: {} });
  plugin = await servePlugin(credentialsEnvironment(management));
  const docs = await readFile(join(checkout, 'docs/destinations.md'), 'utf8');
  [, currentKeys = ''] = [...docs.matchAll(/```sql\n(.*?);\n```/gs)].map(([, sql = '']) => sql);
});
afterAll(async () => {
  plugin.kill('SIGTERM');
  await pipeline.close();
});

test.each(ways)(
  'DeleteRecord $deletesRecords, $writeMode, state $hasState, groups $hasGroups',
  async (way) => {
    const { deletesRecords, writeMode, hasState, hasGroups } = way;
    const aws = await startSimulator(smallOrganization());
    onTestFinished(() => aws.close());
    await pipeline.reset();
    const destination = await startPlugin();
    const sync = (group: string) =>
      pipeline.sync({
        tables: ['aws_encryption_keys'],
        source: {
          registry: 'grpc',
          path: plugin.address,
          spec: { ...unpaced, ...adviceFor(way), custom_endpoint_url: aws.url },
          ...(hasState && { backend_options }),
        },
        destination: {
          registry: 'grpc',
          path: `unix://${destination.socket}`,
          write_mode: writeMode,
          ...(hasGroups && { sync_group_id: group }),
          spec: { connection_string: pipeline.connectionString, delete_record: deletesRecords },
        },
      });
    const first = await sync('first');
    if (hasGroups && writeMode === 'overwrite-delete-stale') {
      expect(first.code).toBe(1);
      expect(first.stderr).toContain('sync_group_id');
      return;
    }
    expect(first.code, first.stderr).toBe(0);
    const data = aws.organization.accounts.get(member);
    empty(data?.regions.get('us-east-1') as SimRegion);
    const region = { account: member, region: 'eu-west-1' };
    aws.faults.add({ operation: 'kms:ListKeys', ...region, effect: { kind: 'deny' } });
    const second = await sync('second');
    expect(second.code, second.stderr).toBe(0);
    expect(second.log.filter(({ message }) => String(message).includes('did not come to its end'))).toEqual(
      [],
    );

    const named = (from: string) =>
      pipeline.query<{ key: string }>(
        `select replace(aliases[1], 'alias/', '') || ' ' || sync_generation as key from ${from} order by key`,
      );
    const keys = async (from: string) => (await named(from)).map(({ key }) => key);
    expect(await keys('aws_encryption_keys')).toEqual(expectedRows(way));
    // Coverage was not selected, and is there where rows that are gone stay.
    if (adviceFor(way).deletion !== 'generation') return;
    expect(await keys(`(${currentKeys}) as current`)).toEqual(['billing 2', 'customers 1']);
  },
);
