import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

export interface Screen {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  /** The whole page, however long it is; else what fits the screen. */
  readonly isWhole?: boolean;
}

/** Takes a picture of a page from the disk, as PNG; `look` sees the page before. */
export async function takePicture(
  browser: Browser,
  file: string,
  picture: string,
  { width, height, scheme, isWhole = false }: Screen,
  look: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  page.setDefaultTimeout(0);
  try {
    await page.goto(pathToFileURL(file).href);
    await look(page);
    await page.screenshot({ path: picture, fullPage: isWhole, timeout: 0 });
  } finally {
    await page.close();
  }
}
