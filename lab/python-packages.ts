import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cached-folder.ts';
import { pipInto } from './pip.ts';

/**
 * A folder of the cache, for PYTHONPATH, with the packages that `lab/<name>/requirements.txt` pins, all of them: no
 * dependency is looked up.
 * @param what what they are to a user: `The emulators moto and MiniStack`
 */
export async function pythonPackages(name: string, what: string): Promise<string> {
  const text = await readFile(join(import.meta.dirname, name, 'requirements.txt'), 'utf8');
  const requirements = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const version = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return cachedFolder(`${name}-${version}`, (folder) => pipInto(folder, { what, requirements }));
}
