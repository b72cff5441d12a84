import type { Client } from 'pg';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { ids } from './rows.ts';
import { createTables } from './tables.ts';

const { data, compute, auditor } = ids;
const server = databases();
let template: string;
let client: Client;

beforeAll(async () => {
  const created = await server.create();
  template = created.name;
  const owner = await connect(created.connectionString);
  await createTables(owner);
  await applyViews(owner);
  await owner.end();
});

beforeEach(async () => {
  client = await connect((await server.create(template)).connectionString);
  onTestFinished(() => client.end());
});

/** What a reading says of a key: by its own documents, and after organization policies (null: not evaluated). */
interface Reading {
  readonly sharing: string;
  readonly accounts?: readonly string[];
  readonly organizations?: readonly string[];
  readonly effective: string | null;
  readonly left?: readonly string[];
  /** Null: by a version that did not say. */
  readonly leftOrganizations?: readonly string[] | null;
  readonly isSure?: boolean;
  readonly policies?: readonly string[];
}

const evaluated = (reading: Reading) => reading.effective !== null;

/** Readings of one key, a day each; the last one still stands. */
async function read(...readings: readonly Reading[]): Promise<void> {
  for (const [i, reading] of readings.entries())
    await client.query(
      `INSERT INTO aws_encryption.key_sharing_history
        (account_id, region, key_id, sharing, effective_sharing, sharing_complete, shared_account_ids,
          shared_organization_ids, effective_sharing_complete, effective_shared_account_ids, organization_policy_ids,
          valid_from, valid_to, effective_shared_organization_ids)
      VALUES ($1, 'us-east-1', 'orders', $2, $3, true, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        data,
        reading.sharing,
        reading.effective,
        reading.accounts ?? [],
        reading.organizations ?? [],
        evaluated(reading) ? (reading.isSure ?? true) : null,
        evaluated(reading) ? (reading.left ?? []) : null,
        evaluated(reading) ? (reading.policies ?? []) : null,
        `2026-03-0${i + 1}`,
        i === readings.length - 1 ? null : `2026-03-0${i + 2}`,
        evaluated(reading) && reading.leftOrganizations !== null ? (reading.leftOrganizations ?? []) : null,
      ],
    );
}

const gained = async (): Promise<unknown[][]> =>
  (
    await client.query({
      text: `SELECT to_char(gained_at, 'DD'), party, how, after_policies, still, still_after_policies, organization_policy_ids
        FROM aws_encryption.access_gained ORDER BY gained_at, party`,
      rowMode: 'array',
    })
  ).rows;

const closed: Reading = { sharing: 'not_shared', effective: 'not_shared' };
const given = { sharing: 'external', accounts: [compute, auditor] };
const perimeter: Reading = { ...given, effective: 'organization', left: [compute], policies: ['p-1'] };

test('of whom a key lets in anew it tells who remains after organization policies', async () => {
  await read(closed, perimeter);
  expect(await gained()).toEqual([
    ['02', compute, 'new_access', 'yes', true, 'yes', []],
    ['02', auditor, 'new_access', 'no', true, 'no', ['p-1']],
  ]);
});

test('who is let through when a policy is gone got access, though the key is as it was', async () => {
  await read(closed, perimeter, { ...given, effective: 'external', left: given.accounts });
  expect((await gained()).slice(1)).toEqual([
    ['02', auditor, 'new_access', 'no', true, 'yes', ['p-1']],
    ['03', auditor, 'let_through_by_policies', 'yes', true, 'yes', []],
  ]);
});

test('policies that were not read in between are no access gained, nor a reason to forget it', async () => {
  await read(
    closed,
    perimeter,
    { ...given, effective: null },
    { ...given, effective: 'external', left: given.accounts, isSure: false, policies: ['p-1'] },
  );
  expect((await gained()).slice(1)).toEqual([
    ['02', auditor, 'new_access', 'no', true, 'unknown', ['p-1']],
    ['04', auditor, 'let_through_by_policies', 'unknown', true, 'unknown', ['p-1']],
  ]);
});

test('of policies that were not evaluated nothing is said', async () => {
  await read({ ...closed, effective: null }, { ...given, effective: null });
  expect((await gained()).map((row) => [row[1], row[3], row[5], row[6]])).toEqual([
    [compute, 'unknown', 'unknown', null],
    [auditor, 'unknown', 'unknown', null],
  ]);
});

test('anyone and organizations: of each it tells what policies surely leave', async () => {
  const shared: Reading = { sharing: 'external', organizations: ['o-1', 'o-2'], effective: 'external' };
  await read(closed, { ...shared, leftOrganizations: ['o-1'], policies: ['p-1'] }, closed, {
    sharing: 'public',
    organizations: ['o-3'],
    effective: 'public',
    leftOrganizations: ['o-3'],
  });
  expect(await gained()).toEqual([
    ['02', 'o-1', 'new_access', 'yes', false, 'no', []],
    ['02', 'o-2', 'new_access', 'no', false, 'no', ['p-1']],
    ['04', '*', 'new_access', 'yes', true, 'yes', []],
    ['04', 'o-3', 'new_access', 'yes', true, 'yes', []],
  ]);
});

test('an organization that is kept out but for an account, or of which policies may take more, is not known', async () => {
  const shared: Reading = { sharing: 'organization', organizations: ['o-1'], effective: 'organization' };
  await read(
    closed,
    // Its management account, which no policy binds.
    { ...shared, left: [compute], policies: ['p-1'] },
    closed,
    { ...shared, leftOrganizations: ['o-1'], isSure: false, policies: ['p-1'] },
    closed,
    { ...shared, leftOrganizations: null, policies: ['p-1'] },
    closed,
    { ...shared, leftOrganizations: null },
  );
  expect((await gained()).map((row) => row.slice(0, 4))).toEqual([
    ['02', 'o-1', 'new_access', 'unknown'],
    ['04', 'o-1', 'new_access', 'unknown'],
    ['06', 'o-1', 'new_access', 'unknown'],
    ['08', 'o-1', 'new_access', 'yes'],
  ]);
});
