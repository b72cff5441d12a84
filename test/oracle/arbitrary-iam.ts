import type { Grant } from '../../lab/aws/iam/grant.ts';
import { arnOf, type IamAccount } from '../../lab/aws/iam/iam-account.ts';
import type { Key } from '../../lab/aws/iam/key.ts';
import type { Condition, Policy, PrincipalElement, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { few } from './arbitrary-conditions.ts';
import { anyControls } from './arbitrary-controls.ts';
import { anyAccount } from './arbitrary-identity.ts';
import { aboutPrincipal, aboutRequest, conditioned, kmsActions } from './arbitrary-identity-policy.ts';
import type { IamWorld, TaggedKey } from './iam-world.ts';
import { bucketArn, cousin, keyArn, otherKeyArn, ours, owner, region, sibling, stranger } from './world.ts';

/** Keys whose policies say who may use them as key policies do, among the users and roles of a world. */

const root = (id: string): string => `arn:aws:iam::${id}:root`;
const statement = (
  Effect: 'Allow' | 'Deny',
  who: Pick<Statement, 'Principal' | 'NotPrincipal'>,
  Action: string | readonly string[],
  Condition?: Condition,
): Statement => ({ Effect, ...who, Action, Resource: '*', ...(Condition && { Condition }) });

const arnsOf = (accounts: readonly IamAccount[]): readonly string[] =>
  accounts.flatMap((account) => account.principals.map((principal) => arnOf(account, principal)));

/** One kind of statement for each way of letting in; and of those that keep out. */
function statementsFor(accounts: readonly IamAccount[]): fc.Arbitrary<Statement> {
  const anyId = fc.constantFrom(...accounts.map(({ id }) => id));
  const anyArn = fc.constantFrom(...arnsOf(accounts));
  const ownArn = fc.constantFrom(...arnsOf(accounts.filter(({ id }) => id === owner)));
  const about = fc.oneof(aboutPrincipal, { weight: 2, arbitrary: aboutRequest });
  const allow = (principal: fc.Arbitrary<string | string[]>): fc.Arbitrary<Statement> =>
    fc
      .tuple(principal, kmsActions)
      .map(([AWS, actions]) => statement('Allow', { Principal: { AWS } }, actions));
  const anyone = fc
    .tuple(kmsActions, fc.constantFrom<PrincipalElement>('*', { AWS: '*' }))
    .map(([actions, Principal]) => statement('Allow', { Principal }, actions));
  const byArn = anyArn.map(
    (arn): Condition => ({ ArnLike: { 'aws:PrincipalArn': [arn, arn.replace(/[^/]*$/, '*')] } }),
  );
  const limited = fc.oneof(
    aboutPrincipal,
    byArn,
    fc.constantFrom<Condition>(
      { StringEquals: { 'aws:PrincipalOrgID': ours } },
      { StringEquals: { 'kms:CallerAccount': owner, 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    ),
  );
  const sparing = fc
    .tuple(anyArn, kmsActions)
    .map(([arn, actions]) =>
      statement('Deny', { NotPrincipal: { AWS: [root(arn.split(':')[4] ?? ''), arn] } }, actions),
    );
  const perimeter = anyArn.map((arn) =>
    statement('Deny', { Principal: '*' }, 'kms:*', {
      ArnNotLike: { 'aws:PrincipalArn': [arn, root(owner)] },
    }),
  );
  const denied = fc
    .tuple(fc.oneof(few(anyArn), fc.constant('*')), kmsActions)
    .map(([AWS, actions]) => statement('Deny', { Principal: { AWS } }, actions));
  const notThrough = fc
    .constantFrom<Condition>(
      { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } },
      { Bool: { 'aws:ViaAWSService': 'true' } },
    )
    .map((condition) => statement('Deny', { Principal: '*' }, 'kms:*', condition));
  return fc.oneof(
    { weight: 1, arbitrary: notThrough },
    { weight: 6, arbitrary: conditioned(allow(few(ownArn)), about, 3) },
    { weight: 6, arbitrary: conditioned(allow(few(anyArn)), about, 3) },
    { weight: 4, arbitrary: conditioned(allow(anyId.map(root)), about, 3) },
    { weight: 1, arbitrary: allow(anyId.map((id) => `arn:aws:sts::${id}:assumed-role/app/s1`)) },
    { weight: 4, arbitrary: conditioned(anyone, limited, 9) },
    { weight: 3, arbitrary: sparing },
    { weight: 1, arbitrary: perimeter },
    { weight: 2, arbitrary: conditioned(denied, about, 8) },
  );
}

/** Half hand over to IAM wholly, as the console writes it; some in part, some not at all. */
function policyFor(accounts: readonly IamAccount[]): fc.Arbitrary<Policy> {
  const own = (Condition?: Condition) =>
    statement('Allow', { Principal: { AWS: root(owner) } }, 'kms:*', Condition);
  return fc
    .tuple(
      fc.oneof(
        { weight: 5, arbitrary: fc.constant([own()]) },
        { weight: 1, arbitrary: aboutPrincipal.map((condition) => [own(condition)]) },
        { weight: 3, arbitrary: fc.constant([]) },
      ),
      fc.array(statementsFor(accounts), { minLength: 1, maxLength: 3 }),
    )
    .map(([first, more]) => ({ Version: '2012-10-17', Statement: [...first, ...more] }));
}

function grantsFor(accounts: readonly IamAccount[]): fc.Arbitrary<readonly Grant[]> {
  const grantees = [...arnsOf(accounts), ...accounts.map(({ id }) => root(id))];
  const grant: fc.Arbitrary<Grant> = fc
    .tuple(
      fc.constantFrom(...grantees),
      fc.subarray(['Decrypt', 'GenerateDataKey', 'CreateGrant', 'DescribeKey'], { minLength: 1 }),
      fc.constantFrom<NonNullable<Grant['Constraints']> | null>(null, null, {
        EncryptionContextSubset: { 'aws:s3:arn': bucketArn },
      }),
    )
    .map(([GranteePrincipal, Operations, constraints]) => ({
      GranteePrincipal,
      Operations,
      ...(constraints && { Constraints: constraints }),
    }));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(grant, { minLength: 1, maxLength: 2 }) },
  );
}

