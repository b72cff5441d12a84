import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { article } from '../../lab/aws/organizations/article.ts';
import { demoAccounts } from '../../lab/aws/organizations/demo-accounts.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { explain, type Query } from '../../src/explain/explain.ts';
import { formatTable } from '../../src/explain/format/table.ts';
import { readPrincipal } from '../../src/explain/principals.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { syncInto } from './synced-rows.ts';
import { createTables } from './tables.ts';

/* A spec with neither `org` nor `accounts`: one account is read, and nobody lists the organization that it is in. */

const { data, compute } = demoAccounts;
const server = databases();
let client: Client;

beforeAll(async () => {
  client = await connect((await server.create()).connectionString);
  await createTables(client);
  await applyViews(client);
  const aws = await startSimulator(article());
  await syncInto(client, aws, { regions: ['us-east-1'] }, data);
  await aws.close();
});
afterAll(() => client?.end());

const role = readPrincipal(`arn:aws:iam::${compute}:role/app`);
const asked = (resource: string, who: Query['who']) => explain(client, { resource, who, key: null });
const keyNamed = async (alias: string): Promise<string> => {
  const { rows } = await client.query('SELECT arn FROM aws_encryption.current_keys WHERE name = $1', [alias]);
  return rows[0].arn;
};

test('that another account is not of the organization is said of none', async () => {
  for (const resource of ['organization-admitted', 'customer-key-admits', await keyNamed('alias/granting')])
    for (const who of [null, compute, role]) {
      const answer = await asked(resource, who);
      const text = formatTable(answer);
      expect(text).not.toContain('not of the organization');
      expect(text).not.toContain('Nobody of the account can');
      expect(answer.notes.filter((note) => note.includes('membership not known'))).toHaveLength(
        resource === 'organization-admitted' && who === null ? 0 : 1,
      );
    }
});

test('an account that may be a member may be let in by a condition on the organization', async () => {
  const { by } = await asked('organization-admitted', role);
  expect(by.answer.word).toBe('unknown');
});

test('whom a grant lets in is one account in each answer, and its membership is not known', async () => {
  const key = await keyNamed('alias/granting');
  const all = await asked(key, null);
  expect(all.by).toMatchObject({ answer: { letIn: [{ who: compute, word: 'unknown' }] } });
  expect(formatTable(all)).toContain('sharing of the key: other_account (membership not known)');
  const { rows } = await client.query(
    `SELECT principal FROM aws_encryption.current_access WHERE key_arn = $1 AND source = 'grant' AND lets_use`,
    [key],
  );
  for (const { principal } of rows) {
    const { by } = await asked(key, readPrincipal(principal));
    expect(by.answer.word).toBe('unknown');
  }
  const ofAccount = await asked(key, compute);
  expect(ofAccount.by.answer.word).toBe('unknown');
  expect(formatTable(ofAccount)).toContain(`? Users and roles are not known: `);
});

test('of the account itself nothing is left open that its own rows tell', async () => {
  const { notes } = await asked('organization-admitted', data);
  expect(notes.filter((note) => note.includes('membership not known'))).toEqual([]);
});
