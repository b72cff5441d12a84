import { expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { LackingActions } from '../../src/sync/lacking-actions.ts';
import { resources } from '../../src/tables/resources.ts';

const operation = 'kinesis:ListStreams';
const accounts = (count: number) =>
  Array.from({ length: count }, (_, index) => String(100_000_000_001 + index));

/** The line after the role of each account was denied an action that is new. */
function lineOf(accountIds: readonly string[]): string | null {
  const lacking = new LackingActions(['kinesis']);
  for (const accountId of accountIds) {
    const site = { operation, accountId, region: 'eu-west-1' };
    const detail = `User: arn:aws:sts::${accountId}:assumed-role/r/s is not authorized to perform: ${operation}`;
    const error = new AwsError('access_denied', 'AccessDeniedException', site, detail);
    expect(lacking.defers(error, accountId, { table: resources, text: 'denied' })).toBe(true);
  }
  return lacking.line();
}

test.each([
  [1, 'in account 100000000001: '],
  [3, 'in accounts 100000000001, 100000000002, 100000000003: '],
  [12, / in accounts 100000000001(?:, \d{12})+ and \d+ more: /],
])('accounts whose role lacks an action: %i', (count, words) => {
  expect(lineOf(accounts(count))).toMatch(words);
});

test('those that are named and those that are counted are all', () => {
  const line = lineOf(accounts(12)) ?? '';
  const named = line.match(/\b\d{12}\b/g) ?? [];
  expect(named.length + Number(/ and (\d+) more/.exec(line)?.[1])).toBe(12);
});

test('no account, no line', () => {
  expect(lineOf([])).toBeNull();
});
