import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SimKey } from '../../lab/aws/model.ts';
import type { SyncResult } from '../../lab/sync.ts';
import { underNoPolicy } from './expected/effective-sharing.ts';
import { faultyCoverage } from './expected/faulty-coverage.ts';
import { judgementOf } from './expected/kinds.ts';
import { placesOf } from './expected/places.ts';
import { rawKeyColumns } from './expected/raw-key.ts';
import { accounts, externalId, faultyOrganization } from './faulty-organization.ts';
import { own, type Row } from './rows.ts';
import { everyRow, usedSecrets } from './secrets.ts';
import { startWorld, type World } from './world.ts';

const { organization, faults, keys } = faultyOrganization();
const tables = ['keys', 'key_aliases', 'key_rotations', 'custom_key_stores', 'accounts', 'coverage'];

let world: World;
let result: SyncResult;
let rows: Row[];
let coverage: Row[];

beforeAll(async () => {
  world = await startWorld(organization, { keepRequests: true });
  for (const fault of faults) world.aws.faults.add(fault);
  result = await world.sync({
    tables: tables.map((table) => `aws_encryption_${table}`),
    spec: {
      regions: ['us-east-1', 'eu-west-1', 'ap-east-1'],
      org: { member_role_name: 'posture', member_external_id: externalId },
      max_retries: 2,
      max_backoff: 0,
    },
    args: ['--log-level=debug'],
  });
  rows = await world.rows('aws_encryption_keys');
  coverage = await world.rows('aws_encryption_coverage');
});
afterAll(() => world.close());

/** Of an undisturbed key of AWS's material: its whole row. */
function undisturbed(key: SimKey): Row {
  const { AWSAccountId, Arn } = key.metadata;
  const place = placesOf(organization, [AWSAccountId]).find(({ region }) => region === Arn.split(':')[3]);
  if (place === undefined) throw new Error(`nothing is at ${Arn}`);
  return { ...rawKeyColumns(place, key), ...judgementOf('symmetric') };
}

const rowsOf = (key: SimKey) => rows.filter(({ arn }) => arn === key.metadata.Arn).map(own);

/** The `errors` cell for reads that were denied. */
function denied(...operations: string[]): Row {
  const { facets } = accounts;
  return Object.fromEntries(
    operations.map((operation) => [
      operation,
      {
        code: 'AccessDeniedException',
        message: expect.stringContaining(
          `${operation} failed with AccessDeniedException (account ${facets}, `,
        ),
      },
    ]),
  );
}

describe('a key keeps its row, whichever read is denied', () => {
  const unknownSharing = {
    sharing: 'unknown',
    sharing_complete: false,
    shared_outside_organization: null,
  };
  const unreadPolicy = {
    ...unknownSharing,
    sharing_gaps: ['key_policy_unread'],
    unread_policies: ['default'],
  };
  const unknownMetadata = {
    ...Object.fromEntries(
      ['key_type', 'key_manager', 'origin', 'key_spec', 'key_usage', 'key_state', 'enabled', 'description']
        .concat(['creation_date', 'multi_region', 'current_key_material_id', 'encryption_algorithms'])
        .concat(['multi_account_access', 'can_view_metadata', 'can_manage_key', 'used_only_for_my_account'])
        .concat(['automatic_rotation', 'pricing_class', 'monthly_fee_usd', 'request_price_class'])
        .concat(['rotation_paused', 'rotations_count', 'on_demand_rotation_supported'])
        .map((column) => [column, null]),
    ),
    key_type_reason: 'DescribeKey was not answered',
    rotation_state: 'unknown',
  };

  test.each([
    ['kms:GetKeyPolicy', keys.policy[0], unreadPolicy],
    ['kms:GetKeyPolicy', keys.policy[1], unreadPolicy],
    ['kms:ListGrants', keys.grants, { ...unknownSharing, sharing_gaps: ['grants_unread'] }],
    ['kms:ListResourceTags', keys.tags, { tags: null }],
    ['kms:GetKeyRotationStatus', keys.status, { rotation_state: 'unknown', rotation_paused: null }],
    ['kms:ListKeyRotations', keys.rotations, { rotations_count: null, monthly_fee_usd: null }],
    ['kms:ListAliases', keys.aliases[0], { aliases: null }],
    ['kms:ListAliases', keys.aliases[1], { aliases: null }],
    [
      'kms:DescribeKey',
      keys.metadata,
      { ...unknownMetadata, ...unknownSharing, sharing_gaps: ['key_manager_not_known'] },
    ],
  ])('%s', (operation, key, unknown) => {
    const row = { ...undisturbed(key), ...unknown, errors: denied(operation) };
    expect(rowsOf(key)).toEqual([underNoPolicy(row)]);
  });

  test('all of them, by a key policy that does not admit the role', () => {
    const errors = denied('kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants', 'kms:ListResourceTags');
    const sharing_gaps = ['grants_unread', 'key_manager_not_known', 'key_policy_unread'];
    const unread = { ...unknownMetadata, ...unreadPolicy, sharing_gaps };
    const row = { ...undisturbed(keys.sealed), ...unread, tags: null, errors };
    expect(rowsOf(keys.sealed)).toEqual([underNoPolicy(row)]);
  });

  test('of the others, nothing is lost', () => {
    const { healthy, closing, withoutRegions, recovering } = accounts;
    for (const { content } of placesOf(organization, [healthy, closing, withoutRegions, recovering])) {
      for (const key of content.keys) expect(rowsOf(key)).toEqual([underNoPolicy(undisturbed(key))]);
    }
    expect(rows).toHaveLength(23);
  });
});

