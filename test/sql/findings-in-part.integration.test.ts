import type { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { bucket, days, ids, insertClean, key } from './rows.ts';
import { allTables, createTables, insert } from './tables.ts';

const server = databases();
const { data, auditor } = ids;
const east = 'us-east-1';

/** A key for everybody, one for an outsider, one that is deleted soon, and a bucket that locks an account out. */
async function database(): Promise<Client> {
  const client = await connect((await server.create()).connectionString);
  onTestFinished(() => client.end());
  await createTables(client);
  await insertClean(client);
  const open = { shared_outside_organization: true, shared_access: ['use'] };
  await insert(
    client,
    'aws_encryption_keys',
    key(data, east, 'a-world', { ...open, sharing: 'public' }),
    key(data, east, 'b-vendor', { ...open, sharing: 'external', shared_account_ids: [auditor] }),
    key(data, east, 'c-deleted', { key_state: 'PendingDeletion', deletion_date: days(7) }),
  );
  await insert(
    client,
    'aws_encryption_s3_buckets',
    bucket(data, 'locked', { cross_account_read: 'blocked_by_key_policy', blocked_account_ids: [auditor] }),
  );
  return client;
}

async function findings(client: Client): Promise<unknown[][]> {
  await applyViews(client);
  const { rows } = await client.query({
    text: `SELECT urgency, name, sentence FROM aws_encryption.findings_in_order ORDER BY rank, resource_type IS NULL, name`,
    rowMode: 'array',
  });
  return rows;
}

const notSynced = (about: string, ...tables: string[]) => [
  'unknown',
  about,
  `Not known, since not synced: ${tables.map((name) => `aws_encryption_${name}`).join(', ')}.`,
];
const use = 'whether disabled keys and those pending deletion are in use';
const outsideKeys = 'what is under keys of other organizations';
const buckets = 'whom keys of buckets lock out';
const deleted = [
  'unknown',
  'alias/c-deleted',
  'Deleted in 7 days; not known whether anything still uses it.',
];

/** Tables that are dropped, and what is then known and not. */
const lacking: Readonly<Record<string, { readonly shows: unknown[][]; readonly hides?: readonly string[] }>> =
  {
    key_access: {
      shows: [
        [
          'public',
          'alias/a-world',
          'Anyone in any AWS account can use it; not known whether conditions limit that.',
        ],
        [
          'outside',
          'alias/b-vendor',
          'Can be used outside the organization; not known by whom and whether conditions limit that.',
        ],
        deleted,
        notSynced('who outside can use keys, and under which conditions', 'key_access'),
        notSynced(use, 'key_access'),
      ],
    },
    s3_buckets: {
      shows: [
        deleted,
        notSynced(outsideKeys, 's3_buckets'),
        notSynced(use, 's3_buckets'),
        notSynced(buckets, 's3_buckets'),
      ],
      hides: ['locked'],
    },
    resources: {
      shows: [
        deleted,
        notSynced(outsideKeys, 'resources'),
        notSynced(use, 'resources'),
        notSynced('whom keys of other resources lock out', 'resources'),
      ],
    },
    foreign_keys: {
      shows: [deleted, notSynced(outsideKeys, 'foreign_keys'), notSynced(use, 'foreign_keys')],
    },
  };

test.each(Object.entries(lacking))(
  'without %s what is known stays, and what is not is said',
  async (name, { shows, hides = [] }) => {
    const client = await database();
    await client.query(`DROP TABLE aws_encryption_${name}`);
    await client.query('DELETE FROM aws_encryption_coverage WHERE table_name = $1', [
      `aws_encryption_${name}`,
    ]);
    const rows = await findings(client);
    for (const row of shows) expect(rows).toContainEqual(row);
    for (const known of ['alias/a-world', 'locked'])
      expect(rows.some(([, other]) => other === known)).toBe(!hides.includes(known));
    // A stand-in is not in the way when the table comes.
    await createTables(
      client,
      allTables.filter((table) => table.name === `aws_encryption_${name}`),
    );
    expect((await applyViews(client)).leftOut).toEqual([]);
  },
);

test('where everything is synced no part is missing', async () => {
  const client = await database();
  const rows = await findings(client);
  expect(rows.filter(([, , sentence]) => String(sentence).includes('not synced'))).toEqual([]);
  expect(rows).toContainEqual(['public', 'alias/a-world', 'Anyone in any AWS account can use it.']);
});
