import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pluginPath } from './organization-sync.ts';

/** Runs one of the product's own verbs (`views`, `report`, …) as a user does, and returns what it prints. */
export async function verb(...argv: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [pluginPath, ...argv]);
  return stdout;
}
