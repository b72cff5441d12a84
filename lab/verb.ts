import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pluginPath } from './organization-sync.ts';

/** Runs one of the product's own verbs (`views`, `report`, …) as a user does, and returns what it prints. */
export const verb = (...argv: readonly string[]): Promise<string> => verbOf(pluginPath, ...argv);

/** The same of another copy of the plugin. */
export async function verbOf(plugin: string, ...argv: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [plugin, ...argv]);
  return stdout;
}
