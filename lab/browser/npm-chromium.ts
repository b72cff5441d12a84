import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cachedFolder } from '../cached-folder.ts';
import { checkout } from '../checkout.ts';

/** A Chromium that needs nothing of the system but a C library. */
interface NpmChromium {
  readonly path: string;
  /** Folder of the shared libraries that it brings. */
  readonly libraries: string;
}

/** Unpacks in a process of its own: the package goes by the environment, and changes it. */
const unpack = (module: string) => `
  import { default as chromium } from ${JSON.stringify(module)};
  await chromium.executablePath();
`;

/** The Chromium of the npm package `@sparticuz/chromium`, unpacked to the checkout's cache once (Linux x64 only). */
export async function npmChromium(): Promise<NpmChromium> {
  const folder = await cachedFolder('chromium-143.0.4', async (partial) => {
    // It unpacks its libraries only where it takes itself to be in AWS Lambda.
    const env = { PATH: process.env.PATH, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
    await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', unpack(import.meta.resolve('@sparticuz/chromium'))],
      {
        cwd: checkout,
        env,
      },
    );
  });
  return { path: join(folder, 'chromium'), libraries: join(folder, 'al2023', 'lib') };
}
