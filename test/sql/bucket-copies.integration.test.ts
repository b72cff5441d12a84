import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { queryOfCheck } from './query-of-check.ts';
import { account, arn, bucket, days, ids, key } from './rows.ts';
import { answerWith } from './rows-added.ts';
import type { Cells } from './tables.ts';

/** The checks of where objects are replicated to, and of where access logs go. */
const { data, compute, auditor } = ids;
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});

/** What a check finds of the clean database with some buckets more: resource, status and message. */
async function found(check: string, buckets: readonly Cells[], accounts: readonly Cells[] = []) {
  const sql = await queryOfCheck(check);
  const given = { s3_buckets: buckets, accounts };
  return answerWith(client, given, `SELECT resource, status, message FROM (${sql}) AS found`);
}

describe('server access logs', () => {
  const logged = (name: string, target: string | null) =>
    bucket(data, name, { logging_target_bucket: target });
  const logs = (more: Cells = {}) => bucket(data, 'logs', more);
  const underKms = { sse_algorithm: 'aws:kms', key_reference: 'default', key_type: 'aws_managed' };
  const of = (...buckets: readonly Cells[]) => found('access-logs-kept-out-by-key', buckets);

  test.each([
    ['that nobody keeps', [logged('a', '')]],
    ['in a bucket under SSE-S3', [logged('a', 'logs'), logs()]],
    ['in a bucket without a rule', [logged('a', 'logs'), logs({ sse_algorithm: null, key_type: null })]],
    ['in the bucket itself', [logged('a', 'a')]],
  ])('%s are fine', async (_what, buckets) => {
    expect(await of(...buckets)).toEqual([]);
  });

  test.each(['aws:kms', 'aws:kms:dsse'])('do not reach a bucket under %s', async (sse_algorithm) => {
    const names = ['a', 'b', 'c', 'd'];
    const target = logs({ ...underKms, sse_algorithm });
    expect(await of(...names.map((name) => logged(name, 'logs')), target)).toEqual([
      [
        'arn:aws:s3:::logs',
        'violation',
        `access logs of a, b, c and others, 4 buckets in all, go to bucket logs, which is under ${sse_algorithm}: they do not arrive`,
      ],
    ]);
  });

  test('go to a bucket of the own account only', async () => {
    const theirs = bucket(compute, 'logs', underKms);
    expect(await of(logged('a', 'logs'), theirs)).toEqual([
      ['arn:aws:s3:::a', 'unknown', 'the access logs of bucket a go to bucket logs, which was not seen'],
    ]);
  });

  test.each([
    [
      'that were not read',
      [logged('a', null), logged('b', null)],
      [
        'it is not known where the access logs of bucket a go',
        'it is not known where the access logs of bucket b go',
      ],
    ],
    [
      'in a bucket whose encryption was not read',
      [logged('a', 'logs'), logs({ sse_algorithm: null, key_reference: null, key_type: null })],
      ['access logs of a go to bucket logs, and it is not known what that is under'],
    ],
    [
      'in a bucket under what is not known',
      [logged('a', 'logs'), logs({ sse_algorithm: 'aws:new', key_type: null })],
      ['access logs of a go to bucket logs, and it is not known what that is under'],
    ],
  ])('%s are unknown', async (_what, buckets, messages) => {
    const rows = await of(...buckets);
    expect(rows.map(([, status, message]) => [status, message])).toEqual(
      messages.map((message) => ['unknown', message]),
    );
  });
});

