import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { insertKnownAnswers } from './known-answers.ts';
import { arn, days, ids, reading, today, yesterday } from './rows.ts';
import { createTables, insert } from './tables.ts';

const { data, compute, legacy, suspended, auditor, organization, management } = ids;
const east = 'us-east-1';
const west = 'eu-west-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await connect((await server.create()).connectionString);
  await createTables(client);
  await applyViews(client);
  await insertKnownAnswers(client);
});
afterAll(() => client?.end());

/** All rows of a view in its own order, with the columns that carry the answer. */
async function answer(view: string, ...columns: string[]): Promise<unknown[][]> {
  const { rows } = await client.query({
    text: `SELECT ${columns.join(', ')} FROM aws_encryption.${view}`,
    rowMode: 'array',
  });
  return rows;
}

test.each([
  ['an account is let in', ['111122223333'], null, null, true],
  ['an organization is', [], ['o-1'], null, true],
  ['anyone is', [], [], true, true],
  ['nobody is, and all is known', [], [], false, false],
  ['accounts are not known', null, [], false, null],
  ['organizations are not', [], null, false, null],
  ['whether anyone is, is not', [], [], null, null],
])('shared: %s', async (_what, accounts, organizations, anyone, isShared) => {
  const { rows } = await client.query(
    'SELECT aws_encryption.is_shared($1::text[], $2::text[], $3::boolean) AS is_shared',
    [accounts, organizations, anyone],
  );
  expect(rows).toEqual([{ is_shared: isShared }]);
});

test('the article’s table, live: types without keys and keys without a type have a row', async () => {
  expect(
    await answer('key_types', 'key_type', 'title', 'keys', 'accounts', 'regions', 'all_keys_read'),
  ).toEqual([
    ['customer_managed_external_material', 'title of customer_managed_external_material', 3, 2, 2, false],
    ['customer_managed_cloudhsm', 'title of customer_managed_cloudhsm', 1, 1, 1, false],
    ['customer_managed_xks', 'title of customer_managed_xks', 0, 0, 0, false],
    ['customer_managed_aws_material', 'title of customer_managed_aws_material', 12, 3, 2, false],
    ['aws_managed', 'title of aws_managed', 1, 1, 1, false],
    ['aws_owned', 'title of aws_owned', 1, 1, 1, false],
    ['unknown', 'Type not known', 1, 1, 1, false],
  ]);
});

test('rotation: only a key that can rotate can fail to, and unknown stays apart', async () => {
  expect(
    await answer('rotation', 'account_id', 'key_type', 'eligibility', 'rotation', 'reason', 'keys'),
  ).toEqual([
    [data, 'aws_managed', 'required', 'required', null, 1],
    [data, 'aws_owned', 'not_visible', 'not_visible', null, 1],
    [data, 'customer_managed_aws_material', 'none', 'not_supported', 'asymmetric', 1],
    [data, 'customer_managed_aws_material', 'optional', 'disabled', null, 1],
    [data, 'customer_managed_aws_material', 'optional', 'enabled', null, 5],
    [data, 'customer_managed_aws_material', 'optional', 'suspended', null, 1],
    [data, 'customer_managed_cloudhsm', 'none', 'not_supported', 'cloudhsm', 1],
    [data, 'customer_managed_external_material', 'none', 'not_supported', 'external_material', 2],
    [data, 'unknown', 'unknown', 'unknown', null, 1],
    [compute, 'customer_managed_aws_material', 'optional', 'enabled', null, 1],
    [compute, 'customer_managed_aws_material', 'optional', 'paused', null, 1],
    [compute, 'customer_managed_aws_material', 'optional', 'suspended', null, 1],
    [compute, 'customer_managed_external_material', 'none', 'not_supported', 'external_material', 1],
    [legacy, 'customer_managed_aws_material', 'optional', 'disabled', null, 1],
  ]);
});

