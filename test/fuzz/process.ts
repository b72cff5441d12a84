import { readdir, readFile } from 'node:fs/promises';

/** How much of the machine a process holds; by Linux's own books. */
export interface Holdings {
  /** Resident memory, in MiB. */
  readonly memory: number;
  /** The most that it ever was. */
  readonly peakMemory: number;
  /** Open files and sockets. */
  readonly handles: number;
}

export async function holdingsOf(pid: number): Promise<Holdings> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  // Where Linux says none it is no number, and within no bound.
  const mebibytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return {
    memory: mebibytes('VmRSS'),
    peakMemory: mebibytes('VmHWM'),
    handles: (await readdir(`/proc/${pid}/fd`)).length,
  };
}
