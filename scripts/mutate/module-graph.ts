import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';

/** Who imports whom as soon as it is loaded: types and what is imported only when needed are left out. Files are named by their path from the project's folder. */
export interface ModuleGraph {
  readonly files: readonly string[];
  /** The files that a file reaches, itself included. */
  filesFrom(file: string): readonly string[];
  /** The packages and modules of Node that a file reaches. */
  packagesFrom(file: string): readonly string[];
}

export async function moduleGraph(): Promise<ModuleGraph> {
  const imports = new Map<string, readonly string[]>();
  const build = await rolldown({
    input: [...(await typescriptFiles('src')), ...(await typescriptFiles('test'))],
    platform: 'node',
    external: /^[^./]/, // packages are not followed
    treeshake: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'imports',
        buildEnd() {
          for (const id of this.getModuleIds()) {
            const { importedIds = [] } = this.getModuleInfo(id) ?? {};
            imports.set(pathOf(id), importedIds.map(pathOf));
          }
        },
      },
    ],
  });
  await build.generate();
  await build.close();

  const reached = (file: string): ReadonlySet<string> => {
    const found = new Set([file]);
    for (const each of found) for (const next of imports.get(each) ?? []) found.add(next);
    return found;
  };
  return {
    files: [...imports.keys()].filter(isFile).sort(),
    filesFrom: (file) => [...reached(file)].filter(isFile),
    packagesFrom: (file) => [...reached(file)].filter((name) => !isFile(name)),
  };
}

async function typescriptFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `./${join(folder, name)}`);
}

const pathOf = (id: string): string => (id.startsWith('/') ? relative('.', id) : id);
/** Packages and Node's modules have no ending, or none of these. */
const isFile = (name: string): boolean => /^[^:]*\/[^:]*\.(?:ts|json)$/.test(name);
