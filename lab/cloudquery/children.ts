import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface ChildProcess {
  readonly pid: number;
  /** Its command line. */
  readonly command: string;
}

/** The processes that the process `parent` has started and that still run. */
export async function childProcesses(parent: number): Promise<ChildProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, ppid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(ppid) === parent ? [{ pid: Number(pid), command: command as string }] : [];
  });
}
