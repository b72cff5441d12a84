import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { glossaryBlocks } from '../../scripts/docs/glossary.ts';
import type { LinkName } from '../../src/explain/link.ts';
import type { FixEntry } from '../../src/fix-column.ts';
import type { StepKind } from '../../src/posture/fix/fix.ts';
import type { OwnerStanding } from '../../src/posture/foreign-key.ts';
import type { LimitedBy } from '../../src/posture/iam/verdict.ts';
import type { AllowedBy } from '../../src/posture/iam/ways.ts';
import type { KeyReferenceForm } from '../../src/posture/key-reference.ts';
import { keyTypesByName } from '../../src/posture/key-types.ts';
import type { MaterialState } from '../../src/posture/material.ts';
import type { PolicyState } from '../../src/posture/organization-policies/effect.ts';
import type { EncryptionState } from '../../src/posture/resource/resource-facts.ts';
import type { RotationNotSupportedReason, RotationState } from '../../src/posture/rotation.ts';
import type { CoverageStatus } from '../../src/sync/scope-coverage.ts';
import type { BlastRadius } from '../../src/uses/uses.ts';

const page = (path: string): Promise<string> => readFile(join(checkout, path), 'utf8');

/** The words of a type: each has to be here, or this does not compile. */
const wordsOf = <Word extends string>(words: Readonly<Record<Word, true>>): string[] => Object.keys(words);

/** What a table's page says of a column. */
async function meaningOf(table: string, column: string): Promise<string> {
  const text = await page(`docs/tables/aws_encryption_${table}.md`);
  const meaning = text.split('\n').find((line) => line.startsWith(`| \`${column}\` `));
  expect(meaning, `${table}.${column}`).toBeDefined();
  return meaning ?? '';
}

const confidence = wordsOf<BlastRadius['confidence']>({
  in_use: true,
  none_found_in_what_was_read: true,
  not_all_read: true,
});

const columns: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'coverage',
    'status',
    wordsOf<CoverageStatus>({ complete: true, partial: true, failed: true, skipped: true }),
  ],
  [
    'keys',
    'rotation_state',
    wordsOf<RotationState>({
      enabled: true,
      disabled: true,
      required: true,
      suspended: true,
      not_supported: true,
      not_visible: true,
      unknown: true,
    }),
  ],
  [
    'keys',
    'rotation_not_supported_reason',
    wordsOf<RotationNotSupportedReason>({
      asymmetric: true,
      hmac: true,
      external_material: true,
      cloudhsm: true,
      xks: true,
    }),
  ],
  [
    'keys',
    'material_state',
    wordsOf<MaterialState>({ imported: true, expired: true, never_imported: true, unknown: true }),
  ],
  [
    'resources',
    'encryption_state',
    wordsOf<EncryptionState>({
      kms: true,
      aws_owned: true,
      aws_owned_or_managed: true,
      none: true,
      unknown: true,
    }),
  ],
  [
    'resources',
    'key_reference',
    wordsOf<KeyReferenceForm>({
      arn: true,
      alias_arn: true,
      alias: true,
      key_id: true,
      default: true,
      none: true,
      invalid: true,
    }),
  ],
  [
    'resources',
    'organization_policies',
    wordsOf<PolicyState>({ none: true, allow: true, deny: true, conditional: true, not_read: true }),
  ],
  [
    'foreign_keys',
    'owner_standing',
    wordsOf<OwnerStanding>({
      organization: true,
      known_account: true,
      aws: true,
      outside: true,
      unknown: true,
    }),
  ],
  [
    'key_principals',
    'allowed_by',
    wordsOf<Exclude<AllowedBy, 'resource_policy'>>({ grant: true, iam: true, key_policy: true, ram: true }),
  ],
  ['key_principals', 'limited_by', wordsOf<LimitedBy>({ boundary: true, deny: true, rcp: true, scp: true })],
];

test.each(columns)(
  '%s: all words of %s are in its meaning, and the glossary links it',
  async (table, column, words) => {
    const meaning = await meaningOf(table, column);
    expect(words.filter((word) => !meaning.includes(`\`${word}\``))).toEqual([]);
    const glossary = (await page('docs/glossary.md')).split('\n');
    const told = glossary.filter((line) => line.includes(`\`${column}\``)).join('\n');
    expect(told).toContain(`tables/aws_encryption_${table}.md`);
  },
);

test.each([
  ['docs/overview.md', Object.keys(keyTypesByName)],
  ['docs/uses.md', confidence],
  [
    'docs/explain.md',
    wordsOf<LinkName>({
      iam: true,
      boundary: true,
      scp: true,
      resource_policy: true,
      key_policy: true,
      ram: true,
      grant: true,
      rcp: true,
      public_access_block: true,
      key: true,
      key_state: true,
      together: true,
    }),
  ],
  [
    'docs/fix.md',
    wordsOf<FixEntry['purpose']>({ unlock: true, take_away: true, keep_key: true, turn_on: true }),
  ],
  [
    'docs/fix.md',
    wordsOf<StepKind>({
      key_policy_statement: true,
      grant: true,
      replace_key: true,
      bucket_default: true,
      existing_objects: true,
      enable_key: true,
      iam_statement: true,
      remove_statement: true,
      remove_principals: true,
      remove_from_list: true,
      revoke_grant: true,
      end_resource_share: true,
      public_access_block: true,
      organization_policy: true,
    }),
  ],
])('%s has the words that the glossary leaves to it', async (path, words) => {
  const text = await page(path);
  expect(words.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
});

/** The words between THEN and ELSE and the name of a column of a view. */
function wordsInSql(text: string, column: string): string[] {
  const [, cases = ''] = new RegExp(`CASE((?:(?!CASE)[\\s\\S])*?)END AS ${column}\\b`).exec(text) ?? [];
  return [...cases.matchAll(/(?:THEN|ELSE) '(\w+)'/g)].map(([, word = '']) => word);
}

test('words that only SQL makes', async () => {
  const radius = wordsInSql(await page('sql/views/39_key_blast_radius.sql'), 'confidence');
  expect(radius).toEqual(confidence);

  const how = wordsInSql(await page('sql/views/60_access_gained.sql'), 'how');
  expect(how).toHaveLength(5);
  const history = await page('sql/README.md');
  expect(how.filter((word) => !history.includes(`\`${word}\``))).toEqual([]);

  const [, freshness = ''] =
    /FUNCTION aws_encryption\.freshness[\s\S]*?CASE([\s\S]*?)END/.exec(await page('sql/schema.sql')) ?? [];
  const fresh = [...freshness.matchAll(/'(\w+)'/g)].map(([, word = '']) => word);
  expect(fresh.sort()).toEqual(['current', 'kept', 'unknown']);
  expect(await page('docs/glossary.md')).toContain('**current**, **kept**, **unknown**');
});

test('the glossary has a place for every list of words', async () => {
  const text = await page('docs/glossary.md');
  const missing = Object.keys(glossaryBlocks).filter(
    (name) => !text.includes(`<!-- begin generated: ${name} -->`),
  );
  expect(missing).toEqual([]);
});
