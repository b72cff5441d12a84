import { expect, it } from 'vitest';
import { readAll } from '../../src/enumerate/read-all.ts';

it('reads what is listed while the next page is asked for, and no more than so many at once', async () => {
  const said: string[] = [];
  let release = () => {};
  const secondPage = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function* pages() {
    yield ['a', 'b', 'c'];
    said.push('next page');
    release();
    yield ['d'];
  }
  let reading = 0;
  await readAll(pages(), 4, async (one) => {
    reading += 1;
    expect(reading).toBeLessThanOrEqual(4);
    // None is done before the second page was asked for.
    await secondPage;
    said.push(one);
    reading -= 1;
  });
  expect(said).toEqual(['next page', 'a', 'b', 'c', 'd']);
});

it('waits with the next page while as many are read as may be', async () => {
  const said: string[] = [];
  async function* pages() {
    for (const one of ['a', 'b', 'c']) {
      said.push(`list ${one}`);
      yield [one];
    }
  }
  await readAll(pages(), 1, async (one) => {
    said.push(`read ${one}`);
  });
  expect(said).toEqual(['list a', 'read a', 'list b', 'read b', 'list c', 'read c']);
});

it('reads what was listed before it says that the listing failed', async () => {
  const read: string[] = [];
  async function* pages() {
    yield ['a', 'b'];
    throw new Error('cut short');
  }
  const reading = readAll(pages(), 1, async (one) => {
    read.push(one);
  });
  await expect(reading).rejects.toThrow('cut short');
  expect(read).toEqual(['a', 'b']);
});
