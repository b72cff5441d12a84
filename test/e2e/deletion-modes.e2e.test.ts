import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SimAccount, SimRegion } from '../../lab/aws/model.ts';
import { checkout } from '../../lab/checkout.ts';
import type { SyncResult } from '../../lab/sync.ts';
import { empty } from './changing-organization.ts';
import { differences, dump } from './dump.ts';
import { addKeys, externalId, management, member, smallOrganization } from './small-organization.ts';
import { backend_options, holdings, syncWithState } from './state.ts';
import { startWorld, type World } from './world.ts';

/** The same as in deletion.e2e.test.ts for other ways to use the plugin. */

let world: World;
let account: SimAccount;

beforeEach(async () => {
  world = await startWorld(smallOrganization());
  account = world.aws.organization.accounts.get(member) as SimAccount;
});
afterEach(() => world.close());

const tables = ['aws_encryption_keys', 'aws_encryption_coverage'];
const region = (name: string) => account.regions.get(name) as SimRegion;

test('accounts of the spec: credentials that fail, a region and an account that are named no more', async () => {
  const data = { id: 'data', role_arn: `arn:aws:iam::${member}:role/posture`, external_id: externalId };
  const sync = (...accounts: Record<string, unknown>[]) =>
    syncWithState(world, { tables, spec: { accounts } });
  const seen = async (accountId: string) => {
    const found = await holdings(world);
    return { rows: found.rows(accountId), coverage: found.coverage(accountId) };
  };
  await sync(data, { id: 'ours' });
  const whole = {
    rows: ['eu-west-1 keys: 1 of 1', 'us-east-1 keys: 1 of 1'],
    // The account that is read first says that AWS owned keys are not looked for.
    coverage: ['eu-west-1 keys complete', 'global keys skipped not_selected', 'us-east-1 keys complete'],
  };
  expect(await seen(member)).toEqual(whole);

  await sync({ ...data, external_id: 'wrong' }, { id: 'ours' });
  expect(await seen(member)).toEqual({ ...whole, coverage: ['global * failed assume_role_denied'] });

  await sync({ ...data, regions: ['us-east-1'] }, { id: 'ours' });
  expect(await seen(member)).toEqual({
    rows: ['eu-west-1 keys: 1 of 1', 'us-east-1 keys: 1 of 3'],
    coverage: [
      'eu-west-1 * skipped not_selected',
      'global keys skipped not_selected',
      'us-east-1 keys complete',
    ],
  });

  for (const _ of ['once', 'and still once']) {
    await sync({ id: 'ours' });
    expect(await seen(member)).toEqual({
      rows: ['eu-west-1 keys: 1 of 1', 'us-east-1 keys: 1 of 3'],
      coverage: ['global * skipped not_selected'],
    });
  }
  expect((await seen(management)).rows).toEqual(['us-east-1 keys: 1 of 5']);
});

describe('syncs with and without a state by turns', () => {
  test('without one, generation 0; the next with one takes over, and deletes what has gone since', async () => {
    await syncWithState(world);
    addKeys(account, 'ap-east-1', 'brief');
    account.enabledRegions.add('ap-east-1');
    const without = await world.sync();
    expect(without.log.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^backend_options is not set: CloudQuery deletes every row that this sync does not write/,
      ),
    ]);
    const generations =
      'select distinct sync_generation::int as generation from aws_encryption_keys order by 1';
    expect(await world.query(generations)).toEqual([{ generation: 0 }]);
    empty(region('ap-east-1'));
    empty(region('us-east-1'));
    await syncWithState(world);
    expect(await world.query(generations)).toEqual([{ generation: 2 }]);
    const kept = await dump(world);

    await world.reset();
    await world.sync();
    expect(differences(kept, await dump(world))).toEqual([]);
  });

  test('what coverage said in a sync without a state is void when the account is read', async () => {
    const denial = world.aws.faults.add({
      operation: 'sts:AssumeRole',
      account: member,
      effect: { kind: 'deny' },
    });
    await world.sync({ tables });
    expect((await holdings(world)).coverage(member)).toEqual(['global * failed assume_role_denied']);
    denial.remove();
    await syncWithState(world, { tables });
    expect((await holdings(world)).coverage(member)).toEqual([
      'eu-west-1 keys complete',
      'us-east-1 keys complete',
    ]);
  });
});

