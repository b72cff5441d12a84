import { expect, test } from 'vitest';
import { circles, importGraph, importsOf } from './graph.ts';

test('no file imports itself by way of others, types included', () => {
  expect(circles(importGraph('types too', ['src', 'lab', 'scripts', 'dashboards', 'bench', 'test']))).toEqual(
    [],
  );
});

test.each<[string, readonly string[], (readonly string[])?]>([
  ["import { a } from './a.ts';", ['lab/a.ts']],
  ["import './a.ts';", ['lab/a.ts']],
  ["import { a, type A } from './a.ts';", ['lab/a.ts']],
  ["import type { A } from '../src/a.ts';", ['src/a.ts'], []],
  ["import { type A } from './a.ts';", ['lab/a.ts'], []],
  ["export { a } from './a.ts';", ['lab/a.ts']],
  ["export type { A } from './a.ts';", ['lab/a.ts'], []],
  ["export * from './a.ts';", ['lab/a.ts']],
  ["const a = await import('./a.ts');", ['lab/a.ts']],
  ["type A = typeof import('./a.ts');", ['lab/a.ts'], []],
  ["type A = import('./a.ts').A;", ['lab/a.ts'], []],
  ["import data from './a.json' with { type: 'json' };", ['lab/a.json']],
  ["import { join } from 'node:path';", ['node:path']],
  ["import { a } from './a.ts'; import type { B } from './a.ts';", ['lab/a.ts']],
  ["// import { a } from './a.ts';", []],
  ['const text = "import(\'./a.ts\')";', []],
  ['export const a = 1;', []],
])('%s', (text, all, values = all) => {
  expect(importsOf('types too', 'lab/file.ts', text)).toEqual(all);
  expect(importsOf('values', 'lab/file.ts', text)).toEqual(values);
});

test('a file in a circle is told with the shortest of them, unless it was told with another file', () => {
  const graph = new Map([
    ['a', ['b', 'c']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', ['d']],
    ['e', ['a']],
  ]);
  expect(circles(graph)).toEqual([['a', 'c'], ['b', 'c', 'a'], ['d']]);
});
