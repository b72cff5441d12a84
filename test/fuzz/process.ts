import { readdir, readFile } from 'node:fs/promises';

/** How much of the machine a process holds; by Linux's own books. */
export interface Holdings {
  /** Resident memory, in MiB. */
  readonly memory: number;
  /** Open files and sockets. */
  readonly handles: number;
}

export async function holdingsOf(pid: number): Promise<Holdings> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(status) ?? [];
  return { memory: Number(kibibytes) / 1024, handles: (await readdir(`/proc/${pid}/fd`)).length };
}
