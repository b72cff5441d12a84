import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The project's folder: programs run from `build/`. */
export const checkout = join(import.meta.dirname, '..');

/** A file as it should be. */
export interface GeneratedFile {
  /** In the checkout. */
  readonly path: string;
  readonly text: string;
}

/** The text of a file of the checkout; null when it is not there. */
export async function textOf(path: string): Promise<string | null> {
  return readFile(join(checkout, path), 'utf8').catch(() => null);
}

/** Paths of those that are not as they should be. */
export async function staleFiles(files: readonly GeneratedFile[]): Promise<string[]> {
  const current = await Promise.all(files.map(({ path }) => textOf(path)));
  return files.filter(({ text }, i) => text !== current[i]).map(({ path }) => path);
}

/** Makes them so; returns the paths that changed. */
export async function write(
  files: readonly GeneratedFile[],
  obsolete: readonly string[],
): Promise<readonly string[]> {
  const stale = new Set(await staleFiles(files));
  for (const { path, text } of files.filter(({ path }) => stale.has(path))) {
    await mkdir(dirname(join(checkout, path)), { recursive: true });
    await writeFile(join(checkout, path), text);
  }
  for (const path of obsolete) await rm(join(checkout, path));
  return [...stale, ...obsolete];
}