test('who can use whose keys: accounts, an organization, anyone, services and the unknown are told apart', async () => {
  const columns = ['owner_account_id', 'user_kind', 'user_id', 'user_name', 'trust'];
  const counts = ['keys', 'keys_unconditional', 'keys_conditional', 'keys_with_grant'];
  expect(await answer('account_matrix', ...columns, ...counts)).toEqual([
    [management, 'unknown', 'unknown', null, null, null, null, null, null],
    [data, 'account', data, 'data', 'same_account', 1, 1, 0, 1],
    [data, 'account', compute, 'compute', 'organization', 2, 2, 0, 0],
    [data, 'account', suspended, 'suspended', 'organization', 1, 1, 0, 0],
    // By the grant on `lake` under a constraint, and by the replica's statement.
    [data, 'account', auditor, 'auditor', 'external', 2, 1, 1, 0],
    [data, 'anyone', '*', null, 'anyone', 1, 0, 1, 0],
    [data, 'organization', organization, null, 'organization', 1, 1, 0, 0],
    [data, 'service', 'Service:cloudtrail.amazonaws.com', null, 'service', 1, 1, 0, 0],
    // `half-read` and `dark`.
    [data, 'unknown', 'unknown', null, null, 2, 0, 0, 0],
    [legacy, 'unknown', 'unknown', null, null, null, null, null, null],
  ]);
});

test('a multi-Region family is as exposed as its widest member, and unknown when one was not seen', async () => {
  const columns = ['account_id', 'key_id', 'regions', 'not_seen_arns', 'exposure', 'widest_proven'];
  const more = ['widest_in_regions', 'shared_account_ids', 'members_differ'];
  expect(await answer('multi_region_exposure', ...columns, ...more)).toEqual([
    [data, 'mrk-1', [west, east], [], 'organization', 'organization', [west], [compute], true],
    [
      compute,
      'mrk-2',
      [east],
      [arn(compute, 'ap-east-1', 'mrk-2')],
      'unknown',
      'not_shared',
      [east],
      [],
      false,
    ],
  ]);
});

test('usable outside the organization: to read metadata is not to use, and what is not known is said', async () => {
  const columns = ['region', 'key_id', 'usable', 'sharing', 'principals', 'urgency'];
  expect(await answer('usable_outside_organization', ...columns)).toEqual([
    [east, 'public', 'yes', 'public', ['*'], 'public'],
    // The key's row names the organization only; a statement names an outsider, and the wider one counts.
    [west, 'mrk-1', 'yes', 'organization', ['*'], 'outside'],
    [east, 'lake', 'yes', 'external', [`arn:aws:iam::${auditor}:role/analytics`], 'outside_under_conditions'],
    [west, 'dark', 'unknown', 'unknown', null, 'unknown'],
    [east, 'half-read', 'unknown', 'external', null, 'unknown'],
  ]);
});

test('grants to accounts outside, closed or suspended; a revoked grant and who may only retire are none', async () => {
  const columns = [
    'region',
    'key_id',
    'grant_id',
    'grantee_account_id',
    'grantee_account_name',
    'grantee_status',
  ];
  expect(await answer('outside_grants', ...columns, 'certainty')).toEqual([
    [west, 'dark', null, null, null, 'unknown', null],
    [east, 'half-read', 'grant-2', suspended, 'suspended', 'suspended', 'unconditional'],
    [east, 'half-read', null, null, null, 'unknown', null],
    [east, 'lake', 'grant-1', auditor, 'auditor', 'outside_organization', 'conditional'],
  ]);
});

test('pending deletions with the days that are left, and what they will break', async () => {
  expect(await answer('pending_deletions', 'key_id', 'key_state', 'deletion_date', 'days_left')).toEqual([
    ['deleting', 'PendingDeletion', days(5.5), 6],
    ['waiting', 'PendingReplicaDeletion', null, null],
  ]);
  const uses = await answer(
    'pending_deletion_uses',
    'key_id',
    'days_left',
    'use',
    'used_by_arn',
    'used_by_account_id',
  );
  expect(uses).toEqual([
    ['deleting', 6, 'in_use', 'arn:aws:s3:::doomed', compute],
    ['deleting', 6, 'in_use', `arn:aws:sqs:us-east-1:${compute}:associated`, compute],
    // Not all buckets and resources were seen.
    ['waiting', null, 'unknown', null, null],
  ]);
});

