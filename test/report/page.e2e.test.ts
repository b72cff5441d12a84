import axe from 'axe-core';
import type { Client } from 'pg';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { insertLargeOrganization } from '../../lab/postgres/large-organization.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from '../sql/database.ts';
import { insertKnownAnswers } from '../sql/known-answers.ts';
import { insertClean } from '../sql/rows.ts';
import { runVerb } from '../sql/run-verb.ts';
import { createTables } from '../sql/tables.ts';
import { pages } from './pages.ts';

const server = databases();
const { file, open } = pages();

const contents: Readonly<Record<string, (client: Client) => Promise<void>>> = {
  known: insertKnownAnswers,
  clean: insertClean,
  large: (client) => insertLargeOrganization(client, { accounts: 500 }),
  untended: (client) => insertLargeOrganization(client, { accounts: 30, untended: true }),
  empty: async () => {},
};
const names = Object.keys(contents);
const connections = new Map<string, string>();

beforeAll(async () => {
  for (const [name, insert] of Object.entries(contents)) {
    const { connectionString } = await server.create();
    const client = await connect(connectionString);
    await createTables(client);
    await applyViews(client);
    await insert(client);
    await client.end();
    connections.set(name, connectionString);
    const result = await runVerb([
      'report',
      '--connection',
      connectionString,
      '--output',
      file(`${name}.html`),
    ]);
    expect(result).toEqual({ code: 0, stdout: `Wrote ${file(`${name}.html`)}\n`, stderr: '' });
  }
});

const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const openTables = (page: Page): Promise<void> =>
  page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');

describe.each(names)('the page of the %s database', (name) => {
  test.each([390, 900, 1440])('fits %i px, without scripts, with all it needs in itself', async (width) => {
    const { page, requests, close } = await open(`${name}.html`, {
      javaScriptEnabled: false,
      offline: true,
      viewport: { width, height: 900 },
    });
    expect(await overflow(page)).toBe(0);
    await openTables(page);
    expect(await overflow(page)).toBe(0);
    expect(await page.locator('script, iframe, object, embed, link, img, form').count()).toBe(0);
    expect(requests).toEqual([]);
    await close();
  });

  test.each(['light', 'dark'] as const)('is accessible in the %s scheme', async (colorScheme) => {
    const { page, close } = await open(`${name}.html`, {
      colorScheme,
      viewport: { width: 900, height: 900 },
    });
    // axe looks at every cell for longer than a test should take; the same tables are in the other pages.
    if (name !== 'large' && name !== 'untended') await openTables(page);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await close();
  });
});

const desktop = { viewport: { width: 1440, height: 900 } };

/** The cells of the table under a caption, by row. */
function tableOf(page: Page, caption: string): Promise<string[][]> {
  return page.evaluate(`
    [...document.querySelectorAll('table')]
      .filter((table) => table.caption.textContent.startsWith(${JSON.stringify(caption)}))
      .flatMap((table) => [...table.tBodies[0].rows])
      .map((row) => [...row.cells].map((cell) => cell.textContent))`);
}

const grouped = (value: number): string => value.toLocaleString('en-US');

