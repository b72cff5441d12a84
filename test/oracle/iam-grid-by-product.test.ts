import { expect, test } from 'vitest';
import { expectedOf, type IamCase, iamCases, worldOf } from './iam-grid.ts';
import { iamProduct } from './iam-product.ts';

/** What the product says of kms:Decrypt for the case's role. */
function said(one: IamCase): 'always' | 'never' | 'open' {
  const world = worldOf(one);
  const [answer = { sure: [], maybe: [] }] = [...iamProduct.who(world)].flatMap(([name, each]) =>
    name.includes(':role/reader ') ? [each] : [],
  );
  if (answer.sure.includes('kms:Decrypt')) return 'always';
  return answer.maybe.includes('kms:Decrypt') ? 'open' : 'never';
}

test.each(['own', 'other'] as const)(
  'of every combination of key, IAM, boundary, SCP and RCP the product says what AWS does: %s account',
  (account) => {
    const cases = iamCases.filter((one) => one.account === account);
    expect(cases.filter((one) => said(one) !== expectedOf(one)).map((one) => [one, said(one)])).toEqual([]);
  },
);