test('imported material about to expire', async () => {
  expect(await answer('expiring_material', 'key_id', 'material', 'valid_to', 'days_left')).toEqual([
    ['imported', 'expires_in_30_days', days(9.5), 10],
    ['empty', 'never_imported', null, null],
  ]);
});

test('unused keys and what they cost: not tracked, or for too short a time, is unknown', async () => {
  // `metadata-only` and `deleting` were used, as CloudWatch counted; 100 days ago, as `old` was, is too long.
  expect(
    await answer('unused_keys', 'account_id', 'region', 'key_id', 'usage', 'days_unused', 'monthly_fee_usd'),
  ).toEqual([
    [data, east, 'rsa', 'idle', 100, 1],
    [data, east, 'hsm', 'never_used', 200, 1],
    [data, east, 'forever', 'unknown', 10, 1],
    [data, west, 'dark', 'unknown', null, null],
    [data, west, 'mrk-1', 'unknown', null, 1],
    [data, east, 'half-read', 'unknown', null, 1],
    [data, east, 'imported', 'unknown', null, 1],
    [data, east, 'mrk-1', 'unknown', null, 1],
    [data, east, 'public', 'unknown', null, 1],
    [compute, west, 'empty', 'unknown', null, 1],
    [compute, west, 'waiting', 'unknown', null, null],
    [compute, east, 'mrk-2', 'unknown', null, 1],
    [compute, east, 'paused', 'unknown', null, 1],
    [legacy, east, 'old', 'unknown', null, 1],
  ]);
});

test('cost of use: price by operation and class, scaled to 30 days; what nobody prices is null', async () => {
  const columns = [
    'account_id',
    'key_id',
    'operation',
    'requests',
    'usd_per_10000_requests',
    'usd_in_window',
  ];
  const more = ['usd_month', 'buckets_without_bucket_key', 'bucket_key_saves_at_most_usd_month', 'freshness'];
  const none = [null, null, null, null, null];
  expect(await answer('cost_of_use', ...columns, ...more)).toEqual([
    // 135 × $0.03; × 30 / 13.5 days; × 0.99.
    [data, 'lake', 'Decrypt', 1350000, '0.03', '4.0500', '9.0000', 1, '8.9100', 'current'],
    // 2.7 × $0.03: S3 does not sign.
    [data, 'metadata-only', 'Sign', 27000, '0.03', '0.0810', '0.1800', null, null, 'current'],
    [data, 'lake', 'GenerateDataKey', 13500, '0.03', '0.0405', '0.0900', 1, '0.0891', 'current'],
    [data, 'lake', 'ReEncryptFrom', 7, ...none, 'current'],
    [legacy, 'old', 'Decrypt', 5, ...none, 'kept'],
    [data, 'deleting', 'Decrypt', 1, ...none, 'current'],
  ]);
});

test('monthly cost: a price that is not known is counted, never 0', async () => {
  const columns = ['account_id', 'key_type', 'keys', 'keys_priced', 'keys_price_unknown', 'monthly_fee_usd'];
  expect(await answer('monthly_cost', ...columns)).toEqual([
    [data, 'aws_managed', 1, 1, 0, 0],
    [data, 'aws_owned', 1, 1, 0, 0],
    [data, 'customer_managed_aws_material', 8, 8, 0, 9],
    [data, 'customer_managed_cloudhsm', 1, 1, 0, 1],
    [data, 'customer_managed_external_material', 2, 2, 0, 2],
    [data, 'unknown', 1, 0, 1, null],
    [compute, 'customer_managed_aws_material', 3, 2, 1, 2],
    [compute, 'customer_managed_external_material', 1, 1, 0, 1],
    [legacy, 'customer_managed_aws_material', 1, 1, 0, 1],
  ]);
});

