import { type ExecFileOptions, execFile } from 'node:child_process';

/** How a program ended, and all that it said. */
export interface Ended {
  /** The exit code, or Node's own word for what could not be started. */
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, however it ends. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: Pick<ExecFileOptions, 'cwd' | 'env'> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, [...args], { ...options, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}
