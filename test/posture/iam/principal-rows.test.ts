import { expect, test } from 'vitest';
import { assessKey } from '../../../src/posture/key.ts';
import type { KeyFacts } from '../../../src/posture/key-facts.ts';
import { keyPrincipals } from '../../../src/tables/key-principals.ts';
import { compute, customerKey, data, decrypt, organization, root } from '../cross-account/cast.ts';
import { allow, iamOf, identity, managed, principalsOf } from './iam.ts';

/** So many roles of an account that have the same policy. */
function roles(accountId: string, count: number) {
  const policySet = { policies: [managed(accountId, 'use', allow('kms:Decrypt'))], boundary: null };
  return Array.from({ length: count }, (_, index) =>
    identity(accountId, { name: `role-${index}`, policySet }),
  );
}

function rowsFor(ofData: number, ofCompute: number) {
  const { key } = customerKey({ statements: [decrypt(root(compute))] });
  const facts = (key.state === 'found' ? key.facts : null) as KeyFacts;
  const accounts = [iamOf(data, ...roles(data, ofData)), iamOf(compute, ...roles(compute, ofCompute))];
  const principals = principalsOf(facts, organization, accounts);
  const rows = keyPrincipals.rows({ ...assessKey(facts, organization, new Date()), principals });
  return rows.filter(({ principal_type: type }) => type !== 'root');
}

test('up to 10,000 that can do the same have a row each', () => {
  const rows = rowsFor(9_999, 1);
  expect(rows).toHaveLength(10_000);
  expect(new Set(rows.map(({ principals_count: count }) => count))).toEqual(new Set([1]));
});

test('more are counted by account, with what they can do', () => {
  const rows = rowsFor(10_001, 1);
  expect(rows.map((row) => [row.principal_arn, row.principal_type, row.principals_count])).toEqual([
    [`arn:aws:iam::${data}:*`, 'account', 10_001],
    [`arn:aws:iam::${compute}:role/role-0`, 'role', 1],
  ]);
  expect(rows[0]).toMatchObject({
    principal_account_id: data,
    actions: ['kms:Decrypt'],
    service_linked: null,
  });
});
