import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import type { RoleFiles } from './roles.ts';

const entry = 'virtual:tests';
/** Their only export is the default, which `require` does not give as such. */
const packagesByDefault = ['p-limit', 'p-map', 'yocto-queue'];
/** How the names of what goes into the bundle begin: all but other packages and Node's modules. */
const inside = ['.', '/', entry, '\0', '@oxc-project/runtime/', ...packagesByDefault];

/**
 * The tests and all they reach as one CommonJS text, so that each mutant gets all modules afresh. It exports
 * `loadSources()` and `tests`: a function for each test file that loads it.
 */
export async function bundleTests(
  { sources, tests }: RoleFiles,
  switched: ReadonlyMap<string, string>,
): Promise<string> {
  const contents = new Map([...switched].map(([path, text]) => [resolve(path), text]));
  const importOf = (path: string) => `import(${JSON.stringify(resolve(path))})`;
  const build = await rolldown({
    input: entry,
    platform: 'node',
    external: (id) => !inside.some((start) => id.startsWith(start)),
    treeshake: false,
    transform: { target: 'node20' },
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutants',
        resolveId: (id) => (id === entry ? id : null),
        load(id) {
          if (id === entry)
            return `
              export const loadSources = () => Promise.all([${sources.map(importOf).join()}]);
              export const tests = {${tests.map((path) => `${JSON.stringify(path)}: () => ${importOf(path)}`).join()}};`;
          return contents.get(id) ?? null;
        },
        transform: (code, id) =>
          code.includes('import.meta.')
            ? code
                .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
                .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
            : null,
      },
    ],
  });
  const { output } = await build.generate({ format: 'cjs', codeSplitting: false });
  await build.close();
  return output[0].code;
}
