import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { databases } from './database.ts';
import { queryOfCheck } from './query-of-check.ts';
import { access, account, bucket, ids, key, resource, today } from './rows.ts';
import { type Cells, insert } from './tables.ts';

const { data, compute, legacy, auditor } = ids;
const east = 'us-east-1';
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await cleanDatabase(server);
});

const perimeter = policy('p-perimeter', { name: 'perimeter', denies_outside_decrypt: true });
const shared = {
  sharing: 'external',
  shared_outside_organization: true,
  shared_access: ['use'],
  shared_account_ids: [auditor],
};

function policy(id: string, more: Cells = {}): Cells {
  return {
    ...today,
    policy_id: id,
    region: 'global',
    type: 'RESOURCE_CONTROL_POLICY',
    aws_managed: false,
    understood: true,
    denies_outside_decrypt: false,
    targets: '[]',
    ...more,
  };
}

const attachedTo = (...targets: readonly string[]) => JSON.stringify(targets.map((id) => ({ id })));

/** What a query answers after some rows more, which are taken back. */
async function answer(given: Readonly<Record<string, readonly Cells[]>>, query: string) {
  await client.query('BEGIN');
  for (const [table, rows] of Object.entries(given)) await insert(client, `aws_encryption_${table}`, ...rows);
  const { rows } = await client.query(query);
  await client.query('ROLLBACK');
  return rows.map((row) => Object.values(row));
}

describe('a key that its own documents open to an outsider', () => {
  const usable = async (more: Cells, limits: readonly string[] | null) =>
    answer(
      {
        keys: [key(data, east, 'open', { ...shared, ...more })],
        key_access: [
          access(data, east, 'open', {
            principal: `arn:aws:iam::${auditor}:root`,
            principal_account_id: auditor,
            trust: 'external',
            limited_by: limits,
          }),
        ],
      },
      `SELECT usable, usable_after_policies, sharing, effective_sharing
       FROM aws_encryption.usable_outside_organization WHERE key_id = 'open'`,
    );

  test('is closed by a policy: both are shown', async () => {
    const closed = {
      effective_sharing: 'not_shared',
      effective_sharing_complete: true,
      effective_shared_outside_organization: false,
      organization_policy_ids: ['p-perimeter'],
    };
    expect(await usable(closed, ['p-perimeter'])).toEqual([['yes', 'no', 'external', 'not_shared']]);
  });

  test('stays open where policies leave it so', async () => {
    const left = {
      effective_sharing: 'external',
      effective_sharing_complete: true,
      effective_shared_outside_organization: true,
      organization_policy_ids: [],
    };
    expect(await usable(left, [])).toEqual([['yes', 'yes', 'external', 'external']]);
    // What is left may be metadata.
    expect(await usable(left, ['p-other'])).toEqual([['yes', 'unknown', 'external', 'external']]);
  });

  test('is not known to be closed where conditions decide, or where policies were not read', async () => {
    const perhaps = {
      effective_sharing: 'external',
      effective_sharing_complete: false,
      effective_shared_outside_organization: true,
      organization_policy_ids: [],
    };
    expect(await usable(perhaps, [])).toEqual([['yes', 'unknown', 'external', 'external']]);
    expect(await usable({}, null)).toEqual([['yes', 'unknown', 'external', null]]);
  });

  test('is a finding of the check unless a policy surely closes it', async () => {
    const check = await queryOfCheck('key-usable-outside-organization');
    const of = (more: Cells) =>
      answer(
        {
          keys: [key(data, east, 'open', { ...shared, ...more })],
          key_access: [
            access(data, east, 'open', { principal: 'them', trust: 'external', limited_by: ['p-perimeter'] }),
          ],
        },
        `SELECT status, message LIKE '%p-perimeter%' FROM (${check}) AS found`,
      );
    const ids = { organization_policy_ids: ['p-perimeter'] };
    expect(await of({ ...ids, effective_shared_outside_organization: false })).toEqual([]);
    expect(await of({ ...ids, effective_shared_outside_organization: true })).toEqual([['violation', true]]);
    expect(await of({})).toEqual([['violation', false]]);
  });
});

