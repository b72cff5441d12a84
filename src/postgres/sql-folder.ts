import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the folder `sql/`. `name` has neither its number nor `.sql`. */
export interface SqlFile {
  readonly name: string;
  readonly text: string;
}

/** Reads a file of `sql/`, such as `schema.sql`. */
export async function sqlFile(path: string): Promise<string> {
  return readFile(join(sqlFolder(), path), 'utf8');
}

/** Reads the files of a folder of `sql/` in the order of their numbers, `10_coverage.sql` first. */
export async function sqlFiles(folder: 'views' | 'checks'): Promise<readonly SqlFile[]> {
  const path = join(sqlFolder(), folder);
  const names = (await readdir(path)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: name.replace(/^\d+_/, '').replace(/\.sql$/, ''),
      text: await readFile(join(path, name), 'utf8'),
    })),
  );
}

/** `sql/` stands beside `dist/` in the package and beside `src/` in the checkout: above this file in both. */
function sqlFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'sql', 'schema.sql'))) return join(folder, 'sql');
    if (folder === dirname(folder))
      throw new Error('The folder sql/ is missing beside dist/: install the package again.');
  }
}
