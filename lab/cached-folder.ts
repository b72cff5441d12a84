import { access, chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './checkout.ts';

/**
 * The folder `name` of the cache, filled by `fill` when it is not there yet. It appears whole or not at all, so
 * processes that ask at the same time may both fill one, and the first to finish wins.
 */
export async function cachedFolder(
  name: string,
  fill: (folder: string) => Promise<void>,
  cache: string = cacheFolder,
): Promise<string> {
  const folder = join(cache, name);
  if (await exists(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, `${name}-partial-`));
  try {
    await fill(partial);
    await chmod(partial, 0o755); // mkdtemp's is 700: the cache serves whoever uses the checkout
    await rename(partial, folder);
  } catch (error) {
    if (!(await exists(folder))) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
