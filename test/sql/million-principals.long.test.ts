import { readFile } from 'node:fs/promises';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { accountIdOf, insertMillion, size } from './million-principals.ts';
import { createTables } from './tables.ts';

/** A million pairs of a key and a role: what the views say of them, by the indexes of sql/indexes.sql. */
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await connect((await server.create()).connectionString);
  await createTables(client);
  await insertMillion(client);
  await client.query(await readFile('sql/indexes.sql', 'utf8'));
  expect((await applyViews(client)).leftOut).toEqual([]);
});
afterAll(() => client?.end());

const { accounts, keys } = size;
const name = (index: string) => `aws_encryption_key_principals_${index}`;

/** Of one key: the root user and three roles, 25 roles more; each tenth key has 99 more; one goes through a role. */
const decrypters = accounts * (keys * (4 + 25 + 1) + (keys / 10) * 99 + 1);
const oneKey = `WHERE key_arn = 'arn:aws:kms:us-east-1:${accountIdOf(1)}:key/7'`;
const oneRole = `WHERE principal_arn = 'arn:aws:iam::${accountIdOf(1)}:role/role-7'`;

const answers: readonly (readonly [view: string, where: string, rows: number, indexes: readonly string[]])[] =
  [
    ['current_principals', oneRole, keys, [name('by_principal')]],
    ['who_can_decrypt', oneKey, 4 + 25 + 1, []],
    ['who_can_delete', oneKey, 4 + 1, []],
    ['who_can_decrypt', '', decrypters, [name('using'), name('through_roles')]],
    ['who_can_delete', '', accounts * (keys * 5 + 2), [name('administering'), name('through_roles')]],
    ['decrypts_all_keys', '', accounts * (3 + 25), [name('using')]],
    ['policies_decrypting_all_keys', '', accounts, []],
    ['unusable_keys', '', accounts, [name('using'), name('administering')]],
    ['keys_of_one_principal', '', accounts, [name('using')]],
    ['principals_of_other_accounts', '', accounts, [name('of_other_accounts')]],
    // Roles 100, 120, … 500, and 91, 96, … 496: role n was last used n days ago.
    ['unused_decrypting_roles', '', accounts * (21 + 82), [name('using')]],
    ['who_can_escalate', '', accounts * keys, [name('administering')]],
  ];

test.each(answers)('%s %s: %i rows', async (view, where, rows, indexes) => {
  const query = `SELECT * FROM aws_encryption.${view} ${where}`;
  const plan = await client.query({ text: `EXPLAIN ${query}`, rowMode: 'array' });
  const lines = plan.rows.flat().join('\n');
  // Names alone: a plan is hundreds of lines.
  const used = new Set(lines.match(/aws_encryption_key_principals_\w+/g));
  expect([...used]).toEqual(expect.arrayContaining([...indexes]));
  if (where !== '') expect(lines.includes('Seq Scan on aws_encryption_key_principals')).toBe(false);
  const start = performance.now();
  // OFFSET 0 keeps PostgreSQL from leaving out what a count does not need.
  const counted = await client.query(`SELECT count(*) AS rows FROM (${query} OFFSET 0) AS answer`);
  process.stdout.write(`${view} ${where}: ${Math.round(performance.now() - start)} ms\n`);
  expect(counted.rows).toEqual([{ rows }]);
});
