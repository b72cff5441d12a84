import { access } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { type Page, pages } from './markdown.ts';

const all = await pages();

/** As GitHub makes them of headings. */
function anchorsOf({ text }: Page): Set<string> {
  const headings = [...withoutFences(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

const withoutFences = (text: string): string => text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');

function linksOf({ text }: Page): string[] {
  const links = [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((target) => !/^https?:/.test(target));
}

async function problemOf(page: Page, target: string): Promise<string | null> {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? page.path : relative(checkout, join(checkout, dirname(page.path), file));
  const exists = await access(join(checkout, path)).then(
    () => true,
    () => false,
  );
  if (!exists) return `${target}: there is no ${path}`;
  const linked = all.find((other) => other.path === path);
  if (anchor === undefined || linked === undefined) return null;
  return anchorsOf(linked).has(anchor) ? null : `${target}: ${path} has no such heading`;
}

test.each(all.map((page) => ({ page, path: page.path })))(
  '$path: its links lead somewhere',
  async ({ page }) => {
    const problems = await Promise.all(linksOf(page).map((target) => problemOf(page, target)));
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  },
);

test('there are links to follow', () => {
  expect(all.flatMap(linksOf).length).toBeGreaterThan(50);
});