describe('what could not be seen', () => {
  /** Half an answer and a reset: whether the client meets the reset or the end first is chance. */
  const code = (code: string) => (code === 'UND_ERR_SOCKET' ? 'ECONNRESET' : code);
  const failures = ({ failed_operations }: Row) =>
    Object.entries((failed_operations ?? {}) as Record<string, Record<string, number>>).flatMap(
      ([operation, codes]) =>
        Object.entries(codes).map(([name, count]) => `${operation} ${code(name)} × ${count}`),
    );

  test('coverage says it: where, which table, why', () => {
    const lines = coverage
      .filter(({ status }) => status !== 'complete')
      .map(({ account_id, region, table_name, status, reason, ...row }) => {
        const name = organization.accounts.get(account_id as string)?.name;
        const table = String(table_name).replace('aws_encryption_', '');
        return [`${name} ${region} ${table}: ${status} ${reason}`, ...failures(row).sort()].join(', ');
      });
    expect(lines.sort()).toEqual(faultyCoverage.toSorted());
  });

  test('the log says it: one error line for each scope, table, operation and code, with the count', () => {
    const fromCoverage = coverage.flatMap((row) =>
      failures(row).map((failure) => {
        const table = row.table_name === '*' ? '' : `${row.table_name}: `;
        // An account that cannot be entered is told of where the role is assumed.
        const region = row.region === 'global' ? 'us-east-1' : row.region;
        return `${table}${failure} in ${row.account_id}, ${region}`;
      }),
    );
    const form =
      /^(aws_encryption_\w+: )?([\w-]+:\w+) failed with (\w+) \(account (\d+), ([\w-]+)\).*?(?:\((\d+) times.*)?$/;
    const fromLog = result.log
      .filter(({ level }) => level === 'error')
      .map(({ message }) => {
        const [, table = '', operation, name = '', account, region, count = '1'] = form.exec(message) ?? [];
        return `${table}${operation} ${code(name)} × ${count} in ${account}, ${region}`;
      });
    expect(fromLog.sort()).toEqual(fromCoverage.sort());
    expect(result.code).toBe(0);
    expect(result.summaries).toMatchObject([{ source_errors: fromLog.length, destination_errors: 0 }]);
  });

  test('what went wrong once only is not said at all, but for the throttle', () => {
    const recovered = coverage.filter(({ account_id }) => account_id === accounts.recovering);
    expect(recovered.map(({ status }) => status)).not.toContain('partial');
    const throttled = recovered.find(({ throttles }) => throttles === 1);
    expect(throttled).toMatchObject({ status: 'complete', reason: null, message: null });
  });
});

test('nothing secret is in a row or a log line', async () => {
  const secrets = [...usedSecrets(world), externalId];
  // The management account's own, and three of each role session: the recovering account has two.
  expect(secrets.length).toBeGreaterThan(2 + 3 * 7);
  const said = `${result.stdout}${result.stderr}${await everyRow(world)}`;
  expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
});

test('where regions cannot be listed and the spec names none, the account is a failure and no other', async () => {
  await world.reset();
  const { code } = await world.sync({
    tables: ['aws_encryption_keys', 'aws_encryption_coverage'],
    spec: {
      org: {
        member_role_name: 'posture',
        member_external_id: externalId,
        skip_member_accounts: [accounts.lockedOut, accounts.cut, accounts.unreadable, accounts.facets],
      },
    },
  });
  expect(code).toBe(0);
  expect(
    await world.rows('aws_encryption_coverage', `account_id = '${accounts.withoutRegions}'`),
  ).toMatchObject([
    { region: 'global', table_name: '*', status: 'failed', reason: 'access_denied', rows: 0 },
  ]);
  const found = await world.query('select account_id from aws_encryption_keys group by 1 order by 1');
  const { healthy, closing, recovering } = accounts;
  expect(found).toEqual([healthy, closing, recovering].map((account_id) => ({ account_id })));
});
