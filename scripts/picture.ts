import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from '../lab/browser.ts';
import { checkout } from '../lab/checkout.ts';

/** Makes the README's picture of the posture page from the page that the demo wrote. */
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1200, height: 1180 }, colorScheme: 'light' });
await page.goto(pathToFileURL(join(checkout, 'build', 'demo-report.html')).href);
await page.screenshot({ path: join(checkout, 'docs', 'report.png') });
await browser.close();
