import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { checkout } from './checkout.ts';

/**
 * Bundles the program `entry` (a TypeScript file, by its path in the checkout) to `build/<name>.js`, executable, and
 * returns its path: Node 20 runs no TypeScript. Tests that compile the same program at the same time do no harm.
 */
export async function compile(entry: string, name: string): Promise<string> {
  const bundle = await rolldown({ input: join(checkout, entry), platform: 'node', external: /^[^./]/ });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
  await bundle.close();

  const path = join(checkout, 'build', `${name}.js`);
  const partial = `${path}.${randomBytes(4).toString('hex')}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(partial, output[0].code);
  await chmod(partial, 0o755);
  await rename(partial, path);
  return path;
}
