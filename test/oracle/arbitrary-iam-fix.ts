import type { IamAccount, IamPrincipal } from '../../lab/aws/iam/iam-account.ts';
import type { Condition, Policy, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { openBucket } from './arbitrary-open-bucket.ts';
import type { Bucket } from './arbitrary-world.ts';
import { roleNames } from './callers.ts';
import {
  bucketArn,
  cousin,
  keyArn,
  membershipsOf,
  otherKeyArn,
  region,
  sibling,
  stranger,
  vendor,
} from './world.ts';

/** A bucket that lets others in, plainly, and what IAM of their accounts gives their roles. */
export interface IamFixWorld {
  readonly bucket: Bucket;
  readonly accounts: readonly IamAccount[];
}

/** Of requests nothing but the service and the object is asked, so that each has one answer. */
const throughService: fc.Arbitrary<Condition> = fc
  .constantFrom('s3', 's3', 'sqs')
  .map(
    (service): Condition => ({ StringEquals: { 'kms:ViaService': [`${service}.${region}.amazonaws.com`] } }),
  );

const statement = (
  actions: readonly string[],
  resources: readonly string[],
  condition: fc.Arbitrary<Condition> | null,
): fc.Arbitrary<Statement> =>
  fc
    .record({
      isDeny: fc.nat(6).map((n) => n === 0),
      Action: fc.constantFrom(...actions),
      Resource: fc.constantFrom(...resources),
      Condition: condition === null ? fc.constant(null) : fc.option(condition, { nil: null, freq: 1 }),
    })
    .map(({ isDeny, Condition, ...rest }) => ({
      Effect: isDeny ? 'Deny' : 'Allow',
      ...rest,
      ...(Condition && { Condition }),
    }));

const onData = statement(
  ['s3:GetObject', 's3:PutObject', 's3:*'],
  [`${bucketArn}/*`, `${bucketArn}/*`, '*', `${bucketArn}/data/*`, 'arn:aws:s3:::pond/*'],
  null,
);
const onKey = statement(
  ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:*'],
  ['*', keyArn, keyArn, otherKeyArn],
  throughService,
);

const own: fc.Arbitrary<Policy> = fc
  .tuple(fc.array(onData, { maxLength: 2 }), fc.array(onKey, { maxLength: 2 }))
  .map((both) => ({ Version: '2012-10-17', Statement: both.flat() }));

/** A role that nothing bounds. */
export const roleOf = (name: string, policy: Policy): IamPrincipal => ({
  kind: 'role',
  name: name.slice(name.lastIndexOf('/') + 1),
  path: name.includes('/') ? `/${name.slice(0, name.lastIndexOf('/'))}/` : '/',
  id: `AROA${name.replaceAll(/[^a-z]/g, '').toUpperCase()}00000000`,
  tags: {},
  groups: [],
  inline: [policy],
  attached: [],
  boundary: null,
});

/** @param principals all that the account has. @param boundary of those that are bound */
function accountWith(
  id: string,
  principals: readonly IamPrincipal[],
  boundary: Policy | null = null,
): IamAccount {
  const [membership = null] = membershipsOf(id);
  const managed = boundary === null ? {} : { [boundsOf(id)]: boundary };
  return { id, membership, principals, groups: {}, managed };
}

const boundsOf = (id: string): string => `arn:aws:iam::${id}:policy/bounds`;

const account = (id: string): fc.Arbitrary<IamAccount> =>
  fc
    .tuple(
      fc.subarray([...roleNames], { minLength: 1, maxLength: 3 }),
      fc.array(own, { minLength: 3, maxLength: 3 }),
      fc.option(own, { nil: null, freq: 1 }),
    )
    .map(([names, policies, boundary]) => {
      const roles = names.map((name, i) => roleOf(name, policies[i] ?? { Statement: [] }));
      const bound = roles.map((role, i) =>
        boundary && i === 0 ? { ...role, boundary: boundsOf(id) } : role,
      );
      return accountWith(id, bound, boundary);
    });

export const iamFixWorld: fc.Arbitrary<IamFixWorld> = fc.record({
  bucket: openBucket,
  accounts: fc.tuple(account(sibling), account(cousin), account(stranger), account(vendor)),
});
