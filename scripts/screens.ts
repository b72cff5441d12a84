import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import axe from 'axe-core';
import { Client } from 'pg';
import type { Page } from 'playwright-core';
import { openBrowser } from '../lab/browser.ts';
import { checkout } from '../lab/checkout.ts';
import { createTables } from '../lab/postgres/create-tables.ts';
import { insertLargeOrganization } from '../lab/postgres/large-organization.ts';
import { startPostgres } from '../lab/postgres.ts';
import { verb } from '../lab/verb.ts';
import { takePicture } from './screen.ts';

/**
 * `npm run screens -- --accounts 1,241`: pictures of the posture page for people to look at, in `build/screens`: of the demo (7 accounts, whose page is there)
 * and of organizations of other sizes, on a phone, a tablet and a desk, light and dark. Fails where axe finds a barrier.
 */
const folder = join(checkout, 'build', 'screens');
const demoAccounts = 7;
const { values } = parseArgs({ options: { accounts: { type: 'string', default: '1,7,241,1000' } } });
const sizes = values.accounts.split(',').map(Number);
const widths = [390, 820, 1440];
const schemes = ['light', 'dark'] as const;

await mkdir(folder, { recursive: true });
const pages = new Map<number, string>();
for (const accounts of sizes)
  pages.set(
    accounts,
    accounts === demoAccounts ? join(checkout, 'build', 'demo-report.html') : await pageOf(accounts),
  );

const browser = await openBrowser();
for (const [accounts, file] of pages)
  for (const width of widths)
    for (const scheme of schemes) {
      const name = `${accounts}-${width}-${scheme}`;
      const screen = { width, height: 900, scheme };
      // axe looks at what is seen: the widths differ in that, too.
      await takePicture(browser, file, join(folder, `${name}.png`), screen, (page) => judge(name, page));
      await takePicture(browser, file, join(folder, `${name}-whole.png`), { ...screen, isWhole: true });
    }
await browser.close();
process.stdout.write(`Pictures are in ${folder}\n`);

async function pageOf(accounts: number): Promise<string> {
  const postgres = await startPostgres();
  try {
    const client = new Client({ connectionString: postgres.connectionString });
    await client.connect();
    await createTables(client);
    await verb('views', '--connection', postgres.connectionString);
    await insertLargeOrganization(client, { accounts, untended: true });
    await client.end();
    const file = join(folder, `${accounts}.html`);
    const start = performance.now();
    await verb('report', '--connection', postgres.connectionString, '--output', file);
    process.stdout.write(`${accounts} accounts: ${Math.round(performance.now() - start)} ms\n`);
    return file;
  } finally {
    await postgres.stop();
  }
}

async function judge(name: string, page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  for (const { id, nodes } of violations) {
    process.stderr.write(`${name}: ${id}: ${nodes.map(({ html }) => html).join('\n')}\n`);
    process.exitCode = 1;
  }
}
