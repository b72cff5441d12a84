import { expect, test } from 'vitest';
import type { Readers } from '../../../src/posture/cross-account/iam-readers.ts';
import type { EntityVerdict } from '../../../src/posture/cross-account/judge.ts';
import { iamCells } from '../../../src/tables/iam-columns.ts';
import { compute, ours, role, vendor } from './cast.ts';

type Verdict = Pick<EntityVerdict, 'entity' | 'readers'>;

const account = (id: string, readers: Readers | null): Verdict => ({
  entity: { kind: 'account', id },
  readers,
});
const organization: Verdict = { entity: { kind: 'organization', id: ours }, readers: null };
const some = (arns: readonly string[], root: Readers['root'] = 'no'): Readers => ({
  arns,
  root,
  missing: '',
});
const told = (is: boolean | null) => ({
  iam_evaluated: is,
  reader_principal_arns: null,
  reader_principals_count: null,
  root_user_can: null,
});

const a = account(compute, some([role(compute, 'b'), role(compute, 'c')]));
const b = account(vendor, some([role(vendor, 'a')], 'unknown'));
const unread = account(vendor, null);

test('nobody, or no account, is let in', () => {
  expect(iamCells([], [])).toEqual(told(null));
  expect(iamCells([organization], [organization])).toEqual(told(null));
});

test('IAM of one of two accounts was not read', () => {
  expect(iamCells([a, unread], [a])).toEqual(told(false));
});

test('all was read: principals of all accounts, an organization aside', () => {
  expect(iamCells([a, b, organization], [a, b, organization])).toEqual({
    iam_evaluated: true,
    reader_principal_arns: [role(compute, 'b'), role(compute, 'c'), role(vendor, 'a')],
    reader_principals_count: 3,
    root_user_can: 'unknown',
  });
});

test('a root user that surely can comes before one that may', () => {
  expect(iamCells([a, b], [b, account(compute, some([], 'yes'))])).toMatchObject({ root_user_can: 'yes' });
});

test('who can only write is no reader', () => {
  expect(iamCells([a], [])).toMatchObject({
    iam_evaluated: true,
    reader_principals_count: 0,
    root_user_can: 'no',
  });
});

test('there is nothing to read', () => {
  expect(iamCells([a], null)).toEqual(told(true));
});

test('twenty are listed, all are counted', () => {
  const arns = Array.from({ length: 23 }, (_, i) => role(compute, `r${String(i).padStart(2, '0')}`));
  const many = account(compute, some(arns.toReversed()));
  expect(iamCells([many], [many, many])).toMatchObject({
    reader_principal_arns: arns.slice(0, 20),
    reader_principals_count: 23,
  });
});