describe('shared on paper and locked', () => {
  test('buckets', async () => {
    const columns = ['bucket', 'state', 'cross_account_read', 'blocked_account_ids', 'explanation'];
    expect(await answer('locked_buckets', ...columns)).toEqual([
      ['under-aws-s3', 'locked', 'blocked_by_aws_managed_key', [compute], 'under-aws-s3 is explained'],
      ['partly', 'partly_locked', 'partly_blocked', [auditor], 'partly is explained'],
      ['unread', 'unknown', 'unknown', [], 'unread is explained'],
    ]);
  });

  test('buckets, by those who write', async () => {
    const columns = ['bucket', 'state', 'cross_account_write', 'write_blocked_services', 'write_explanation'];
    expect(await answer('write_locked_buckets', ...columns)).toEqual([
      ['possible', 'locked', 'blocked_by_key_policy', [], 'writing to possible is explained'],
      [
        'logs',
        'partly_locked',
        'not_shared',
        ['delivery.logs.amazonaws.com'],
        'writing to logs is explained',
      ],
      ['unread', 'unknown', 'unknown', [], 'writing to unread is explained'],
    ]);
  });

  test('a bucket whose key is misnamed uses none, so that no question about its type is open', async () => {
    expect(await answer(`current_buckets WHERE name = 'misnamed'`, 'key_type')).toEqual([['none']]);
  });

  test('resources of other services', async () => {
    const columns = ['account_id', 'arn', 'state', 'cross_account_use', 'blocked_account_ids'];
    expect(await answer('locked_resources', ...columns)).toEqual([
      [data, `arn:aws:sqs:us-east-1:${data}:locked`, 'locked', 'blocked_by_key_policy', [compute]],
      [
        data,
        `arn:aws:sqs:us-east-1:${data}:under-aws-sqs`,
        'locked',
        'blocked_by_aws_managed_key',
        [compute],
      ],
      [compute, `arn:aws:sqs:us-east-1:${compute}:unread`, 'unknown', 'unknown', []],
    ]);
  });

  test('AWS managed keys on what is shared', async () => {
    expect(
      await answer('aws_managed_keys_on_shared_resources', 'service', 'arn', 'answer', 'key_type'),
    ).toEqual([
      ['s3', 'arn:aws:s3:::under-aws-s3', 'yes', 'aws_managed'],
      ['sqs', `arn:aws:sqs:us-east-1:${data}:under-aws-sqs`, 'yes', 'aws_managed'],
      ['s3', 'arn:aws:s3:::unread', 'unknown', 'unknown'],
      ['sqs', `arn:aws:sqs:us-east-1:${compute}:unread`, 'unknown', 'unknown'],
    ]);
  });
});

