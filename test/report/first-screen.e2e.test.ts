import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { insertLargeOrganization } from '../../lab/postgres/large-organization.ts';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from '../sql/database.ts';
import { runVerb } from '../sql/run-verb.ts';
import { createTables } from '../sql/tables.ts';
import { pages } from './pages.ts';

const server = databases();
const { file, open } = pages();

beforeAll(async () => {
  const { connectionString } = await server.create();
  const client = await connect(connectionString);
  await createTables(client);
  await applyViews(client);
  // So many keys are open to the world that they alone would fill the first screen.
  await insertLargeOrganization(client, { accounts: 100, untended: true });
  await client.end();
  const result = await runVerb([
    'report',
    '--connection',
    connectionString,
    '--output',
    file('untended.html'),
  ]);
  expect(result).toMatchObject({ code: 0, stderr: '' });
});

/** What can be read without scrolling: the lines of text that lie whole on the screen, joined. */
const firstScreen = (page: Page): Promise<string> =>
  page.evaluate(`{
    const texts = [];
    const walk = document.createTreeWalker(document.querySelector('header').parentNode, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walk.currentNode);
      const boxes = [...range.getClientRects()];
      // Chromium lays out what is folded away, too.
      if (walk.currentNode.parentNode.checkVisibility() && boxes.length > 0 && boxes.every(({ bottom, right }) => bottom <= innerHeight && right <= innerWidth))
        texts.push(walk.currentNode.data);
    }
    texts.join(' ').replaceAll(/\\s+/g, ' ');
  }`);

/** Of a desk, and of a phone. */
const screens = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

describe.each(screens)('the first screen, $width × $height, tells a stranger', (viewport) => {
  async function read(): Promise<string> {
    const { page, close } = await open('untended.html', { viewport });
    try {
      return await firstScreen(page);
    } finally {
      await close();
    }
  }

  test('which keys are open to the world', async () => {
    const text = await read();
    expect(text).toMatch(/Encryption posture 13 keys open to the world,/);
    expect(text).toMatch(
      /public alias\/partner-exchange Anyone in any AWS account can use it\. a-rather-long-account-name-0 \(100000000000\)/,
    );
  });

  test('why an account cannot read a bucket', async () => {
    expect(await read()).toContain(
      'reports-0-3 Shared with a-rather-long-account-name-1 (100000000001), who cannot read it: neither policy nor grants of its key let them in.',
    );
  });

  test('what to do first, and that not all was seen', async () => {
    const text = await read();
    expect(text).toMatch(/Not everything was seen 2 accounts could not be read.* Do first 13 public keys/);
    const chips = [...text.matchAll(/ (public|outside|deletion, in use|locked out) (alias|reports)/g)];
    expect([...new Set(chips.map(([, chip]) => chip))]).toEqual([
      'public',
      'outside',
      'deletion, in use',
      'locked out',
    ]);
  });
});
