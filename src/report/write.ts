import { randomBytes } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { messageOf } from '../postgres/failure.ts';

/**
 * Writes a file whole or not at all: whoever reads it while it is written, or after a crash, has the one before.
 * @param text whole, or in parts as they come
 */
export async function writeWhole(file: string, text: string | AsyncIterable<string>): Promise<void> {
  const partial = `${file}.${randomBytes(4).toString('hex')}.partial`;
  try {
    const handle = await open(partial, 'wx');
    try {
      await writeFile(handle, text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    // Users know the file that they named, not the one beside it.
    const message = messageOf(error).replaceAll(partial, file);
    throw new Error(message, { cause: error });
  }
}
