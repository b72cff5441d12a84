import type { Condition, Policy, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { aboutCaller, few, line, merged, ofKmsContext } from './arbitrary-conditions.ts';
import { keyArn, otherKeyArn, owner, region } from './world.ts';

/** Identity policies that matter to keys: mostly Allows, some with conditions on the principal, the request, the key. */

export const kmsActions = fc.constantFrom<string | string[]>(
  'kms:*',
  'kms:*',
  'kms:Decrypt',
  ['kms:Decrypt', 'kms:DescribeKey'],
  ['kms:Decrypt', 'kms:GenerateDataKey*'],
  'kms:De*',
  'KMS:decrypt',
  'kms:CreateGrant',
  'kms:*Key*',
  ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
);
type What = Pick<Statement, 'Action' | 'NotAction'>;
const what: fc.Arbitrary<What> = fc.oneof(
  { weight: 8, arbitrary: kmsActions.map((Action): What => ({ Action })) },
  { weight: 2, arbitrary: fc.constantFrom<What>({ Action: '*' }, { Action: ['s3:*', 'sqs:*'] }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<string | string[]>('iam:*', 'kms:Decrypt', [
        'kms:ScheduleKeyDeletion',
        'kms:PutKeyPolicy',
      ])
      .map((NotAction): What => ({ NotAction })),
  },
);

type Where = Pick<Statement, 'Resource' | 'NotResource'>;
const where: fc.Arbitrary<Where> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .constantFrom(
        '*',
        '*',
        '*',
        keyArn,
        keyArn,
        otherKeyArn,
        `arn:aws:kms:*:${owner}:key/*`,
        `arn:aws:kms:${region}:*:key/1234*`,
        'arn:aws:kms:us-east-1:*:key/*',
      )
      .map((Resource): Where => ({ Resource })),
  },
  {
    weight: 1,
    arbitrary: fc
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: policy variables
      .constantFrom(
        'arn:aws:kms:*:${aws:PrincipalAccount}:key/*',
        'arn:aws:kms:*:*:key/${aws:PrincipalTag/key}-*',
        'arn:aws:kms:*:*:key/${aws:username}*',
      )
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: policy variables
      .map((Resource): Where => ({ Resource })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(keyArn, otherKeyArn).map((NotResource): Where => ({ NotResource })),
  },
);

const texts = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringEqualsIfExists',
  'StringNotEqualsIfExists',
];
const flag = (operators: readonly string[], key: string): fc.Arbitrary<Condition> =>
  fc
    .tuple(fc.constantFrom(...operators), fc.constantFrom('true', 'false'))
    .map(([operator, value]): Condition => ({ [operator]: { [key]: value } }));

/** What the principal itself decides on. */
export const aboutPrincipal: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 4, arbitrary: line(texts, ['aws:PrincipalTag/team'], fc.constantFrom('x', 'y', '*')) },
  flag(['Null'], 'aws:PrincipalTag/team'),
  line(['StringEquals', 'StringLike'], ['aws:username'], fc.constantFrom('bob', 'b*')),
  line(['StringLike', 'StringNotLike'], ['aws:userid'], fc.constantFrom('AROAAPP:*', '*:s1', 'AIDA*')),
  { weight: 2, arbitrary: aboutCaller },
);

/** What differs from one request to the next, besides the region, which does not. */
export const aboutRequest: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 3,
    arbitrary: line(
      [...texts, 'StringLike'],
      ['kms:ViaService'],
      fc.constantFrom(`s3.${region}.amazonaws.com`, 's3.*.amazonaws.com', `sqs.${region}.amazonaws.com`),
    ),
  },
  { weight: 2, arbitrary: ofKmsContext },
  { weight: 2, arbitrary: line(texts, ['aws:RequestedRegion'], fc.constantFrom(region, 'us-east-1')) },
  flag(['Bool', 'BoolIfExists'], 'aws:MultiFactorAuthPresent'),
  line(['IpAddress', 'NotIpAddress'], ['aws:SourceIp'], fc.constantFrom('203.0.113.0/24', '192.0.2.0/24')),
  flag(['Bool', 'BoolIfExists'], 'aws:ViaAWSService'),
  flag(['Bool'], 'kms:GrantIsForAWSResource'),
);

/** Tags of the key: AWS compares them for callers of the key's own account. */
const aboutKey: fc.Arbitrary<Condition> = line(
  ['StringEquals', 'StringNotEquals'],
  ['aws:ResourceTag/team'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  fc.constantFrom('x', '${aws:PrincipalTag/team}'),
);

/** @param lines how many of ten statements have conditions */
export const conditioned = (
  statement: fc.Arbitrary<Statement>,
  conditions: fc.Arbitrary<Condition>,
  lines: number,
): fc.Arbitrary<Statement> =>
  fc.oneof(
    { weight: 10 - lines, arbitrary: statement },
    {
      weight: lines,
      arbitrary: fc
        .tuple(statement, few(conditions).map(merged))
        .map(([one, Condition]) => ({ ...one, Condition })),
    },
  );

/** A document in the version that knows variables. */
export const version = (Statement: readonly Statement[]): Policy => ({ Version: '2012-10-17', Statement });

/** @param id the account whose policies they are */
export function policies(id: string): fc.Arbitrary<Policy> {
  const about = [aboutPrincipal, aboutRequest, aboutRequest, ...(id === owner ? [aboutKey] : [])];
  const statement = (Effect: 'Allow' | 'Deny'): fc.Arbitrary<Statement> =>
    fc.tuple(what, where).map(([does, on]): Statement => ({ Effect, ...does, ...on }));
  const allow = conditioned(statement('Allow'), fc.oneof(...about), 5);
  const deny = conditioned(statement('Deny'), fc.oneof(...about), 7);
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(allow, { minLength: 1, maxLength: 2 }).map(version) },
    { weight: 1, arbitrary: fc.tuple(allow, deny).map(version) },
    { weight: 1, arbitrary: deny.map((one) => version([one])) },
  );
}
