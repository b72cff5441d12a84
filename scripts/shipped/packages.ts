import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of npm of which something is in the bundle. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier or expression, as the package declares it; null when it declares none. */
  readonly license: string | null;
  /** Licence and notice files, as they are. */
  readonly texts: readonly string[];
}

/** The packages that these modules, named by their files, are from; by name and version. */
export function packagesOf(moduleIds: Iterable<string>): readonly ShippedPackage[] {
  const packages = new Map<string, ShippedPackage>();
  for (const folder of new Set([...moduleIds].flatMap(folderOf))) {
    const one = readPackage(folder);
    packages.set(`${one.name} ${one.version}`, one);
  }
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** `…/node_modules/@scope/name`; nothing for the project's own files. */
function folderOf(moduleId: string): string[] {
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(moduleId) ?? [];
  return folder === undefined ? [] : [folder];
}

function readPackage(folder: string): ShippedPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying|notice)/i.test(name));
  return {
    name: manifest.name,
    version: manifest.version,
    license: typeof manifest.license === 'string' ? manifest.license : null,
    texts: files.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim()),
  };
}
