import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { directions, type Files, keptTo, pure } from './directions.ts';
import { type ImportGraph, importGraph, reachedFrom } from './graph.ts';

const folders = ['src', 'lab', 'scripts', 'dashboards', 'bench', 'test'];
const graph: ImportGraph = importGraph('types too', folders);
const running: ImportGraph = importGraph('values', folders);
const files = [...graph.keys()];
const isPackage = (name: string): boolean => !/\.(?:ts|json)$/.test(name) || /^[^./]+:/.test(name);

/** Whether a file is among the given ones. */
const isIn = (file: string, given: readonly Files[]): boolean =>
  given.some((one) =>
    new RegExp(`^${one.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(?:/|$)`).test(file),
  );

const directionOf = (file: string) => directions.find((direction) => isIn(file, [direction.files]));

test('every file has its line', () => {
  expect(files.filter((file) => directionOf(file) === undefined)).toEqual([]);
});

test('no import points back', () => {
  const wrong = [...graph].flatMap(([file, names]) => {
    const direction = directionOf(file);
    if (direction === undefined) return [];
    const allowed = [direction.files, ...direction.from];
    const back = names.filter((name) => !isPackage(name) && !isIn(name, allowed));
    return back.map((name) => `${file} imports ${name}`);
  });
  expect(wrong).toEqual([]);
});

test('every folder of src is on the architecture page', () => {
  const page = readFileSync(join(checkout, 'docs/architecture.md'), 'utf8');
  const ofSrc = new Set(files.flatMap((file) => /^src\/[^/]+(?=\/)/.exec(file) ?? []));
  expect([...ofSrc].filter((folder) => !page.includes(`\`${folder}\``))).toEqual([]);
});

test.each(pure)('$files computes, and neither reads nor writes', ({ files: given, packages }) => {
  const found = files.filter((file) => isIn(file, [given]));
  expect(found).not.toEqual([]);
  const wrong = found.flatMap((file) =>
    [...reachedFrom(running, file)]
      .filter((name) => isPackage(name) && !packages.includes(name))
      .map((name) => `${file} reaches ${name}`),
  );
  expect(wrong).toEqual([]);
});

test.each(keptTo)('in $within only $files know $packages', ({ packages, files: given, within }) => {
  const wrong = [...graph].filter(
    ([file, names]) =>
      isIn(file, [within]) && !isIn(file, given) && names.some((name) => packages.test(name)),
  );
  expect(wrong.map(([file]) => file)).toEqual([]);
});
