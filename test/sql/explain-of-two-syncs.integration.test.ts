import type { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { explain } from '../../src/explain/explain.ts';
import { readPrincipal } from '../../src/explain/principals.ts';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { days, ids, roleArn } from './rows.ts';

/** What `explain` makes of tables that syncs of different days have read. */
const { data, auditor } = ids;
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
  await client.query(`UPDATE aws_encryption_s3_buckets SET object_ownership = 'BucketOwnerEnforced'`);
});

/** The sync that reads the table was months ago. */
async function readLongAgo(table: string): Promise<void> {
  const then = days(-60);
  await client.query(
    `UPDATE aws_encryption_coverage SET _cq_sync_time = $1, started_at = $1, finished_at = $1, last_complete_at = $1, sync_generation = 1
     WHERE table_name = $2`,
    [then, `aws_encryption_${table}`],
  );
  await client.query(`UPDATE aws_encryption_${table} SET _cq_sync_time = $1, sync_generation = 1`, [then]);
}

const ask = (who: string) => explain(client, { resource: 'orders', who: readPrincipal(who), key: null });
const linkOf = async (who: string, link: string) => {
  const { by } = await ask(who);
  if (by.kind === 'everybody') throw new Error('one was asked about');
  return by.answer.links.find((each) => each.link === link)?.verdict;
};
const outsider = roleArn(auditor, 'reader');

test('a bucket whose policies were read by an earlier sync may have got one since', async () => {
  expect(await linkOf(outsider, 'resource_policy')).toBe('denied');
  await readLongAgo('resource_policies');
  expect(await linkOf(outsider, 'resource_policy')).toBe('not_known');
});

test('tables that were read long before the rest are named', async () => {
  const stranger = roleArn(data, 'new');
  const older = async () => (await ask(stranger)).notes.filter((note) => note.includes('iam_principals'));
  expect(await older()).toEqual([]);
  await readLongAgo('iam_principals');
  expect(await older()).toEqual([
    expect.stringMatching(
      /^aws_encryption_iam_principals was last read on \d{4}-\d\d-\d\d \d\d:\d\d UTC, long before the rest: what changed since does not count\.$/,
    ),
  ]);
});
