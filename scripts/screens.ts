import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { openBrowser } from '../lab/browser.ts';
import { checkout } from '../lab/checkout.ts';
import { createTables } from '../lab/postgres/create-tables.ts';
import { insertLargeOrganization } from '../lab/postgres/large-organization.ts';
import { startPostgres } from '../lab/postgres.ts';
import { verb } from '../lab/verb.ts';
import { takeScreens } from './take-screens.ts';

/**
 * `npm run screens -- --accounts 1,241`: pictures of the posture page for people to look at, in `build/screens`: of the demo (7 accounts, whose page is there)
 * and of organizations of other sizes, on a phone, a tablet and a desk, light and dark. Fails where axe finds a barrier.
 */
const folder = join(checkout, 'build', 'screens');
const demoAccounts = 7;
const { values } = parseArgs({ options: { accounts: { type: 'string', default: '1,7,241,1000' } } });

await mkdir(folder, { recursive: true });
const browser = await openBrowser();
for (const accounts of values.accounts.split(',').map(Number)) {
  const demo = join(checkout, 'build', 'demo-report.html');
  const file = accounts === demoAccounts ? demo : await pageOf(accounts);
  for (const barrier of await takeScreens(browser, file, join(folder, `${accounts}`))) {
    process.stderr.write(`${barrier}\n`);
    process.exitCode = 1;
  }
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
