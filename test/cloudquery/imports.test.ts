import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';

const folder = 'src/cloudquery/';
/** CloudQuery's SDK and protocol, and what they are made of. */
const isSdk = (module: string): boolean =>
  /^(?:@cloudquery|@apache-arrow|@grpc)\/|^apache-arrow/.test(module);

/** What each file of src imports: values, types, and what is loaded later. */
const imports: readonly { readonly file: string; readonly module: string }[] = await (async () => {
  const names = await readdir(join(checkout, 'src'), { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join('src', name));
  const found = files.map(async (file) => {
    const text = await readFile(join(checkout, file), 'utf8');
    const modules = text.matchAll(/(?:\bfrom|\bimport\(?|\brequire\()\s*'([^']+)'/g);
    return [...modules].map(([, module = '']) => ({ file, module }));
  });
  return (await Promise.all(found)).flat();
})();

const named = (found: typeof imports) => found.map(({ file, module }) => `${file} imports ${module}`);

test('only src/cloudquery knows the SDK, its protocol, gRPC and Arrow', () => {
  const [inside, outside] = [true, false].map((isInside) =>
    imports.filter(({ file, module }) => isSdk(module) && file.startsWith(folder) === isInside),
  );
  expect(named(outside ?? [])).toEqual([]);
  expect(inside?.length).toBeGreaterThan(5);
});

test('src/cloudquery knows nothing of the plugin', () => {
  const own = imports.filter(({ file, module }) => file.startsWith(folder) && module.startsWith('.'));
  expect(own.length).toBeGreaterThan(5);
  expect(named(own.filter(({ module }) => !module.startsWith('./')))).toEqual([]);
});
