import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { takePicture } from './screen.ts';

const widths = [390, 820, 1440];
const schemes = ['light', 'dark'] as const;

/**
 * Pictures of a page, of what fits the screen and of the whole, on a phone, a tablet and a desk, light and dark:
 * `<picture>-390-light.png`, `<picture>-390-light-whole.png`, ….
 * @returns what is wrong, a line each: what axe finds, and a page that is wider than its screen
 */
export async function takeScreens(browser: Browser, file: string, picture: string): Promise<string[]> {
  const barriers: string[] = [];
  for (const width of widths)
    for (const scheme of schemes) {
      const name = `${picture}-${width}-${scheme}`;
      const screen = { width, height: 900, scheme };
      // axe looks at what is seen: the widths differ in that, too.
      await takePicture(browser, file, `${name}.png`, screen, async (page) => {
        barriers.push(...(await barriersOf(page)).map((barrier) => `${name}: ${barrier}`));
      });
      await takePicture(browser, file, `${name}-whole.png`, { ...screen, isWhole: true });
    }
  return barriers;
}

async function barriersOf(page: Page): Promise<string[]> {
  const beyond = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  return [
    ...(beyond > 0 ? [`${beyond} pixels wider than the screen`] : []),
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`),
  ];
}
