import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openBrowser } from '../../lab/browser.ts';
import { takeScreens } from '../../scripts/take-screens.ts';

const page = (body: string) =>
  `<!doctype html><html lang="en"><head><title>t</title><meta name="viewport" content="width=device-width"></head><body><main><h1>t</h1>${body}</main></body></html>`;

/** Width and height of a PNG, in pixels. */
async function sizeOf(file: string): Promise<[number, number]> {
  const handle = await open(file);
  const { buffer } = await handle.read({ buffer: Buffer.alloc(24), position: 0 });
  await handle.close();
  return [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
}

test('screens are of each width and scheme, and what is wrong with a page is told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-screens-'));
  const browser = await openBrowser();
  onTestFinished(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });
  const file = join(folder, 'page.html');

  await writeFile(file, page('<p style="height: 2000px">All is well.</p>'));
  expect(await takeScreens(browser, file, join(folder, 'good'))).toEqual([]);
  const pictures = (await readdir(folder)).filter((name) => name.endsWith('.png'));
  expect(pictures.toSorted()).toEqual(
    ['390', '820', '1440']
      .flatMap((width) => ['light', 'dark'].map((scheme) => `good-${width}-${scheme}`))
      .flatMap((name) => [`${name}.png`, `${name}-whole.png`])
      .toSorted(),
  );
  expect(await sizeOf(join(folder, 'good-820-dark.png'))).toEqual([820, 900]);
  const [width, height] = await sizeOf(join(folder, 'good-390-light-whole.png'));
  expect(width).toBe(390);
  expect(height).toBeGreaterThan(2000);

  await writeFile(file, page('<img src="data:,"><p style="width: 1000px">Wide.</p>'));
  const wrong = await takeScreens(browser, file, join(folder, 'bad'));
  expect(wrong.filter((line) => line.includes('image-alt'))).toHaveLength(6);
  expect(wrong.filter((line) => line.includes('wider than the screen'))).toHaveLength(4);
});