function ramFor(accounts: readonly IamAccount[]): fc.Arbitrary<Policy | null> {
  const others = accounts.filter(({ id }) => id !== owner);
  const principals = [...arnsOf(others), ...others.map(({ id }) => root(id))];
  const shared = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'];
  const policy = few(fc.constantFrom(...principals)).map(
    (AWS): Policy => ({
      Version: '2012-10-17',
      Statement: [statement('Allow', { Principal: { AWS } }, shared)],
    }),
  );
  return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: policy });
}

const enabled = { state: 'Enabled', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', owner } as const;

/** `aws/s3`: anyone of the account, through S3. */
const awsManaged = (arn: string): Key => ({
  ...enabled,
  arn,
  manager: 'AWS',
  policy: {
    Version: '2012-10-17',
    Statement: [
      statement('Allow', { Principal: { AWS: '*' } }, ['kms:Decrypt', 'kms:GenerateDataKey*'], {
        StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com`, 'kms:CallerAccount': owner },
      }),
      statement('Allow', { Principal: { AWS: root(owner) } }, ['kms:Describe*', 'kms:List*']),
    ],
  },
  ram: null,
  grants: [],
});

function keyFor(accounts: readonly IamAccount[], arn: string): fc.Arbitrary<TaggedKey> {
  const customers: fc.Arbitrary<Key> = fc
    .tuple(policyFor(accounts), grantsFor(accounts), ramFor(accounts))
    .map(([policy, grants, ram]) => ({ ...enabled, arn, manager: 'CUSTOMER', policy, grants, ram }));
  return fc.record({
    key: fc.oneof(
      { weight: 11, arbitrary: customers },
      { weight: 1, arbitrary: fc.constant(awsManaged(arn)) },
    ),
    tags: fc.constantFrom<Record<string, string>>({}, { team: 'x' }),
  });
}

/** The owner, one or two more members, and an account outside; one key or two. */
export const iamWorld: fc.Arbitrary<IamWorld> = fc
  .tuple(
    anyAccount(owner, 4),
    anyAccount(sibling, 3),
    fc.option(anyAccount(cousin, 2), { nil: null, freq: 2 }),
    anyAccount(stranger, 2),
  )
  .chain((found) => {
    const accounts = found.filter((account) => account !== null);
    const keys = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(keyFor(accounts, keyArn)) },
      { weight: 1, arbitrary: fc.tuple(keyFor(accounts, keyArn), keyFor(accounts, otherKeyArn)) },
    );
    const controls = fc.option(anyControls, { nil: null, freq: 2 });
    return fc.record({ accounts: fc.constant(accounts), keys, controls });
  });
