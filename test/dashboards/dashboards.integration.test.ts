import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, FieldDef } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleOf } from '../../dashboards/console.ts';
import { checkout } from '../../lab/checkout.ts';
import { readChecks } from '../../src/checks/check.ts';
import { runChecks } from '../../src/checks/run.ts';
import { consoleOfKey } from '../../src/report/console-link.ts';
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
  readonly templating: { readonly list: readonly Variable[] };
  readonly links: readonly { readonly url: string; readonly includeVars: boolean }[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query: string;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly datasource?: unknown;
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
    readonly defaults: {
      readonly unit?: string;
      readonly thresholds?: { readonly steps: readonly unknown[] };
      readonly links?: readonly { readonly url: string }[];
    };
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
  await runChecks(known, await readChecks(), { maxAge: 1e9, record: true });
});
afterAll(async () => {
  await known?.end();
  await empty?.end();
});

/** What is chosen, by variable; what is left out is "All". */
type Choice = Readonly<Record<string, readonly string[]>>;

const variables = new Map(
  (dashboards.get('encryption-posture.json')?.templating.list ?? []).map((variable) => [
    variable.name,
    variable,
  ]),
);

/**
 * Grafana's `${name:sqlstring}`: values in quotes, quotes in them doubled, commas between. All of them: the variable's
 * own value for that as it stands, else the list of all.
 */
