import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from '../../lab/browser.ts';

/** A real browser and a folder for pages, for a test file. */
export interface Pages {
  /** The path of a file in the folder. */
  file(name: string): string;
  /** Opens a file; `requests` fills with what the page asks for besides itself. */
  open(name: string, options?: BrowserContextOptions): Promise<OpenPage>;
}

export interface OpenPage {
  readonly page: Page;
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export function pages(): Pages {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aws-encryption-report-'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const file = (name: string) => join(folder, name);
  return {
    file,
    async open(name, options) {
      const context = await browser.newContext(options);
      context.setDefaultTimeout(0); // the test's own ends what hangs
      const page = await context.newPage();
      const url = pathToFileURL(file(name)).href;
      const requests: string[] = [];
      page.on('request', (request) => {
        if (request.url() !== url) requests.push(request.url());
      });
      await page.goto(url);
      return { page, requests, close: () => context.close() };
    },
  };
}
