import { join } from 'node:path';
import { openBrowser } from '../lab/browser.ts';
import { checkout } from '../lab/checkout.ts';
import { takePicture } from './screen.ts';

/** Makes the README's picture of the posture page from the page that the demo wrote. */
const browser = await openBrowser();
const screen = { width: 1200, height: 1180, scheme: 'light' } as const;
const page = join(checkout, 'build', 'demo-report.html');
await takePicture(browser, page, join(checkout, 'docs', 'report.png'), screen);
await browser.close();
