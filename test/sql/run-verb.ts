import { execFile } from 'node:child_process';
import { beforeAll } from 'vitest';
import { compile } from '../../lab/compile.ts';

export interface VerbResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a verb in a process of its own, with no variables but those given. */
export interface RunVerb {
  (argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<VerbResult>;
  /** The file that Node runs, for whoever starts it another way. */
  program(): string;
}

/** Bundles the verbs once for a test file. */
export function verbRunner(): RunVerb {
  let program: string;
  beforeAll(async () => {
    program = await compile('test/sql/verb.ts', 'verb');
  });
  const run = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<VerbResult> =>
    new Promise((resolve) => {
      const options = { env: { PATH: process.env.PATH ?? '', ...env }, maxBuffer: 64 * 1024 * 1024 };
      execFile(process.execPath, [program, ...argv], options, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
      });
    });
  return Object.assign(run, { program: () => program });
}
