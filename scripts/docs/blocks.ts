import { stringify } from 'yaml';
import { callsOf } from '../../src/permissions/calls.ts';
import { accountPolicy, memberPolicy, organizationPolicy } from '../../src/permissions/policy.ts';
import { type KeyType, keyTypesByName } from '../../src/posture/key-types.ts';
import { tables } from '../../src/tables/index.ts';
import { type GeneratedFile, textOf } from './files.ts';
import { glossaryBlocks } from './glossary.ts';
import { code, fenced, markdownTable } from './markdown.ts';
import { syncCosts, whatAddsCalls } from './sync-costs.ts';

/** Files that people write, with parts that are generated, each between its two marks. */
const files = [
  'docs/overview.md',
  'docs/cost.md',
  'docs/glossary.md',
  'docs/_authentication.md',
  'deploy/cloudformation/member-role.yml',
  'deploy/cloudformation/organization-role.yml',
] as const;

const anyMemberRole = 'arn:aws:iam::*:role/cloudquery-aws-encryption-member';

/** What stands in a block, by its name. */
const blocks: Readonly<Record<string, () => string>> = {
  'key types': keyTypeTable,
  ...glossaryBlocks,
  'sync costs': syncCosts,
  'what adds calls': whatAddsCalls,
  'member policy': () => fenced('json', JSON.stringify(memberPolicy(tables), null, 2)),
  'organization policy': () =>
    fenced('json', JSON.stringify(organizationPolicy(tables, anyMemberRole), null, 2)),
  'account policy': () => fenced('json', JSON.stringify(accountPolicy(tables), null, 2)),
  'calls by table': callTable,
  'member statements': () => yaml(memberPolicy(tables).Statement),
  // The template says itself whom it lets assume the member role, by its own parameter.
  'organization statements': () =>
    yaml(organizationPolicy(tables, anyMemberRole).Statement.filter(({ Resource }) => Resource === '*')),
};

/** `<!-- begin generated: name -->` … `<!-- end generated -->`, or the same as comments of YAML. */
const mark =
  /^([ \t]*)((?:<!--|#) begin generated: ([\w ]+?)(?: -->)?)\n[\s\S]*?^([ \t]*(?:<!--|#) end generated)/gm;

export async function filledBlocks(): Promise<GeneratedFile[]> {
  return Promise.all(files.map(async (path) => ({ path, text: filled(path, await textOf(path)) })));
}

function filled(path: string, text: string | null): string {
  if (text === null) throw new Error(`${path} is missing.`);
  return text.replaceAll(mark, (_, indent: string, begin: string, name: string, end: string) => {
    const block = blocks[name];
    if (block === undefined) throw new Error(`${path}: no block is called "${name}".`);
    const gap = begin.startsWith('<!--') ? '\n' : '';
    return `${indent}${begin}\n${gap}${indented(block(), indent)}\n${gap}${end}`;
  });
}

const indented = (text: string, indent: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : indent + line))
    .join('\n');

const yaml = (value: unknown): string => stringify(value, { lineWidth: 0 }).trimEnd();

const words = (text: string): string => text.replaceAll('_', ' ');

/** The article's table, and what the product adds to it. */
function keyTypeTable(): string {
  const head = [
    'Key type',
    'Multi-account access',
    'Can view metadata',
    'Can manage KMS key',
    'Used only for my account',
    'Automatic rotation',
    'Pricing',
    '`key_type`',
  ];
  const row = (type: KeyType) => [
    type.title,
    type.multiAccountAccess,
    type.canViewMetadata,
    type.canManageKey,
    type.usedOnlyForMyAccount,
    type.automaticRotation,
    words(type.pricingClass),
    code(type.keyType),
  ];
  return markdownTable(head, Object.values(keyTypesByName).map(row));
}

function callTable(): string {
  const rows = tables
    .map((table) => ({ table, calls: callsOf(table) }))
    .filter(({ calls }) => calls.length > 0)
    .map(({ table, calls }) => [
      `[${code(table.name)}](tables/${table.name}.md)`,
      calls.map(code).join(', '),
    ]);
  return markdownTable(['Table', 'AWS operations'], rows);
}
