import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Installs one package of npm into `folder`, with no install script run; returns where it is.
 * @param name without a version
 */
export async function npmInto(folder: string, name: string, version: string): Promise<string> {
  const options = ['--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    await promisify(execFile)('npm', ['install', ...options, `${name}@${version}`], { cwd: folder });
  } catch (cause) {
    const output = String((cause as { stderr?: unknown }).stderr || cause).trim();
    throw new Error(
      `npm could not install ${name} ${version}: ${output.split('\n').slice(0, 2).join(', ')}.`,
    );
  }
  return join(folder, 'node_modules', name);
}