test('a public key is no finding where a policy surely closes it to the public', async () => {
  const check = await queryOfCheck('key-public');
  const of = (effective_sharing: string | null) =>
    answer(
      { keys: [key(data, east, 'open', { ...shared, sharing: 'public', effective_sharing })] },
      `SELECT status FROM (${check}) AS found`,
    );
  expect(await of('organization')).toEqual([]);
  expect(await of('public')).toEqual([['violation']]);
  expect(await of(null)).toEqual([['violation']]);
});

test('what only an organization policy protects, and which', async () => {
  const given = {
    organization_policies: [
      perimeter,
      policy('p-regions', { name: 'regions', type: 'SERVICE_CONTROL_POLICY' }),
    ],
    keys: [
      key(data, east, 'open', {
        ...shared,
        effective_sharing: 'not_shared',
        organization_policy_ids: ['p-perimeter', 'p-unread'],
      }),
      key(data, east, 'left', { ...shared, effective_sharing: 'external', organization_policy_ids: [] }),
      key(data, east, 'not-read', shared),
    ],
    s3_buckets: [
      bucket(data, 'lake', { organization_policies: 'deny', organization_policy_ids: ['p-regions'] }),
      bucket(data, 'perhaps', {
        organization_policies: 'conditional',
        organization_policy_ids: ['p-regions'],
      }),
    ],
    resources: [
      resource(data, 'queue', { organization_policies: 'deny', organization_policy_ids: ['p-perimeter'] }),
    ],
  };
  const query = `
    SELECT service, name, what, policies FROM aws_encryption.protected_by_organization_policies ORDER BY 1
  `;
  expect(await answer(given, query)).toEqual([
    [
      'kms',
      'alias/open',
      'external by its policies and grants, not_shared after organization policies',
      ['RCP perimeter (p-perimeter)', 'p-unread'],
    ],
    ['s3', 'lake', 'lake is explained', ['SCP regions (p-regions)']],
    ['sqs', `arn:aws:sqs:us-east-1:${data}:queue`, 'queue is explained', ['RCP perimeter (p-perimeter)']],
  ]);
});

describe('a hole in the perimeter', () => {
  const holes = async (policies: readonly Cells[], accounts: readonly Cells[] = members) => {
    await client.query('BEGIN');
    await client.query('DELETE FROM aws_encryption_accounts');
    await insert(client, 'aws_encryption_accounts', ...accounts);
    await insert(client, 'aws_encryption_organization_policies', ...policies);
    const { rows } = await client.query(await queryOfCheck('rcp-perimeter-hole-for-kms'));
    await client.query('ROLLBACK');
    return rows.map(({ account_id, status }) => [account_id, status]);
  };
  const members = [
    account('management', { organization_units: ['r-1'], is_management_account: true }),
    account('data', { organization_units: ['r-1', 'ou-data'] }),
    account('compute', { organization_units: ['r-1', 'ou-data', 'ou-compute'] }),
    account('legacy', { organization_units: ['r-1', 'ou-legacy'] }),
  ];
  const at = (...targets: readonly string[]) => ({ ...perimeter, targets: attachedTo(...targets) });

  test('is an account that no such policy is over; the management account never can be', async () => {
    expect(await holes([at('ou-data')])).toEqual([[legacy, 'violation']]);
    expect(await holes([at('ou-compute', legacy)])).toEqual([[data, 'violation']]);
    expect(await holes([at('r-1')])).toEqual([]);
  });

  test('is none where no such policy is in use', async () => {
    expect(await holes([])).toEqual([]);
    expect(await holes([at()])).toEqual([]);
    expect(await holes([policy('p-tls', { targets: attachedTo('ou-data') })])).toEqual([]);
  });

  test('is not known where a policy depends on conditions, or its targets or the units were not read', async () => {
    const conditional = policy('p-2', { denies_outside_decrypt: null, targets: attachedTo('ou-legacy') });
    expect(await holes([at('ou-data'), conditional])).toEqual([[legacy, 'unknown']]);
    expect(await holes([at('ou-data'), { ...perimeter, policy_id: 'p-3', targets: null }])).toEqual([
      [legacy, 'unknown'],
    ]);
    expect(await holes([at('ou-data')], [account('legacy'), account('compute')])).toEqual([
      [compute, 'unknown'],
      [legacy, 'unknown'],
    ]);
  });
});
