import type { ShippedPackage } from './packages.ts';

/** Licences under which code may ship with a program under the Mozilla Public License 2.0. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Unlicense',
]);

/** Whether an SPDX expression can be met by allowed licences alone: all of an AND, one of an OR. */
export function isAllowed(expression: string | null): boolean {
  if (expression === null) return false;
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (plain.includes('(')) return false;
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((id) => allowed.has(id.trim())));
}

/** @throws Error that names each package whose licence is not allowed */
export function refuseOthers(packages: readonly ShippedPackage[]): void {
  const others = packages.filter(({ license }) => !isAllowed(license));
  if (others.length === 0) return;
  const list = others.map(({ name, version, license }) => `${name} ${version} (${license ?? 'no licence'})`);
  throw new Error(
    `These packages may not ship: ${list.join(', ')}. Use another, or add the licence to scripts/shipped/licenses.ts.`,
  );
}

/** The notices that the licences ask for, each text once. */
export function notices(packages: readonly ShippedPackage[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, license, texts } of packages) {
    const title = `${name} ${version} (${license})`;
    for (const text of texts.length > 0 ? texts : [`Under ${license}, without a text of its own.`]) {
      byText.set(text, [...(byText.get(text) ?? []), title]);
    }
  }
  const parts = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`);
  return `This program contains the following packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
