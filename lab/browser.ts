import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { npmChromium } from './browser/npm-chromium.ts';

/** Names a Chromium or Chrome to use. */
const BROWSER_VARIABLE = 'AWS_ENCRYPTION_TEST_CHROMIUM';

/** Where systems keep one. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** However long it takes to start: who waits for it knows how long. */
const timeout = 0;

/** A real Chromium: the one named, else the system's, else the one from npm, which needs no root. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env[BROWSER_VARIABLE] ?? places.find((path) => existsSync(path));
  if (executablePath) return chromium.launch({ executablePath, args: quiet, timeout });
  const { path, libraries } = await npmChromium();
  return chromium.launch({
    executablePath: path,
    args: quiet,
    timeout,
    env: { ...definedVariables(), LD_LIBRARY_PATH: libraries },
  });
}

const definedVariables = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
