import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isAllowed, notices, refuseOthers } from '../../scripts/shipped/licenses.ts';
import type { ShippedPackage } from '../../scripts/shipped/packages.ts';
import { packagesOf } from '../../scripts/shipped/packages.ts';
import { sbom } from '../../scripts/shipped/sbom.ts';

const shipped = (name: string, license: string | null, ...texts: string[]): ShippedPackage => ({
  name,
  version: '1.0.0',
  license,
  texts,
});

test.each([
  ['MIT', true],
  ['(MIT OR CC0-1.0)', true],
  ['(BSD-3-Clause AND Apache-2.0)', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-3.0-only', false],
  ['GPL-2.0-only OR MIT', true],
  ['SEE LICENSE IN LICENSE.md', false],
  ['(MIT OR (GPL-2.0-only AND Apache-2.0))', false],
  [null, false],
])('a package under %s may ship: %j', (license, may) => {
  expect(isAllowed(license)).toBe(may);
});

test('a package under another licence ends the build by its name', () => {
  expect(() =>
    refuseOthers([shipped('good', 'MIT'), shipped('bad', 'AGPL-3.0-only'), shipped('silent', null)]),
  ).toThrow('These packages may not ship: bad 1.0.0 (AGPL-3.0-only), silent 1.0.0 (no licence).');
  expect(() => refuseOthers([shipped('good', 'MIT')])).not.toThrow();
});

test('every licence text stands once, under all the packages that have it', () => {
  const text = notices([
    shipped('a', 'MIT', 'Copyright A'),
    shipped('b', 'MIT', 'Copyright A'),
    shipped('c', 'ISC'),
  ]);
  expect(text).toContain('a 1.0.0 (MIT)\nb 1.0.0 (MIT)\n\nCopyright A\n');
  expect(text).toContain('c 1.0.0 (ISC)\n\nUnder ISC, without a text of its own.');
});

test('packages are told by the files of the bundle, the nested ones too', () => {
  const resolved = (name: string) => fileURLToPath(import.meta.resolve(name));
  const modules = ['src/main.ts', '\0rolldown/runtime.js', resolved('zod/mini'), resolved('p-limit')];
  const packages = packagesOf(modules);
  expect(packages.map(({ name, license }) => [name, license])).toEqual([
    ['p-limit', 'MIT'],
    ['zod', 'MIT'],
  ]);
  expect(packages[0]?.texts[0]).toContain('Sindre Sorhus');
});

test('the bill of materials names packages as package URLs have it', () => {
  const { components } = JSON.parse(sbom(shipped('it', 'MPL-2.0'), [shipped('@a/b', '(MIT AND ISC)')]));
  expect(components).toMatchObject([
    { type: 'library', purl: 'pkg:npm/%40a/b@1.0.0', licenses: [{ expression: '(MIT AND ISC)' }] },
  ]);
});