describe.each(['known', 'large'])('numbers of the %s database are those of SQL', (name) => {
  async function both<T>(
    work: (page: Page, sql: <R>(query: string) => Promise<R[]>) => Promise<T>,
  ): Promise<T> {
    const client = await connect(connections.get(name) ?? '');
    const { page, close } = await open(`${name}.html`, { viewport: { width: 1440, height: 900 } });
    try {
      return await work(page, async (query) => (await client.query(query)).rows);
    } finally {
      await close();
      await client.end();
    }
  }

  test.each([
    ['keys', `SELECT count(*) AS n FROM aws_encryption.current_keys WHERE key_type <> 'aws_owned'`],
    ['outside', `SELECT count(*) AS n FROM aws_encryption.usable_outside_organization WHERE usable = 'yes'`],
    [
      'locked',
      `SELECT count(*) AS n FROM (
         SELECT arn FROM aws_encryption.locked_buckets WHERE by_key = 'yes'
         UNION SELECT arn FROM aws_encryption.write_locked_buckets WHERE by_key = 'yes'
         UNION SELECT arn FROM aws_encryption.locked_resources WHERE by_key = 'yes'
       ) AS locked`,
    ],
    [
      'rotation_off',
      `SELECT COALESCE(sum(keys), 0)::int AS n FROM aws_encryption.rotation WHERE rotation = 'disabled'`,
    ],
    ['pending_deletion', 'SELECT count(*) AS n FROM aws_encryption.pending_deletions'],
    ['monthly_usd', 'SELECT sum(monthly_fee_usd)::int AS n FROM aws_encryption.monthly_cost'],
  ])('headline %s', async (id, query) => {
    await both(async (page, sql) => {
      const [row] = await sql<{ n: number }>(query);
      const value = await page.locator(`[data-number="${id}"] .tile-value`).textContent();
      expect(value?.replace(/^at least |[$,]/g, '')).toBe(String(row?.n));
    });
  });

  test('public keys, in the headline and on their card', async () => {
    await both(async (page, sql) => {
      const [row] = await sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM aws_encryption.findings_in_order WHERE urgency = 'public'`,
      );
      if (name === 'known') expect(row?.n).toBeGreaterThan(0);
      const told = row?.n === 0 ? undefined : String(row?.n);
      const card = (await page.locator('[data-number="outside"] .tile-notes').textContent()) ?? '';
      expect(/(\d+) by anyone/.exec(card)?.[1]).toBe(told);
      const verdict = (await page.locator('.verdict').textContent()) ?? '';
      expect(/(\d+) keys? open to the world/.exec(verdict)?.[1]).toBe(told);
    });
  });

  test('key types', async () => {
    await both(async (page, sql) => {
      const rows = await sql<{ title: string; keys: number; accounts: number }>(
        'SELECT title, keys, accounts FROM aws_encryption.key_types ORDER BY position',
      );
      expect((await tableOf(page, 'Key types, what')).map((cells) => cells.slice(0, 3))).toEqual(
        rows.map(({ title, keys, accounts }) => [title, grouped(keys), grouped(accounts)]),
      );
    });
  });

  test('the account matrix: every pair is in the table', async () => {
    await both(async (page, sql) => {
      const rows = await sql<{ owner: string; user_id: string; keys: number | null }>(
        'SELECT owner_account_id AS owner, user_id, keys FROM aws_encryption.account_matrix',
      );
      const shown = await tableOf(page, 'Who can use whose keys');
      expect(shown).toHaveLength(rows.length);
      const sum = (values: readonly (number | null)[]) =>
        values.reduce<number>((all, n) => all + (n ?? 0), 0);
      const unknowns = (values: readonly unknown[]) => values.filter((value) => value === null).length;
      const keys = shown.map((cells) =>
        cells[3] === 'unknown' ? null : Number(cells[3]?.replaceAll(',', '')),
      );
      expect([sum(keys), unknowns(keys)]).toEqual([
        sum(rows.map((row) => row.keys)),
        unknowns(rows.map((row) => row.keys)),
      ]);
    });
  });

  test('rotation and cost', async () => {
    await both(async (page, sql) => {
      const [total] = await sql<{ rotation: number; cost: number }>(`
        SELECT (SELECT sum(keys)::int FROM aws_encryption.rotation) AS rotation,
          (SELECT sum(monthly_fee_usd)::int FROM aws_encryption.monthly_cost) AS cost`);
      const column = async (caption: string, at: number) =>
        (await tableOf(page, caption)).reduce(
          (sum, cells) => sum + (cells[at] === 'unknown' ? 0 : Number(cells[at]?.replace(/[$,]/g, ''))),
          0,
        );
      expect(await column('Rotation by account', 5)).toBe(total?.rotation);
      expect(await column('Monthly cost', 3)).toBe(total?.cost);
    });
  });

  test('what was not seen stands above all', async () => {
    await both(async (page, sql) => {
      const [row] = await sql<{ dark: number }>(
        `SELECT count(*) AS dark FROM aws_encryption.not_seen
         WHERE table_name = '*' AND region = 'global' AND status IN ('failed', 'missing')`,
      );
      await expect(page.locator('.coverage').textContent()).resolves.toContain(
        `${row?.dark} accounts could not be read`,
      );
      expect(await page.locator('.tile.is-good, .fine').count()).toBe(0);
      expect(await page.locator('.tile-value .at-least').count()).toBeGreaterThanOrEqual(5);
    });
  });
});

test('the bars of a chart are what SQL counts, each under its own name', async () => {
  const client = await connect(connections.get('known') ?? '');
  const { rows } = await client.query<{ bar: string }>(`
    SELECT COALESCE(account_name, account_id) || ': ' || rotation || ' ' || sum(keys) AS bar
    FROM aws_encryption.rotation
    WHERE eligibility IN ('optional', 'unknown')
    GROUP BY account_name, account_id, rotation`);
  await client.end();
  const titles: Readonly<Record<string, string>> = {
    Rotates: 'enabled',
    'Paused (key disabled)': 'paused',
    'Suspended (pending deletion)': 'suspended',
    'Could rotate, does not': 'disabled',
    Unknown: 'unknown',
  };
  const { page, close } = await open('known.html', { viewport: { width: 1440, height: 900 } });
  const bars = await page.locator('#rotation .from-520 svg rect title').allTextContents();
  const named = bars.map((bar) => bar.replace(/: (.*) (?=\d+$)/, (_, title) => `: ${titles[title]} `));
  expect(named.toSorted()).toEqual(rows.map(({ bar }) => bar).toSorted());
  const printed = await page.evaluate<string[]>(`
    [...document.querySelectorAll('#rotation .from-520 svg text')]
      .map((text) => [...text.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join(''))`);
  expect(printed).toEqual(expect.arrayContaining(['data', 'compute', '1 off']));
  await close();
});

test('with 500 accounts the matrix goes by organizational units, and the table by accounts', async () => {
  const { page, close } = await open('large.html', { viewport: { width: 1440, height: 900 } });
  expect(await page.locator('#matrix svg:visible').count()).toBe(1);
  const text = await page.locator('#matrix .from-1100').textContent();
  expect(text).toContain('999900000001');
  expect(text).toContain('ou-root-test');
  expect(text).not.toContain('a-rather-long-account-name');
  expect((await tableOf(page, 'Who can use whose keys'))[0]?.[0]).toContain('a-rather-long-account-name');
  await close();
});

describe('an organization that nobody tends', () => {
  test('ten things to do first are on the first screen, the public keys before all others', async () => {
    const { page, close } = await open('untended.html', desktop);
    const rows = page.locator('#do-first .first > li:not(.all)');
    expect(await rows.count()).toBe(10);
    const last = await rows.last().boundingBox();
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(900);
    const chips = await page.locator('#do-first .first .chip').allTextContents();
    expect(chips).toEqual([
      ...Array(4).fill('public'),
      ...['outside', 'outside', 'deletion, in use'],
      ...Array(3).fill('locked out'),
    ]);
    const first = await rows.first().textContent();
    for (const words of [
      'alias/partner-exchange',
      'Anyone in any AWS account can use it.',
      'a-rather-long-account-name-0 (100000000000) · ou-root-prod / ou-root-team0 · us-east-1 · key k2',
      'owner team-0',
      'since 20',
    ])
      expect(first).toContain(words);
    await close();
  });

  test('"all of a kind" leads to where all of them are', async () => {
    const { page, close } = await open('untended.html', { ...desktop, javaScriptEnabled: false });
    const link = page.locator('#do-first .all a', { hasText: 'locked resources' });
    const [, all] = /^All (\d+) /.exec((await link.textContent()) ?? '') ?? [];
    await link.click();
    expect(await page.locator('#locked-rows').isVisible()).toBe(true);
    expect(await page.locator('#locked-rows tbody tr').count()).toBe(Number(all));
    await close();
  });

  test('a finding opens to its ARN and its fix, by keyboard', async () => {
    const { page, close } = await open('untended.html', desktop);
    const first = page.locator('#do-first .first > li').first();
    expect(await first.locator('.more').isVisible()).toBe(false);
    await first.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await first.locator('.more').isVisible()).toBe(true);
    expect(await first.locator('.more').textContent()).toContain('arn:aws:kms:us-east-1:100000000000:key/k2');
    await close();
  });

  test.each(['keys', 'outside', 'locked', 'rotation_off', 'monthly_usd'])(
    'the card %s leads to its rows, without a script',
    async (id) => {
      const { page, close } = await open('untended.html', { ...desktop, javaScriptEnabled: false });
      const card = page.locator(`[data-number="${id}"] a`);
      const rows = page.locator((await card.getAttribute('href')) ?? '');
      expect(await rows.isVisible()).toBe(false);
      await card.click();
      expect(await rows.isVisible()).toBe(true);
      expect(await rows.locator('tbody tr').count()).toBeGreaterThan(0);
      await close();
    },
  );

  test('anyone is the first column of the matrix, and has a frame beside its colour', async () => {
    const { page, close } = await open('untended.html', desktop);
    const heads = await page.locator('#matrix .from-1100 svg text').allTextContents();
    const isHead = (text: string) => heads.findIndex((head) => head.startsWith(text));
    expect(isHead('Anyone')).toBeLessThan(isHead('99990000'));
    expect(
      await page
        .locator(
          '#matrix .from-1100 svg g[stroke="var(--ink)"] rect, #matrix .from-1100 svg rect[stroke="var(--ink)"]',
        )
        .count(),
    ).toBe(4);
    await close();
  });

  test('a table that is longer than its frame shows so', async () => {
    const { page, close } = await open('untended.html', desktop);
    await openTables(page);
    const style = await page.evaluate<string>(`{
      const frame = document.querySelector('#rotation-rows');
      const { borderTopWidth, backgroundImage } = getComputedStyle(frame);
      frame.scrollHeight > frame.clientHeight ? borderTopWidth + backgroundImage : 'does not scroll';
    }`);
    expect(style).toMatch(/^1px.*linear-gradient/);
    await close();
  });
});

test('deletions stand on a scale of days, the one that breaks something first', async () => {
  const { page, close } = await open('known.html', desktop);
  const marks = await page.evaluate<[string, number][]>(`
    [...document.querySelectorAll('#pending-deletions .from-520 circle')]
      .map((mark) => [mark.querySelector('title').textContent, mark.getBoundingClientRect().x])`);
  expect(marks.map(([title]) => title)).toEqual(['6 days, us-east-1']);
  const ticks = await page.locator('#pending-deletions .from-520 svg text').allTextContents();
  expect(ticks.slice(0, 5)).toEqual(['today', '7', '14', '21', '30']);
  await close();
});

test.each(names)('the %s page speaks plainly', async (name) => {
  const { page, close } = await open(`${name}.html`);
  const text = (await page.locator('body').textContent()) ?? '';
  expect(text).not.toMatch(/keeping keys|can be had|at least so many|in the face of|keeps? (them )?out/i);
  await close();
});

test('nothing is fine where nothing was read', async () => {
  const { page, close } = await open('empty.html');
  expect(await page.locator('.tile-value').allTextContents()).toEqual(Array(6).fill('unknown'));
  expect(await page.locator('.tile.is-good, .fine').count()).toBe(0);
  const leads = await page.locator('.panel:not(#change) .lead').allTextContents();
  expect(new Set(leads)).toEqual(new Set(['Not known']));
  await close();
});

test('a clean organization is called so', async () => {
  const { page, close } = await open('clean.html');
  expect(await page.locator('.verdict').textContent()).toBe('Nothing found in all that was asked for.');
  expect(await page.locator('.coverage.warns').count()).toBe(0);
  expect(await page.locator('.tile.is-good').count()).toBe(4);
  await close();
});

test('the keyboard reaches the numbers, the tables and what scrolls', async () => {
  const { page, close } = await open('known.html', { viewport: { width: 390, height: 900 } });
  const focused = () =>
    page.evaluate<string>('document.activeElement.innerText || document.activeElement.ariaLabel');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the numbers');
  await page.keyboard.press('Tab');
  expect(await focused()).toContain('Not everything was seen');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused()).toContain('What was not seen, and why');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.className')).toBe('scroll');
  expect(await page.locator('.coverage table').isVisible()).toBe(true);
  await close();
});

test('on paper it is light, whatever the screen is', async () => {
  const { page, close } = await open('known.html', { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  await close();
});
