import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from '../../src/report/write.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-write-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('whoever reads while it is written has the one before or the one after, whole', async () => {
  const file = join(folder, 'page.html');
  const texts = ['a', 'b'].map((letter) => letter.repeat(8 * 1024 * 1024));
  await writeWhole(file, texts[0] ?? '');
  let isWriting = true;
  const writing = (async () => {
    for (let i = 0; i < 20; i++) await writeWhole(file, texts[i % 2] ?? '');
    isWriting = false;
  })();
  const seen = new Set<boolean>();
  while (isWriting) seen.add(texts.includes(await readFile(file, 'utf8')));
  await writing;
  expect([...seen]).toEqual([true]);
});

test('several at once end in one of them, and leave nothing beside', async () => {
  const file = join(folder, 'page.html');
  await Promise.all(['a', 'b', 'c'].map((text) => writeWhole(file, text)));
  expect(await readdir(folder)).toEqual(['page.html']);
  expect(['a', 'b', 'c']).toContain(await readFile(file, 'utf8'));
});

test('what cannot be put in place leaves nothing', async () => {
  await expect(writeWhole(join(folder, 'no', 'such', 'folder.html'), 'a')).rejects.toThrow(
    /^ENOENT: no such file or directory, open '.*folder.html'$/,
  );
  await expect(writeWhole(folder, 'a')).rejects.toThrow(/^(?!.*partial)/);
  expect(await readdir(folder)).toEqual([]);
});
