import pMap, { pMapSkip } from 'p-map';

/**
 * Reads what is listed, so many at the same time, while the next pages are asked for. When the listing fails, what it
 * has listed is read before that is thrown.
 */
export async function readAll<T>(
  pages: AsyncIterable<readonly T[]>,
  atOnce: number,
  read: (one: T) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  async function* listed(): AsyncGenerator<T> {
    try {
      for await (const page of pages) yield* page;
    } catch (error) {
      failures.push(error);
    }
  }
  const readOne = async (one: T) => {
    await read(one);
    return pMapSkip;
  };
  await pMap(listed(), readOne, { concurrency: atOnce });
  if (failures.length > 0) throw failures[0];
}
