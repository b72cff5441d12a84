import { expect, test } from 'vitest';
import { accountEnumerators, regionEnumerators } from '../../src/enumerate/index.ts';
import { coverageUnit, unitNamed, unitsListedBy } from '../../src/sync/units.ts';
import { tables } from '../../src/tables/index.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const enumerators = [...regionEnumerators, ...accountEnumerators];
const listed = enumerators.flatMap((enumerator) => unitsListedBy(enumerator).map(({ unit }) => unit));

test('every table that is listed can be deleted from: who shares a table says which rows are its own', () => {
  for (const enumerator of enumerators) {
    const written = [...enumerator.tables, ...(enumerator.adds ?? []).map(({ table }) => table)];
    expect(unitsListedBy(enumerator).map(({ unit }) => unit.table)).toEqual(written);
  }
});

test('two units of a table never tell the same rows', () => {
  const conditions = listed.map((unit) => `${unit.table.name} ${JSON.stringify(unit.where(place))}`);
  expect(new Set(conditions).size).toBe(conditions.length);
});

test('names are unique, and each leads back to its unit', () => {
  expect(new Set(listed.map(({ name }) => name)).size).toBe(listed.length);
  for (const enumerator of enumerators) {
    const region = (accountEnumerators as readonly unknown[]).includes(enumerator) ? 'global' : 'eu-west-1';
    for (const { unit } of unitsListedBy(enumerator)) {
      expect(unitNamed(unit.name, region, tables)?.where(place)).toEqual(unit.where(place));
    }
  }
});

test.each([
  ['keys/kms_keys', 'eu-west-1', { account_id: '111122223333', region: 'eu-west-1', enumerated_by: 'kms' }],
  ['key_grants/kms_keys', 'eu-west-1', { account_id: '111122223333', region: 'eu-west-1' }],
  ['resources/sqs', 'eu-west-1', { account_id: '111122223333', region: 'eu-west-1', service: 'sqs' }],
  ['keys/sqs', 'eu-west-1', { account_id: '111122223333', region: 'eu-west-1', key_id: 'aws-owned/sqs' }],
  ['s3_buckets/s3_buckets', 'global', { account_id: '111122223333' }],
  ['keys/s3_buckets', 'global', { account_id: '111122223333', key_id: 'aws-owned/s3' }],
  ['resource_policies/sqs', 'eu-west-1', { account_id: '111122223333', region: 'eu-west-1', service: 'sqs' }],
  ['resource_policies/s3_buckets', 'global', { account_id: '111122223333', service: 's3' }],
  ['accounts/organization', 'global', { account_id: '111122223333' }],
  [
    'coverage/keys',
    'eu-west-1',
    { account_id: '111122223333', region: 'eu-west-1', table_name: 'aws_encryption_keys' },
  ],
  ['coverage/*', 'eu-west-1', { account_id: '111122223333', region: 'eu-west-1', table_name: '*' }],
])('%s in %s', (name, region, where) => {
  expect(unitNamed(name, region, tables)?.where(place)).toEqual(where);
});

test('a name of another version, or of a table that is not selected, means nothing', () => {
  expect(unitNamed('keys/kms_keys_v2', 'eu-west-1', tables)).toBeNull();
  expect(unitNamed(coverageUnit('aws_encryption_keys').name, 'eu-west-1', [])).toBeNull();
});