async function expand(client: Client, sql: string, choice: Choice): Promise<string> {
  let expanded = sql;
  for (const [name, { allValue }] of variables) {
    const placeholder = `\${${name}:sqlstring}`;
    if (!expanded.includes(placeholder)) continue;
    const values = choice[name] ?? (allValue === undefined ? await offered(client, name, choice) : null);
    const list = values?.map((value) => `'${value.replaceAll("'", "''")}'`).join(',') ?? allValue ?? '';
    expanded = expanded.replaceAll(placeholder, () => list || "''");
  }
  expect(expanded, 'a variable or macro that nobody expands').not.toMatch(/\$(?!'$)[{_a-z]/);
  return expanded;
}

/** The values of a variable that Grafana offers. */
async function offered(client: Client, name: string, choice: Choice = {}): Promise<string[]> {
  const { rows } = await run(client, await expand(client, variables.get(name)?.query ?? '', choice));
  return rows.map((row) => String(row.__value ?? Object.values(row)[0]));
}

async function run(
  client: Client,
  sql: string,
): Promise<{ fields: FieldDef[]; rows: Record<string, unknown>[] }> {
  return client.query(sql);
}

test('the accounts to choose from are all that a sync spoke of, with a name each', async () => {
  const { rows } = await run(known, await expand(known, variables.get('account')?.query ?? '', {}));
  expect(rows.map((row) => row.__value).toSorted()).toEqual(
    [ids.data, ids.compute, ids.legacy, ids.suspended, ids.management].toSorted(),
  );
  expect(rows.every((row) => typeof row.__text === 'string')).toBe(true);
});

test('a unit leaves its accounts to choose from, and accounts of no known unit are not lost', async () => {
  const client = await connect((await server.create()).connectionString);
  await createTables(client);
  await applyViews(client);
  await insertKnownAnswers(client);
  await client.query('UPDATE aws_encryption_accounts SET organization_units = NULL');
  await client.query(
    `UPDATE aws_encryption_accounts SET organization_units = '{r-1,ou-1}' WHERE account_id = $1`,
    [ids.data],
  );
  expect(await offered(client, 'unit')).toEqual(['ou-1', 'r-1', 'unknown']);
  for (const unit of ['ou-1', 'r-1'])
    expect(await offered(client, 'account', { unit: [unit] })).toEqual([ids.data]);
  const others = await offered(client, 'account', { unit: ['unknown'] });
  expect(others).toHaveLength(4);
  expect(others).not.toContain(ids.data);
  expect(await offered(client, 'account')).toHaveLength(5);
  await client.end();
});

test.each(['region', 'key_type'])('there is something to choose from for %s', async (name) => {
  expect((await offered(known, name)).length).toBeGreaterThan(1);
});

describe.each(panels)('%s: %s', (_, __, panel) => {
  const sql = panel.targets[0]?.rawSql ?? '';

  test('answers for all accounts, for one, for a hostile name and for none', async () => {
    const all = await run(known, await expand(known, sql, {}));
    expect(all.rows.length).toBeGreaterThan(0);
    const hostile = [`'; DROP TABLE aws_encryption_keys; --`];
    await run(known, await expand(known, sql, { account: [ids.data] }));
    await run(known, await expand(known, sql, { account: hostile, region: hostile, key_type: hostile }));
    await run(empty, await expand(empty, sql, { account: ['no account'] }));
  });

  test('has no more rows for a part of the regions and key types than for all, and all of them are all', async () => {
    if (panel.type !== 'table') return expect(['stat', 'barchart', 'timeseries']).toContain(panel.type);
    const count = async (choice: Choice) => (await run(known, await expand(known, sql, choice))).rows.length;
    const all = await count({});
    expect(
      await count({ region: await offered(known, 'region'), key_type: await offered(known, 'key_type') }),
    ).toBe(all);
    expect(await count({ region: ['us-east-1'], key_type: ['aws_managed'] })).toBeLessThanOrEqual(all);
    // What has a region column goes by the choice.
    const { rows } = await run(known, await expand(known, sql, { region: ['us-east-1'] }));
    const regions = new Set(rows.map((row) => row.region));
    expect([...regions].filter((region) => region !== undefined && region !== 'us-east-1')).toEqual([]);
  });

  test.each([
    ['region', /of all regions/i],
    ['key_type', /of all (regions and )?key types/i],
  ])('goes by the choice of %s, or says that it does not', (name, words) => {
    const goes = sql.includes(`\${${name}:sqlstring}`);
    const says = words.test(panel.description);
    // What is about readings has no keys to choose by type.
    const isOfReadings = name === 'key_type' && /aws_encryption\.(coverage|not_seen)\b/.test(sql);
    expect([goes, goes || isOfReadings || says]).toEqual([!(says || isOfReadings), true]);
  });

  test('shows columns that its query has', async () => {
    const { fields } = await run(known, await expand(known, sql, { account: [ids.data] }));
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
  const { rows } = await run(known, await expand(known, panel?.targets[0]?.rawSql ?? '', {}));
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

test('each number has a unit and thresholds, and leads to its rows', () => {
  const stats = panels.map(([, , panel]) => panel).filter(({ type }) => type === 'stat');
  expect(stats).toHaveLength(8);
  for (const { title, fieldConfig } of stats) {
    const { unit, thresholds, links = [] } = fieldConfig.defaults;
    expect(unit, title).toMatch(/^(locale|s|currencyUSD)$/);
    expect(thresholds?.steps, title).toHaveLength(2);
    const [, uid = '', id = ''] =
      /^\/d\/([a-z-]+)\?viewPanel=(\d+)&\$\{__all_variables\}$/.exec(links[0]?.url ?? '') ?? [];
    const target = [...dashboards.values()]
      .find((dashboard) => dashboard.uid === uid)
      ?.panels.find((panel) => panel.id === Number(id));
    expect(target?.type, `${title} leads to ${links[0]?.url}`).toBe('table');
  }
});

test('the trend has a point for each recorded day, and as many open as the history', async () => {
  const { time, checks_unknown, ...open } = (await answer('Open findings over time')) ?? {};
  expect(time).toMatch(/^\d{4}-\d\d-\d\d /);
  expect(Number(checks_unknown)).toBeGreaterThan(0);
  const { rows } = await known.query(
    `SELECT severity, count(*)::integer AS open FROM aws_encryption.finding_history
    WHERE resolved_at IS NULL AND NOT waived GROUP BY severity`,
  );
  expect(open).toEqual({
    ...{ critical: 0, high: 0, medium: 0, low: 0 },
    ...Object.fromEntries(rows.map((row) => [row.severity, row.open])),
  });
});

test.each([
  'arn:aws:kms:eu-west-1:123456789012:key/mrk-1',
  'arn:aws-cn:kms:cn-north-1:123456789012:key/0-1',
  'arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/0-1',
  'arn:aws-iso:kms:us-iso-east-1:123456789012:key/0-1',
  'arn:aws:kms:eu-west-1:123456789012:alias/x',
  'arn:aws:kms:eu-west-1:123456789012:key/"onclick=',
  null,
])('the console of %s is that of the page', async (arn) => {
  const { rows } = await known.query(`SELECT ${consoleOf('arn')} FROM (SELECT $1::text AS arn) AS key`, [
    arn,
  ]);
  expect(rows[0].console).toBe(consoleOfKey(arn) ?? '');
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
      ['unit', 'query'],
      ['account', 'query'],
      ['region', 'query'],
      ['key_type', 'query'],
    ]);
    for (const { name, multi, includeAll } of dashboard.templating.list.slice(1))
      expect([name, multi, includeAll]).toEqual([name, true, true]);
    const other = [...dashboards.values()].find(({ uid }) => uid !== dashboard.uid)?.uid;
    expect(dashboard.links).toMatchObject([{ url: `/d/${other}`, includeVars: true }]);
  });

  test('has no green zero: whether none is good news, the number beside it tells', () => {
    expect(JSON.stringify(dashboard)).not.toMatch(/"color":"(dark-|semi-dark-)?green"/);
  });
});
