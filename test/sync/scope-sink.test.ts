import { describe, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { Batches } from '../../src/sync/batches.ts';
import type { Message } from '../../src/sync/message.ts';
import { ScopeCoverage } from '../../src/sync/scope-coverage.ts';
import { ScopeSink } from '../../src/sync/scope-sink.ts';
import { keyTypeRows, keyTypes } from '../../src/tables/key-types.ts';
import { keys } from '../../src/tables/keys.ts';
import type { Table } from '../../src/tables/table.ts';

const site = { operation: 'kms:ListKeys', accountId: '111122223333', region: 'eu-west-1' };
const denied = new AwsError('access_denied', 'AccessDeniedException', site);
const [row] = keyTypeRows;
if (row === undefined) throw new Error('there is no key type');

/** A sink that lists key types and adds keys; `sent` holds what went on its way. */
function newSink(
  registered: Promise<void> = Promise.resolve(),
  tables: readonly Table[] = [keyTypes],
  added: readonly Table[] = [keys],
) {
  const sent: Message[] = [];
  const batches = new Batches(async (message) => void sent.push(message), { generation: 7, salt: null });
  const coverage = new ScopeCoverage(tables);
  return { sink: new ScopeSink({ coverage, batches, registered }, tables, added), batches, sent, coverage };
}

test('no row is on its way before the state knows that it will come', async () => {
  let register = () => {};
  const { sink, batches, sent } = newSink(
    new Promise<void>((resolve) => {
      register = resolve;
    }),
  );
  const written = sink.write(keyTypes, row);
  await batches.flush();
  expect(sent).toEqual([]);
  register();
  await written;
  await batches.flush();
  expect(sent).toMatchObject([{ kind: 'insert', generation: 7 }]);
});

test('a state that cannot be told stops the writing', async () => {
  const refusal = Promise.reject(new Error('the state is gone'));
  refusal.catch(() => {});
  const { sink, batches, sent } = newSink(refusal);
  await expect(sink.write(keyTypes, row)).rejects.toThrow('the state is gone');
  await batches.flush();
  expect(sent).toEqual([]);
});

test('a row that is added to a table of others is sent, and not counted among those of its own', async () => {
  const { sink, batches, sent, coverage } = newSink(Promise.resolve(), [keys], [keyTypes]);
  await sink.write(keyTypes, row);
  await batches.flush();
  expect(sent.map(({ table }) => table)).toEqual([keyTypes]);
  expect([...coverage.coverage()].map(([table, { rows }]) => [table, rows])).toEqual([[keys, 0]]);
  expect(sink.outcome(keyTypes)).toEqual({ rows: 1, isComplete: true });
  expect([keys, keyTypes].map((table) => sink.selected(table))).toEqual([true, true]);
});

test('a row of a table that its enumerator does not name is a mistake', async () => {
  const { sink, batches, sent } = newSink(Promise.resolve(), [keys], []);
  expect(sink.selected(keyTypes)).toBe(false);
  await expect(sink.write(keyTypes, row)).rejects.toThrow('does not declare it');
  await batches.flush();
  expect(sent).toEqual([]);
});

describe('what is known to be listed completely', () => {
  test.each<[string, (sink: ScopeSink) => void, own: boolean, added: boolean]>([
    ['nothing failed', () => {}, true, true],
    ['a value is missing: the row is there', (sink) => sink.valueMissing([keyTypes], denied), true, false],
    ['rows are missing', (sink) => sink.rowsMissing([keyTypes], denied), false, false],
    ['the listing failed', (sink) => sink.listingFailed([keyTypes], denied), false, false],
    ['the spec leaves some out', (sink) => sink.leftOut([keyTypes], 'some'), false, false],
    ['the spec leaves all out', (sink) => sink.leftOut([keyTypes], 'all'), false, false],
  ])('%s', (_, happen, own, added) => {
    const { sink } = newSink();
    happen(sink);
    expect(sink.outcome(keyTypes)).toEqual({ rows: 0, isComplete: own });
    // Rows added to another's table are found with those that are listed: any failure may hide one.
    expect(sink.outcome(keys)).toEqual({ rows: 0, isComplete: added });
  });

  test('rows are counted by table', async () => {
    const { sink } = newSink();
    await sink.write(keyTypes, row);
    await sink.write(keyTypes, row);
    expect(sink.outcome(keyTypes).rows).toBe(2);
  });
});
