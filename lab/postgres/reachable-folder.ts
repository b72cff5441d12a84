import { chmod, chown, mkdtemp, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Owner } from './files.ts';

/** A new folder in the temp directory which `owner` can reach and remove; without an owner, this process's user. */
export async function reachableFolder(owner: Owner | undefined): Promise<string> {
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm'])) {
    if (owner && !(await openToAll(parent))) continue;
    const folder = await mkdtemp(join(parent, 'aws-encryption-postgres-'));
    await chmod(folder, 0o755);
    if (owner) await chown(folder, owner.uid, owner.gid);
    return folder;
  }
  throw new Error(
    'PostgreSQL needs a temp folder that every user can write to and no parent of which is closed: set TMPDIR to one.',
  );
}

/** Whether every user can pass through to `path` and write there. */
async function openToAll(path: string): Promise<boolean> {
  try {
    let folder = await realpath(path);
    if (((await stat(folder)).mode & 0o003) !== 0o003) return false;
    while (folder !== dirname(folder)) {
      folder = dirname(folder);
      if (((await stat(folder)).mode & 0o001) === 0) return false;
    }
    return true;
  } catch {
    return false;
  }
}
