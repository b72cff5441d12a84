import { afterEach, expect, test } from 'vitest';
import { newOrganization } from '../../lab/aws/build.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import { generate } from '../../lab/aws/organizations/generate.ts';
import { startWorld, type World } from './world.ts';

let world: World;
afterEach(() => world.close());

const org = { member_role_name: 'OrganizationAccountAccessRole' };
const tables = ['aws_encryption_keys', 'aws_encryption_accounts', 'aws_encryption_coverage'];
/** The simulated AWS enforces no quotas here: paging is what is tested. */
const unpaced = Object.fromEntries(
  [
    'ListGrants',
    'ListKeyRotations',
    'GetKeyPolicy',
    'GetKeyRotationStatus',
    'DescribeKey',
    'ListResourceTags',
  ].map((operation) => [`kms:${operation}`, 100_000]),
);

test('an empty organization: the management account alone, without keys', async () => {
  world = await startWorld(newOrganization());
  const result = await world.sync({ tables: ['aws_encryption_*'] });
  // The one warning: there is no state backend.
  expect(result).toMatchObject({ code: 0, summaries: [{ source_errors: 0, source_warnings: 1 }] });
  expect(await world.rows('aws_encryption_keys')).toEqual([]);
  expect(await world.rows('aws_encryption_key_aliases')).toEqual([]);
  expect(await world.rows('aws_encryption_key_types')).toHaveLength(6);
  expect(await world.rows('aws_encryption_accounts')).toMatchObject([
    { account_id: '111111111111', is_management_account: true, in_scope: true },
  ]);
  const keys = await world.rows('aws_encryption_coverage', "table_name = 'aws_encryption_keys'");
  expect(keys.map(({ region, status, rows }) => ({ region, status, rows }))).toEqual(
    expect.arrayContaining([
      { region: 'us-east-1', status: 'complete', rows: 0 },
      { region: 'eu-west-1', status: 'complete', rows: 0 },
    ]),
  );
  expect(keys).toHaveLength(2);
});

test('25 accounts, two pages of them; 3,000 keys in one region, three pages; a page that never arrives', async () => {
  const organization = generate({ accounts: 25, regions: ['us-east-1'], keysPerRegion: 2 });
  const [large, cut] = [...organization.accounts.values()].slice(-2) as [SimAccount, SimAccount];
  fill(large, 3000);
  fill(cut, 1500);
  world = await startWorld(organization);
  const secondPage = { account: cut.id, operation: 'kms:ListKeys', page: 2 };
  world.aws.faults.add({ ...secondPage, effect: { kind: 'cut', when: 'middle' } });

  const result = await world.sync({
    tables,
    spec: { org, requests_per_second: unpaced, max_retries: 1, max_backoff: 0 },
  });
  expect(result).toMatchObject({ code: 0, summaries: [{ source_errors: 1 }] });
  expect(world.aws.requests.count({ operation: 'organizations:ListAccounts' })).toBe(2);
  expect(world.aws.requests.count({ operation: 'kms:ListKeys', account: large.id })).toBe(3);

  const listed = [...organization.accounts.values()].flatMap((account) => {
    const keys = account.regions.get('us-east-1')?.keys;
    return (keys?.after(undefined, account === cut ? 1000 : 3000) ?? []).map(({ metadata }) => metadata.Arn);
  });
  const seen = await world.query<{ arn: string }>('select arn from aws_encryption_keys');
  expect(listed).toHaveLength(23 * 2 + 3000 + 1000);
  expect(seen.map(({ arn }) => arn).sort()).toEqual(listed.sort());

  expect(await world.rows('aws_encryption_accounts')).toHaveLength(25);
  const notComplete = await world.rows('aws_encryption_coverage', "status <> 'complete'");
  // That AWS owned keys are not looked for is another matter.
  const incomplete = notComplete.filter(({ reason }) => reason !== 'not_selected');
  expect(incomplete).toMatchObject([
    {
      account_id: cut.id,
      region: 'us-east-1',
      table_name: 'aws_encryption_keys',
      status: 'partial',
      reason: 'connection',
      rows: 1000,
    },
  ]);
});

/** Puts so many keys into the account's one region, in place of what is there. */
function fill(account: SimAccount, keysPerRegion: number): void {
  const source = generate({ accounts: 25, regions: ['us-east-1'], keysPerRegion });
  account.regions = source.accounts.get(account.id)?.regions ?? new Map();
}
