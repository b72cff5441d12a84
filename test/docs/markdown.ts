import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from '../../lab/checkout.ts';

/** One Markdown file of the project. */
export interface Page {
  /** In the checkout. */
  readonly path: string;
  readonly text: string;
}

/** What stands between fences of one language. */
export interface Block {
  /** `docs/overview.md:12` */
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

/** Every Markdown file that is the project's own. */
export async function pages(): Promise<Page[]> {
  const inRoot = (await readdir(checkout)).filter((name) => name.endsWith('.md'));
  const folders = await Promise.all(
    ['bench', 'dashboards', 'deploy', 'docs', 'lab', 'sql', 'src'].map(markdownBelow),
  );
  const paths = [...inRoot, ...folders.flat()].sort();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(checkout, path), 'utf8') })),
  );
}

async function markdownBelow(folder: string): Promise<string[]> {
  const names = await readdir(join(checkout, folder), { recursive: true });
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

/** In a list it is indented, and what is within is read without that. */
const fence = /^( *)```(\w+)\n([\s\S]*?)^ *```$/gm;

export function blocksOf({ path, text }: Page): Block[] {
  return [...text.matchAll(fence)].map(({ 1: indent = '', 2: language = '', 3: block = '', index }) => ({
    place: `${path}:${text.slice(0, index).split('\n').length}`,
    language,
    text: block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** All blocks of the project in some language. */
export async function blocksIn(...languages: readonly string[]): Promise<Block[]> {
  return (await pages()).flatMap(blocksOf).filter(({ language }) => languages.includes(language));
}
