import type { Condition, Policy, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { account } from './arbitrary-conditions.ts';
import { spared } from './arbitrary-policy.ts';
import type { Bucket } from './arbitrary-world.ts';
import { usableKey } from './usable-key.ts';
import { bucketArn, ours } from './world.ts';

const toAll: Policy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject', 's3:PutObject'], Resource: `${bucketArn}/*` },
  ],
};

/**
 * Buckets and keys that let in anyone but some: under conditions on who calls alone, so that nothing but NotPrincipal has
 * more than one reading.
 */
export const notPrincipalBucket: fc.Arbitrary<Bucket> = fc
  .tuple(
    fc.oneof(policyOn(['s3:GetObject', 's3:PutObject'], `${bucketArn}/*`), fc.constant(toAll)),
    policyOn(['kms:Decrypt', 'kms:GenerateDataKey'], '*'),
    fc.boolean(),
  )
  .map(([policy, ofKey, bucketKey]) => ({
    policy,
    key: usableKey(ofKey),
    bucketKey,
    blocked: false,
  }));

function policyOn(Action: readonly string[], Resource: string): fc.Arbitrary<Policy> {
  const named: fc.Arbitrary<Pick<Statement, 'Principal'>> = account.map((AWS) => ({ Principal: { AWS } }));
  const others: fc.Arbitrary<Pick<Statement, 'NotPrincipal'>> = spared.map((NotPrincipal) => ({
    NotPrincipal,
  }));
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    account.map((id): Condition => ({ StringEquals: { 'aws:PrincipalAccount': [id] } })),
    account.map((id): Condition => ({ StringNotEquals: { 'aws:PrincipalAccount': [id] } })),
    fc.constant<Condition>({ StringEquals: { 'aws:PrincipalOrgID': [ours] } }),
  );
  const statement = (
    Effect: 'Allow' | 'Deny',
    who: fc.Arbitrary<Pick<Statement, 'Principal' | 'NotPrincipal'>>,
  ): fc.Arbitrary<Statement> =>
    fc
      .tuple(who, fc.option(condition, { nil: null }))
      .map(([whom, Condition]) => ({ Effect, ...whom, Action, Resource, ...(Condition && { Condition }) }));
  return fc
    .tuple(
      statement('Allow', others),
      fc.option(statement('Allow', named), { nil: null, freq: 3 }),
      fc.option(statement('Deny', named), { nil: null, freq: 3 }),
    )
    .map(([first, more, deny]) => ({
      Version: '2012-10-17',
      Statement: [first, ...(more ? [more] : []), ...(deny ? [deny] : [])],
    }));
}
