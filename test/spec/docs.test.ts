import { expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { configurationDocs } from '../../src/spec/docs.ts';
import { parseSpec } from '../../src/spec/parse.ts';

const docs = configurationDocs();

/** The example column of the table under a heading. */
function examplesUnder(heading: string): string[] {
  const table = docs.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...table.matchAll(/ `([^`]+)` \|\n/g)].map(([, example]) => example ?? '');
}

const spec = (written: unknown) => parseSpec(JSON.stringify(written));

it.each([
  ['`spec`', 22, (example: object) => example],
  ['`spec.accounts[]`', 8, (example: object) => ({ accounts: [{ id: 'a', ...example }] })],
  ['`spec.org`', 9, (example: object) => ({ org: { member_role_name: 'r', ...example } })],
  [
    '`spec.org.admin_account` and `spec.org.member_trusted_principal`',
    8,
    (example: object) => ({ org: { member_role_name: 'r', admin_account: example } }),
  ],
] as const)('every example under %s is a good one', (heading, count, inSpec) => {
  const examples = examplesUnder(heading);
  expect(examples).toHaveLength(count);
  for (const example of examples) {
    expect(spec(inSpec(parseYaml(example))).warnings, example).toEqual([]);
  }
});

it('opens with a source that works', () => {
  const source = parseYaml(docs.split('```yaml\n')[1]?.split('```')[0] ?? '');
  expect(spec(source.spec.spec).settings.organization.org?.memberRoleName).toBe(
    'cloudquery-aws-encryption-member',
  );
});

it('says what is required and what the defaults are', () => {
  expect(docs).toMatch(/\| `member_role_name` \| text \| required \|/);
  expect(docs).toMatch(/\| `concurrency` \| integer \| `256` \|/);
  expect(docs).toMatch(/\| `regions` \| list of text \| `\["\*"\]` \|/);
});
