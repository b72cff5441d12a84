import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cached-folder.ts';
import { checkout } from './checkout.ts';
import { npmInto } from './npm.ts';

/**
 * The path of the Node that `.nvmrc` asks for, by its major version: the one that runs this, else npm's package of it
 * for this machine, kept in the checkout's cache folder.
 */
export async function nodeOfChoice(): Promise<string> {
  const version = (await readFile(join(checkout, '.nvmrc'), 'utf8')).trim();
  if (majorOf(version) === majorOf(process.versions.node)) return process.execPath;
  // The package of the platform itself: `node` needs an install script.
  const name = `node-${process.platform}-${process.arch}`;
  const folder = await cachedFolder(`node-${version}`, async (prefix) => {
    await npmInto(prefix, name, version);
  });
  return join(folder, 'node_modules', name, 'bin', 'node');
}

const majorOf = (version: string): string | undefined => version.split('.')[0];
