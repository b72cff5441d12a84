import { describe, expect, it } from 'vitest';
import { addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey, keyPolicy } from '../../lab/aws/keys.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { AwsError } from '../../src/aws/error.ts';
import { Batches } from '../../src/sync/batches.ts';
import { encodeRows } from '../../src/sync/encode.ts';
import type { Message } from '../../src/sync/message.ts';
import { ScopeCoverage } from '../../src/sync/scope-coverage.ts';
import { ScopeSink } from '../../src/sync/scope-sink.ts';
import * as column from '../../src/tables/column.ts';
import { defineTable } from '../../src/tables/table.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';

const accountId = '111111111111';
const region = 'eu-west-1';

/** JSON that Node reads and cannot write. */
function nested(depth: number): string {
  return `${'['.repeat(depth)}1${']'.repeat(depth)}`;
}

it('a policy nested 5,000 deep costs no row: it is not understood, and who is let in not known', async () => {
  const made = newOrganization();
  const account = made.accounts.get(accountId);
  if (account === undefined) throw new Error('there is no management account');
  const place = { partition: 'aws', accountId, region };
  const policy = keyPolicy(place).replace(/^\{/, `{"Note":${nested(5000)},`);
  addKey(account, awsMaterialKey(place, 'odd', { policy }));
  const aws = await startSimulator(made);
  const { rows, log } = await syncInProcess(aws, accountId, { regions: [region] }, [
    'aws_encryption_keys',
    'aws_encryption_key_policies',
    'aws_encryption_coverage',
  ]);
  await aws.close();

  expect(rows.key_policies).toMatchObject([
    { policy: null, understood: false, problem: 'the policy is nested deeper than any policy of AWS' },
  ]);
  expect(rows.keys).toMatchObject([{ sharing: 'unknown', sharing_complete: false }]);
  expect(log.filter((line) => line.startsWith('error: '))).toEqual([]);
});

describe('a row', () => {
  const table = defineTable({
    name: 'aws_encryption_sample',
    title: 'Sample',
    doc: 'What a cell may be wrong in.',
    columns: {
      account_id: column.key(column.text('id')),
      integer: column.integer('integer'),
      list: column.textList('list'),
      json: column.json('json'),
    },
  });
  const sound = { account_id: 'a', integer: 1, list: ['x'], json: { a: ['b\0'] } };
  const around: { self?: unknown } = {};
  around.self = around;

  async function written(cells: Record<string, unknown>) {
    const sent: Message[] = [];
    const batches = new Batches(async (message) => void sent.push(message), { generation: 1, salt: null });
    const seen = new ScopeCoverage([table]);
    const sink = new ScopeSink({ coverage: seen, batches, registered: Promise.resolve() }, [table]);
    await sink.write(table, cells as typeof sound);
    await batches.flush();
    const [coverage] = [...seen.coverage()].map(([, fared]) => fared);
    return { sent, coverage, outcome: sink.outcome(table) };
  }

  it('that is sound is sent as it would have been', async () => {
    const { sent, coverage, outcome } = await written(sound);
    const [message] = sent;
    if (message?.kind !== 'insert') throw new Error('no row was sent');
    const plain = encodeRows(table, [{ cells: sound, parentId: null }], 1);
    expect(encodeRows(table, message.rows, 1)).toEqual(plain);
    expect(coverage).toMatchObject({ status: 'complete', rows: 1 });
    expect(outcome).toEqual({ rows: 1, isComplete: true });
  });

  it.each<[string, Record<string, unknown>]>([
    ['JSON that is too deep', { json: JSON.parse(nested(5000)) }],
    ['JSON that holds itself', { json: around }],
    ['half of an integer', { integer: 0.5 }],
    ['a list that is none', { list: 'x' }],
    ['a key without a value', { account_id: null }],
  ])('with %s is missing', async (_what, wrong) => {
    const { sent, coverage, outcome } = await written({ ...sound, ...wrong });
    expect(sent).toEqual([]);
    expect(coverage).toMatchObject({ status: 'partial', reason: 'plugin_error', rows: 0, enumerated: false });
    expect(outcome).toEqual({ rows: 0, isComplete: false });
    expect(coverage?.failedOperations).toEqual({ write: { unsendable_row: 1 } });
    const id = 'account_id' in wrong ? wrong.account_id : sound.account_id;
    expect(coverage?.message).toContain(`a row of aws_encryption_sample (account_id ${id}) cannot be sent: `);
  });
});

it('the sentence is one, and says what to do', () => {
  const site = { operation: 'write', accountId, region };
  expect(new AwsError('plugin_error', 'unsendable_row', site, 'x').message).toBe(
    `write failed with unsendable_row (account ${accountId}, ${region}): x; this is a bug of the plugin: please report it`,
  );
});
