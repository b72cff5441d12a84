import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { blocksOf, type Page } from './markdown.ts';

/** A section of a page as a page of its own, from its heading to the next of the same level; throws where there is none. */
export function sectionOf({ path, text }: Page, heading: string): Page {
  const [, rest] = `\n${text}`.split(`\n## ${heading}\n`);
  if (rest === undefined) throw new Error(`${path} has no section "${heading}".`);
  return { path: `${path}, ${heading}`, text: rest.split('\n## ')[0] ?? '' };
}

const newFile = /^New file `([^`]+)`:\n\n/;
const change = /^In `([^`]+)`, (after|before|in place of) `(.+)`:\n\n/;

/** Does in `folder` what a section says of files, block by block; throws where a line is not there, or there twice. */
export async function follow(section: Page, folder: string): Promise<number> {
  const steps = section.text.split(/^(?=New file |In `)/m).slice(1);
  for (const step of steps) {
    const [, path, where, line] = change.exec(step) ?? newFile.exec(step) ?? [];
    const [block] = blocksOf({ path: section.path, text: step });
    if (path === undefined || block === undefined)
      throw new Error(`${section.path}: not to be followed: ${step}`);
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    if (where === undefined) await writeFile(file, block.text, { flag: 'wx' });
    else
      await writeFile(file, changed(await readFile(file, 'utf8'), path, { where, line, block: block.text }));
  }
  return steps.length;
}

function changed(
  text: string,
  path: string,
  change: { where: string; line?: string | undefined; block: string },
): string {
  const lines = text.split('\n');
  const found = lines.flatMap((each, at) => (each.trim() === change.line ? [at] : []));
  const [at] = found;
  if (at === undefined || found.length > 1)
    throw new Error(`${path} has ${found.length} lines ${change.line}`);
  const start = change.where === 'after' ? at + 1 : at;
  lines.splice(start, change.where === 'in place of' ? 1 : 0, ...change.block.trimEnd().split('\n'));
  return lines.join('\n');
}
