import axe from 'axe-core';
import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from '../sql/database.ts';
import { ids, insertClean } from '../sql/rows.ts';
import { runVerb } from '../sql/run-verb.ts';
import { createTables } from '../sql/tables.ts';
import { pages } from './pages.ts';

const server = databases();
const { file, open } = pages();

/** Sixty daily runs until today; on one of them not all was seen. Twelve findings, of which one goes each fifth day. */
const sixtyDays = [
  `INSERT INTO aws_encryption.check_history
   SELECT date_trunc('day', now() AT TIME ZONE 'UTC') - n * interval '1 day', check_id, severity, n <> 30, 0
   FROM generate_series(0, 59) AS n, (VALUES ('key-public', 'critical'), ('rotation-off', 'medium')) AS checks (check_id, severity)`,
  `INSERT INTO aws_encryption.finding_history
   SELECT 'rotation-off', 'medium', '${ids.data}', 'data', 'us-east-1', 'key-' || n, 1, n = 11, first, first,
     CASE WHEN n BETWEEN 1 AND 10 THEN first + n * interval '5 days' END
   FROM generate_series(0, 11) AS n, (SELECT date_trunc('day', now() AT TIME ZONE 'UTC') - interval '59 days' AS first) AS start`,
  `INSERT INTO aws_encryption.finding_history (check_id, severity, account_id, resource, findings, waived, first_seen, last_seen)
   SELECT 'key-public', 'critical', '${ids.data}', 'orders', 1, false, date_trunc('day', now() AT TIME ZONE 'UTC') - interval '3 days', now()`,
];

const contents: Readonly<Record<string, readonly string[]>> = {
  none: [],
  one: [
    `INSERT INTO aws_encryption.check_history VALUES (now() AT TIME ZONE 'UTC', 'key-public', 'critical', true, 0)`,
  ],
  sixty: sixtyDays,
};

async function filled(client: Client, statements: readonly string[]): Promise<void> {
  await createTables(client);
  await applyViews(client);
  await insertClean(client);
  for (const statement of statements) await client.query(statement);
}

beforeAll(async () => {
  for (const [name, statements] of Object.entries(contents)) {
    const { connectionString } = await server.create();
    const client = await connect(connectionString);
    await filled(client, statements);
    await client.end();
    const argv = ['report', '--connection', connectionString, '--output', file(`${name}.html`)];
    expect(await runVerb(argv)).toMatchObject({ code: 0, stderr: '' });
  }
});

test('no recorded run is no panel, and one is no trend yet', async () => {
  const without = await open('none.html');
  expect(await without.page.locator('#trend').count()).toBe(0);
  await without.close();
  const { page, close } = await open('one.html');
  expect(await page.locator('#trend .lead').textContent()).toMatch(/^0 findings open on [\d-]{10}\.$/);
  expect(await page.locator('#trend .empty').textContent()).toBe('A trend takes a second recorded day.');
  expect(await page.locator('#trend svg').count()).toBe(0);
  await close();
});

describe('sixty recorded days', () => {
  test('are told in a sentence, a chart with a text in its place, and a table', async () => {
    const { page, close } = await open('sixty.html', { viewport: { width: 1440, height: 900 } });
    const lead = await page.locator('#trend .lead').textContent();
    // Of twelve one is waived, ten are gone; the public key is new.
    expect(lead).toMatch(/^2 findings open on [\d-]{10}, 11 on [\d-]{10}; in between 1 new, 10 resolved\.$/);
    const svg = page.locator('#trend svg:visible');
    expect(await svg.getAttribute('aria-label')).toMatch(
      /^Open findings by severity on 60 recorded days: [\d-]{10} critical 0, high 0, medium 11, low 0; [\d-]{10} critical 1, high 0, medium 1, low 0$/,
    );
    await page.locator('#trend details').evaluateAll((all) => {
      for (const each of all) each.setAttribute('open', '');
    });
    const rows = await page
      .locator('#trend tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].slice(1).map((cell) => cell.textContent)));
    expect(rows).toHaveLength(60);
    expect(rows[0]).toEqual(['1', '0', '1', '0', '1', '0', '0', 'yes']);
    expect(rows[30]).toEqual(['0', '0', '6', '0', '1', '0', '0', 'no']);
    expect(rows.at(-1)).toEqual(['0', '0', '11', '0', '1', 'unknown', 'unknown', 'yes']);
    await close();
  });

  test.each([390, 1440])('fit %i px', async (width) => {
    const { page, close } = await open('sixty.html', { viewport: { width, height: 900 } });
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
    expect(await page.locator('#trend svg:visible').count()).toBe(1);
    await close();
  });

  test.each(['light', 'dark'] as const)('are accessible in the %s scheme', async (colorScheme) => {
    const { page, close } = await open('sixty.html', { colorScheme, viewport: { width: 900, height: 900 } });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>(`axe.run('#trend')`);
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    if (process.env.TREND_PICTURES)
      await page
        .locator('#trend')
        .screenshot({ path: `${process.env.TREND_PICTURES}/trend-${colorScheme}.png` });
    await close();
  });
});