describe('freshness', () => {
  test('what was not seen, and since when', async () => {
    expect(
      await answer('not_seen', 'account_id', 'region', 'table_name', 'status', 'reason', 'last_complete_at'),
    ).toEqual([
      [null, 'global', 'aws_encryption_s3_access_points', 'not_synced', 'not_selected', null],
      [management, 'global', '*', 'missing', 'not_read', null],
      [data, west, 'aws_encryption_keys', 'partial', 'access_denied', today._cq_sync_time],
      [legacy, 'global', '*', 'failed', 'assume_role_denied', yesterday._cq_sync_time],
      [suspended, 'global', '*', 'skipped', 'account_suspended', null],
    ]);
  });

  test('which rows are older than the last reading of their account and region', async () => {
    expect(
      await answer('stale_rows', 'account_id', 'region', 'table_name', 'freshness', 'rows', 'oldest_seen_at'),
    ).toEqual([
      [data, east, 'aws_encryption_keys', 'kept', 1, yesterday._cq_sync_time],
      [legacy, east, 'aws_encryption_keys', 'kept', 1, yesterday._cq_sync_time],
      [legacy, east, 'aws_encryption_s3_buckets', 'kept', 1, yesterday._cq_sync_time],
    ]);
  });

  test('rows that a whole listing did not find again are gone, and those of a failed account are kept', async () => {
    expect(await answer(`current_keys WHERE key_id IN ('gone', 'old')`, 'key_id', 'freshness')).toEqual([
      ['old', 'kept'],
    ]);
    expect(await answer(`current_buckets WHERE name IN ('gone', 'old')`, 'name', 'freshness')).toEqual([
      ['old', 'kept'],
    ]);
  });

  test('an account of which nothing is known is not complete', async () => {
    expect(await answer(`coverage WHERE account_id = '${management}'`, 'table_name', 'status')).toEqual([
      ['*', 'missing'],
    ]);
  });

  test('that an account listed the organization says nothing of what is in it', async () => {
    await client.query('BEGIN');
    for (const account of [management, legacy]) {
      const later = { _cq_sync_time: days(-1 / 48) };
      await insert(client, 'aws_encryption_coverage', reading(account, 'global', 'accounts', later));
    }
    const rows = await answer(
      `coverage WHERE account_id IN ('${management}', '${legacy}') AND table_name = '*'`,
      'account_id',
      'status',
    );
    await client.query('ROLLBACK');
    expect(rows.toSorted()).toEqual([
      [management, 'missing'],
      [legacy, 'failed'],
    ]);
  });

  test('a failure is over when the account has been read since, and speaks for its tables when it has not', async () => {
    const places = `coverage WHERE account_id IN ('${compute}', '${legacy}') GROUP BY account_id, status, of_whole_place`;
    expect((await answer(places, 'account_id', 'status', 'of_whole_place')).toSorted()).toEqual([
      [compute, 'complete', false],
      [legacy, 'failed', true],
    ]);
  });

  test('tables that were read in the sync in which their account failed later keep what they say', async () => {
    await client.query('BEGIN');
    await insert(client, 'aws_encryption_coverage', reading(data, 'global', '*', { status: 'failed' }));
    const rows = await answer(
      `coverage WHERE account_id = '${data}' AND region = '${east}' GROUP BY status`,
      'status',
    );
    await client.query('ROLLBACK');
    expect(rows).toEqual([['complete']]);
  });

  test('every question is answered when every table is synced', async () => {
    expect(new Set((await answer('questions', 'status')).flat())).toEqual(new Set(['answered']));
  });
});

test('of two key policies, only the rows of the one that could not be read again are kept', async () => {
  const other = await connect((await server.create()).connectionString);
  await createTables(other);
  await applyViews(other);
  const place = { account_id: data, region: east };
  const unread = { 'kms:GetKeyPolicy': { code: 'AccessDeniedException', message: 'denied' } };
  const sources = ['grant', 'key_policy', 'ram'];
  const keysBy = {
    'by an older version': null,
    'first policy unread': ['default'],
    'policy of RAM unread': ['AWS_RAM'],
    'both unread': ['AWS_RAM', 'default'],
  };
  for (const [key_id, unread_policies] of Object.entries(keysBy)) {
    const key = { ...today, ...place, key_id, enumerated_by: 'kms', errors: unread, unread_policies };
    await insert(other, 'aws_encryption_keys', key);
    const rows = sources.map((source) => ({
      ...yesterday,
      ...place,
      key_id,
      source,
      source_id: '0',
      principal: '*',
    }));
    await insert(other, 'aws_encryption_key_access', ...rows);
  }
  const { rows } = await other.query(
    'SELECT key_id, array_agg(source ORDER BY source) AS kept FROM aws_encryption.current_access GROUP BY 1 ORDER BY 1',
  );
  expect(rows).toEqual([
    { key_id: 'both unread', kept: ['key_policy', 'ram'] },
    { key_id: 'by an older version', kept: ['key_policy'] },
    { key_id: 'first policy unread', kept: ['key_policy'] },
    { key_id: 'policy of RAM unread', kept: ['ram'] },
  ]);
  await other.end();
});
