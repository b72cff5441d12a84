import { execFile } from 'node:child_process';
import { pluginPath } from '../../lab/organization-sync.ts';

export interface VerbResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a verb of the built plugin in a process of its own, with no variables but those given. */
export function runVerb(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<VerbResult> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const options = { env: { PATH, NODE_COMPILE_CACHE, ...env }, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, [pluginPath, ...argv], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}