describe('a state that cannot be written', () => {
  /** Lets PostgreSQL refuse values of the state that match a pattern. */
  const refuse = (pattern: string) =>
    world.query(
      `create function refuse() returns trigger as $$ begin raise exception 'disk full'; end $$ language plpgsql;
       create trigger refuse before insert or update on ${backend_options.table_name}
       for each row when (new.value like '${pattern}') execute function refuse()`,
    );
  const allow = () => world.query('drop function refuse cascade');
  const lastError = ({ log }: SyncResult) => log.findLast(({ level }) => level === 'error');

  test('before the rows: the sync ends, and no row is sent that the state does not know', async () => {
    await syncWithState(world, { tables });
    const before = await dump(world);
    await refuse('%');
    empty(region('us-east-1'));
    const result = await world.sync({ tables, source: { backend_options } });
    expect(result.code).toBe(1);
    expect(lastError(result)?.error).toContain(
      `code = Unavailable desc = The state table ${backend_options.table_name} could not be written: `,
    );
    expect(differences(await dump(world), before)).toEqual([]);
    await allow();
  });

  test('after the deletions: an error is counted, nothing is lost, and the next sync goes on', async () => {
    await syncWithState(world, { tables });
    empty(region('us-east-1'));
    await refuse('%superseded%');
    const result = await world.sync({ tables, source: { backend_options } });
    expect(result).toMatchObject({ code: 0, summaries: [{ source_errors: 1 }] });
    const said = result.log
      .filter(({ level, module }) => level === 'error' && module !== 'cli')
      .map(({ message }) => message);
    expect(said.join()).toContain('could not be written: ');
    const kept = {
      rows: ['eu-west-1 keys: 1 of 2'],
      coverage: ['eu-west-1 keys complete', 'us-east-1 keys complete'],
    };
    const found = await holdings(world);
    expect({ rows: found.rows(member), coverage: found.coverage(member) }).toEqual(kept);
    await allow();
    await syncWithState(world, { tables });
    expect((await holdings(world)).rows(member)).toEqual(['eu-west-1 keys: 1 of 3']);
  });
});

test('a state that is lost loses no row; the statement in docs/reliability.md removes what has gone meanwhile', async () => {
  await syncWithState(world, { tables });
  await syncWithState(world, { tables });
  await world.query(`drop table ${backend_options.table_name}`);
  empty(region('us-east-1'));
  await syncWithState(world, { tables });
  expect((await holdings(world)).rows(member)).toEqual(['eu-west-1 keys: 1 of 1', 'us-east-1 keys: 1 of 2']);
  const docs = await readFile(join(checkout, 'docs/reliability.md'), 'utf8');
  await world.query(/```sql\n(.*?)```/s.exec(docs)?.[1] ?? '');
  expect((await holdings(world)).rows(member)).toEqual(['eu-west-1 keys: 1 of 1']);
});

test('key types are the same in every sync, and one that an older version of the plugin knew is gone', async () => {
  const only = { tables: ['aws_encryption_key_types', 'aws_encryption_accounts'] };
  await syncWithState(world, only);
  await world.query(
    `insert into aws_encryption_key_types
     select (jsonb_populate_record(t, '{"key_type":"of_old","_cq_id":"00000000-0000-8000-8000-000000000000"}')).*
     from aws_encryption_key_types t limit 1`,
  );
  await syncWithState(world, only);
  const types = await world.rows('aws_encryption_key_types');
  expect(types.map(({ key_type }) => key_type).sort()).toEqual([
    'aws_managed',
    'aws_owned',
    'customer_managed_aws_material',
    'customer_managed_cloudhsm',
    'customer_managed_external_material',
    'customer_managed_xks',
  ]);
});