describe('replication', () => {
  const to = 'arn:aws:s3:::copies';
  const way = (more: Cells) => ({
    status: 'Enabled',
    bucket_arn: to,
    account_id: auditor,
    trust: 'external',
    known_account_name: null,
    ...more,
  });
  const lake = (...ways: readonly Cells[]) => bucket(data, 'lake', { replication: JSON.stringify(ways) });
  const of = (buckets: readonly Cells[], accounts?: readonly Cells[]) =>
    found('replication-outside-organization', buckets, accounts);
  const noAccount = { account_id: null, trust: null };

  test.each<[what: string, buckets: readonly Cells[]]>([
    ['to nowhere', [lake()]],
    ['in the own account', [lake(way({ account_id: data, trust: 'same_account' }))]],
    ['in the organization', [lake(way({ account_id: compute, trust: 'organization' }))]],
    ['that is switched off', [lake(way({ status: 'Disabled' }))]],
    [
      'to a bucket that is seen, of no account by its rule',
      [lake(way(noAccount)), bucket(compute, 'copies')],
    ],
  ])('%s is fine', async (_what, buckets) => {
    expect(await of(buckets)).toEqual([]);
  });

  test('to a stranger is found, once for each bucket that it goes to', async () => {
    const outside = `of account ${auditor}, which is neither in the organization nor in known_accounts`;
    const ways = [way({}), way({ kms_objects: true }), way({ bucket_arn: 'arn:aws:s3:::more' })];
    expect(await of([lake(...ways)])).toEqual([
      ['arn:aws:s3:::lake', 'violation', `bucket lake is replicated to ${to} ${outside}`],
      ['arn:aws:s3:::lake', 'violation', `bucket lake is replicated to arn:aws:s3:::more ${outside}`],
    ]);
  });

  test('to an account of known_accounts is found, too, by its name', async () => {
    expect(await of([lake(way({ known_account_name: 'auditor' }))])).toEqual([
      [
        'arn:aws:s3:::lake',
        'violation',
        `bucket lake is replicated to ${to} of account ${auditor}, which is outside the organization (auditor in known_accounts)`,
      ],
    ]);
  });

  test('by words that are not known counts as one that goes on', async () => {
    expect(await of([lake(way({ status: 'Perhaps' }))])).toEqual([
      ['arn:aws:s3:::lake', 'violation', expect.any(String)],
    ]);
  });

  test('to an account of another organization that is synced is fine, to one that left its own is not', async () => {
    const theirs = { ...account('compute', { organization_id: 'o-2' }), account_id: auditor };
    expect(await of([lake(way({}))], [theirs])).toEqual([]);
    const left = { ...theirs, organization_id: ids.organization };
    expect(await of([lake(way({}))], [left])).toEqual([
      ['arn:aws:s3:::lake', 'violation', expect.any(String)],
    ]);
  });

  test.each<[what: string, bucket: Cells, message: string]>([
    [
      'to an account whose membership is not known',
      lake(way({ trust: 'other_account' })),
      `bucket lake is replicated to ${to} of account ${auditor}, of which it is not known whether it is in the organization`,
    ],
    [
      'to a bucket of which no account is known',
      lake(way(noAccount)),
      `bucket lake is replicated to ${to}, and it is not known whose bucket that is`,
    ],
    [
      'that was not read',
      bucket(data, 'lake', { replication: null }),
      'it is not known where bucket lake is replicated to',
    ],
  ])('%s is unknown', async (_what, given, message) => {
    expect(await of([given])).toEqual([['arn:aws:s3:::lake', 'unknown', message]]);
  });
});

describe('a key that is pending deletion', () => {
  const east = 'us-east-1';
  const pending = key(data, east, 'copies', { key_state: 'PendingDeletion', deletion_date: days(10) });
  const keyArn = arn(data, east, 'copies');
  const usesOf = (replication: unknown, more: Cells = {}) =>
    answerWith(
      client,
      {
        keys: [pending],
        s3_buckets: [
          bucket(data, 'lake', { replication: replication && JSON.stringify(replication), ...more }),
        ],
      },
      'SELECT use, used_by_arn FROM aws_encryption.pending_deletion_uses',
    );

  test('is used by the bucket whose copies it encrypts, and told once where it is the default as well', async () => {
    const ways = [
      { kms_key: keyArn, kms_key_arn: keyArn, bucket_arn: 'one' },
      { kms_key: keyArn, kms_key_arn: keyArn, bucket_arn: 'two' },
    ];
    const once = [['in_use', 'arn:aws:s3:::lake']];
    expect(await usesOf(ways)).toEqual(once);
    expect(await usesOf(ways, { kms_key_arn: keyArn })).toEqual(once);
  });

  test.each<[what: string, replication: unknown, use: string]>([
    ['nothing is replicated under a key', [{ kms_key: null, kms_key_arn: null }], 'none_found'],
    ['replication was not read', null, 'unknown'],
    ['a key of replicas was not looked up', [{ kms_key: 'alias/k', kms_key_arn: null }], 'unknown'],
  ])('where %s', async (_what, replication, use) => {
    expect(await usesOf(replication)).toEqual([[use, null]]);
  });
});
