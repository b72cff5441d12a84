import { status } from '@grpc/grpc-js';
import { expect, it } from 'vitest';
import { selectTables } from '../src/table-choice.ts';
import { tables } from '../src/tables/index.ts';

const chosen = (include: string[], skip: string[] = []) =>
  selectTables({ tables: include, skipTables: skip, skipDependentTables: true }).map(({ name }) =>
    name.replace('aws_encryption_', ''),
  );

it.each<[include: string[], skip: string[], names: string[]]>([
  [['aws_encryption_keys'], [], ['keys']],
  [['aws_encryption_s3*'], [], ['s3_buckets', 's3_bucket_access', 's3_access_points']],
  [
    ['aws_encryption_*'],
    ['aws_encryption_key*', '*_s3_*', '*_resources'],
    [
      'custom_key_stores',
      'foreign_keys',
      'resource_policies',
      'accounts',
      'organization_policies',
      'iam_principals',
      'iam_policies',
      'coverage',
    ],
  ],
  [['*'], ['aws_ec2_*'], tables.map(({ name }) => name.replace('aws_encryption_', ''))],
  [[], [], []],
])('%j without %j', (include, skip, names) => {
  expect(chosen(include, skip)).toEqual(names);
});

it.each([
  [
    ['aws_encryption_key'],
    [],
    '"aws_encryption_key" in tables names no table of this plugin; did you mean `aws_encryption_keys`?',
  ],
  [
    ['aws_encryption_keys', 'aws_s3_*'],
    [],
    '"aws_s3_*" in tables names no table of this plugin; their names begin with `aws_encryption_`',
  ],
  [['aws_encryption_keys'], ['*'], 'skip_tables leaves out every table that `tables` names'],
])('%j without %j is refused', (include, skip, details) => {
  expect(() => chosen(include, skip)).toThrow(
    expect.objectContaining({ message: details, details, code: status.INVALID_ARGUMENT }),
  );
});
