import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, FieldDef } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from '../sql/database.ts';
import { insertKnownAnswers } from '../sql/known-answers.ts';
import { ids } from '../sql/rows.ts';
import { createTables } from '../sql/tables.ts';

/** What of Grafana's model these tests look at. */
interface Dashboard {
  readonly uid: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { name: string; type: string; query: string }[] };
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly refId: string; readonly rawSql: string }[];
  readonly options?: { readonly xField?: string };
  readonly fieldConfig: {
    readonly overrides?: readonly { readonly matcher: { readonly id: string; readonly options: string } }[];
  };
}

/** The files as Grafana gets them; that they are as the code has them, `npm run check` looks after. */
const files = ['encryption-posture.json', 'encryption-keys.json'];
const dashboards = new Map<string, Dashboard>();
for (const file of files)
  dashboards.set(file, JSON.parse(await readFile(join(checkout, 'dashboards', file), 'utf8')));
const panels = [...dashboards].flatMap(([file, { panels }]) =>
  panels.map((panel) => [file, panel.title, panel] as const),
);

const server = databases();
let known: Client;
let empty: Client;

beforeAll(async () => {
  [known, empty] = (await Promise.all(
    [0, 1].map(async () => connect((await server.create()).connectionString)),
  )) as [Client, Client];
  for (const client of [known, empty]) {
    await createTables(client);
    await applyViews(client);
  }
  await insertKnownAnswers(known);
});
afterAll(async () => {
  await known?.end();
  await empty?.end();
});

/** Grafana's `${account:sqlstring}`: values in quotes, quotes in them doubled, commas between. */
function expand(sql: string, accounts: readonly string[]): string {
  const list = accounts.map((account) => `'${account.replaceAll("'", "''")}'`).join(',');
  const expanded = sql.replaceAll(/\$\{account:sqlstring\}/g, () => list);
  expect(expanded, 'a variable or macro that nobody expands').not.toMatch(/\$/);
  return expanded;
}

async function run(
  client: Client,
  sql: string,
): Promise<{ fields: FieldDef[]; rows: Record<string, unknown>[] }> {
  return client.query(sql);
}

const everyAccount = async (client: Client): Promise<string[]> => {
  const variable = dashboards
    .get('encryption-posture.json')
    ?.templating.list.find(({ name }) => name === 'account');
  const { rows } = await run(client, variable?.query ?? '');
  return rows.map((row) => String(row.__value));
};

test('the accounts to choose from are all that a sync spoke of, with a name each', async () => {
  const { rows } = await run(known, dashboards.get(files[0] ?? '')?.templating.list[1]?.query ?? '');
  expect(rows.map((row) => row.__value).toSorted()).toEqual(
    [ids.data, ids.compute, ids.legacy, ids.suspended, ids.management].toSorted(),
  );
  expect(rows.every((row) => typeof row.__text === 'string')).toBe(true);
});

describe.each(panels)('%s: %s', (_, __, panel) => {
  const sql = panel.targets[0]?.rawSql ?? '';

  test('answers for all accounts, for one, for a hostile name and for none', async () => {
    const all = await run(known, expand(sql, await everyAccount(known)));
    expect(all.rows.length).toBeGreaterThan(0);
    await run(known, expand(sql, [ids.data]));
    await run(known, expand(sql, [`'; DROP TABLE aws_encryption_keys; --`]));
    await run(empty, expand(sql, ['no account']));
  });

  test('shows columns that its query has', async () => {
    const { fields } = await run(known, expand(sql, [ids.data]));
    const names = fields.map(({ name }) => name);
    const needed = [
      ...(panel.options?.xField === undefined ? [] : [panel.options.xField]),
      ...(panel.fieldConfig.overrides ?? [])
        .filter(({ matcher }) => matcher.id === 'byName')
        .map(({ matcher }) => matcher.options),
    ];
    expect(names).toEqual(expect.arrayContaining(needed));
    expect(new Set(names).size).toBe(names.length);
  });

  test('says what it shows', () => {
    expect(panel.title).not.toBe('');
    expect(panel.description).not.toBe('');
    expect(panel.targets).toHaveLength(1);
  });
});

/** The first row of a panel's answer for all accounts. */
async function answer(title: string): Promise<Record<string, unknown> | undefined> {
  const panel = panels.find(([, name]) => name === title)?.[2];
  const { rows } = await run(known, expand(panel?.targets[0]?.rawSql ?? '', await everyAccount(known)));
  return rows[0];
}

test.each([
  [
    'KMS keys',
    `SELECT count(*) AS keys, count(*) FILTER (WHERE key_type = 'unknown') AS type_unknown
    FROM aws_encryption.current_keys`,
  ],
  [
    'Pending deletion',
    `SELECT count(*) AS keys,
      (SELECT count(*) FROM aws_encryption_keys WHERE key_state IS NULL AND enumerated_by = 'kms') AS unknown
    FROM aws_encryption.pending_deletions`,
  ],
  [
    'Could rotate, do not',
    `SELECT count(*) FILTER (WHERE rotation_state = 'disabled') AS keys,
    count(*) FILTER (WHERE rotation_state = 'unknown') AS unknown FROM aws_encryption.current_keys`,
  ],
])('the numbers of "%s" are those of SQL', async (title, sql) => {
  expect(await answer(title)).toEqual((await known.query(sql)).rows[0]);
});

describe.each(files)('%s', (file) => {
  const dashboard = dashboards.get(file) as Dashboard;

  test('is of the classic schema, with an address of its own', () => {
    expect(dashboard.schemaVersion).toBe(42);
    expect(new Set([...dashboards.values()].map(({ uid }) => uid)).size).toBe(files.length);
  });

  test('numbers its panels, and no panel lies on another or beyond the grid', () => {
    const all = dashboard.panels;
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.every(({ id }) => Number.isInteger(id) && id > 0)).toBe(true);
    const taken = new Set<string>();
    for (const { title, gridPos } of all) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken.has(`${x} ${y}`), `${title} lies on another panel`).toBe(false);
          taken.add(`${x} ${y}`);
        }
    }
  });

  test('goes by the database that is chosen, everywhere', () => {
    const found: unknown[] = [];
    JSON.stringify(dashboard, (key, value) => {
      if (key === 'datasource') found.push(value);
      return value;
    });
    expect(found.length).toBeGreaterThan(dashboard.panels.length);
    expect(new Set(found.map((each) => JSON.stringify(each)))).toEqual(
      new Set(['{"type":"grafana-postgresql-datasource","uid":"$datasource"}']),
    );
    expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([
      ['datasource', 'datasource'],
      ['account', 'query'],
    ]);
  });

  test('has no green zero: whether none is good news, the number beside it tells', () => {
    expect(JSON.stringify(dashboard)).not.toMatch(/"color":"(dark-|semi-dark-)?green"/);
  });
});
