import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonPackages } from './python-packages.ts';

/** A row as Parquet gives it back: bytes in hexadecimal, times in ISO 8601. */
export type ParquetRow = Readonly<Record<string, unknown>>;

/**
 * Lets pyarrow validate Arrow IPC streams in full, write each as Parquet and read it again: the rows of each. Rejects
 * with what pyarrow has against them.
 */
export async function throughParquet(streams: readonly Uint8Array[]): Promise<ParquetRow[][]> {
  const packages = await pythonPackages('arrow', 'The reference implementation of Arrow, pyarrow,');
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-arrow-'));
  try {
    const paths = streams.map((_, index) => join(folder, `${index}.arrow`));
    await Promise.all(streams.map((bytes, index) => writeFile(paths[index] as string, bytes)));
    const program = join(import.meta.dirname, 'arrow/validate.py');
    const { stdout } = await promisify(execFile)('python3', [program, ...paths], {
      env: { PATH: process.env.PATH, HOME: folder, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' },
      maxBuffer: 1_000_000_000,
    });
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  } finally {
    await rm(folder, { recursive: true });
  }
}
