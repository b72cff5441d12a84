import type { Condition, Policy, PrincipalElement, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { aboutCaller, account, few, line, merged } from './arbitrary-conditions.ts';
import { policyOf, sorts } from './arbitrary-policy.ts';
import { anyKey, type Bucket } from './arbitrary-world.ts';
import { roleNames } from './callers.ts';
import { arnOf, type Passage } from './passage.ts';
import { bucketArn, owner, region, sibling, stranger } from './world.ts';

/** A bucket with access points, and of which accounts the product has read them. */
export interface DelegatingBucket {
  readonly bucket: Bucket;
  readonly passages: readonly Passage[];
  readonly read: readonly string[];
}

/** Whose access points there are. */
const pointOwner = fc.constantFrom(owner, owner, sibling, stranger);
const pointName = fc.constantFrom('reports', 'raw');

const pointArn = fc
  .tuple(fc.constantFrom(owner, sibling, stranger, '*'), fc.constantFrom('reports', 'raw', '*'))
  .map(([id, name]) => `arn:aws:s3:${region}:${id}:accesspoint/${name}`);

const operators = ['StringEquals', 'StringEquals', 'StringLike', 'StringNotEquals', 'StringEqualsIfExists'];

const aboutPoints: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 6, arbitrary: line(operators, ['s3:DataAccessPointAccount'], pointOwner) },
  {
    weight: 4,
    arbitrary: line(
      ['ArnLike', 'ArnEquals', 'StringLike', 'StringEquals', 'StringNotLike', 'ArnNotLike'],
      ['s3:DataAccessPointArn'],
      pointArn,
    ),
  },
  {
    weight: 1,
    arbitrary: line(operators, ['s3:AccessPointNetworkOrigin'], fc.constantFrom('VPC', 'Internet')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('true', 'false').map((is) => ({ Null: { 's3:DataAccessPointArn': is } })),
  },
);

const principal: fc.Arbitrary<PrincipalElement> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ AWS: '*' }) },
  { weight: 3, arbitrary: few(account).map((AWS) => ({ AWS })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(account, fc.constantFrom(...roleNames))
      .map(([id, name]) => ({ AWS: `arn:aws:iam::${id}:role/${name}` })),
  },
);

const statementOfBucket: fc.Arbitrary<Statement> = fc
  .tuple(
    principal,
    fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    fc.constantFrom('s3:GetObject', 's3:*', 's3:PutObject', 's3:Get*'),
    fc.constantFrom(`${bucketArn}/*`, `${bucketArn}/*`, `${bucketArn}/data/*`),
    fc.oneof(
      { weight: 6, arbitrary: aboutPoints.map((one) => [one]) },
      { weight: 2, arbitrary: fc.tuple(aboutPoints, aboutCaller) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
  )
  .map(([Principal, Effect, Action, Resource, lines]) => ({
    Effect: Effect as Statement['Effect'],
    Principal,
    Action,
    Resource,
    ...(lines.length > 0 ? { Condition: merged(lines) } : {}),
  }));

const bucketPolicy: fc.Arbitrary<Policy> = fc
  .array(statementOfBucket, { minLength: 1, maxLength: 3 })
  .map((Statement) => ({ Version: '2012-10-17', Statement }));

/** With policies of the mix for buckets, about the objects of the access point. */
const passage: fc.Arbitrary<Passage> = fc
  .tuple(
    pointOwner,
    pointName,
    fc.option(policyOf(sorts.bucket), { nil: null, freq: 5 }),
    fc.record({
      isPublic: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
      restricts: fc.boolean(),
      origin: fc.constantFrom('Internet', 'Internet', 'Internet', 'Internet', 'Internet', 'VPC'),
    }),
  )
  .map(([id, name, policy, { origin, ...rest }]) => {
    const point = { account: id, name };
    const of = (text: string): string =>
      text === bucketArn ? arnOf(point) : text.replace(`${bucketArn}/`, `${arnOf(point)}/object/`);
    const renamed = policy && {
      ...policy,
      Statement: policy.Statement.map(({ Resource = [], ...one }) => ({
        ...one,
        Resource: typeof Resource === 'string' ? of(Resource) : Resource.map(of),
      })),
    };
    return { ...point, policy: renamed, origin: origin as Passage['origin'], ...rest };
  });

export const delegatingBucket: fc.Arbitrary<DelegatingBucket> = fc
  .tuple(
    bucketPolicy,
    fc.option(anyKey('key'), { nil: null, freq: 3 }),
    fc.boolean(),
    fc.integer({ min: 0, max: 9 }),
    fc.uniqueArray(passage, { maxLength: 2, selector: arnOf }),
    fc.subarray([sibling, stranger]),
  )
  .map(([policy, key, bucketKey, number, passages, others]) => ({
    bucket: { policy, key, bucketKey, blocked: number === 0 },
    passages,
    read: [...(number === 1 ? [] : [owner]), ...others],
  }));
