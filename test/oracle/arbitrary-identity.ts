import type { Attached, IamAccount, IamPrincipal } from '../../lab/aws/iam/iam-account.ts';
import type { Condition, Policy, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { aboutCaller, few, line, merged, ofKmsContext } from './arbitrary-conditions.ts';
import { keyArn, membershipsOf, otherKeyArn, owner, region } from './world.ts';

/** IAM of one account, as accounts have it: roles and users with the policies, groups and boundaries of practice. */

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

const version = (Statement: readonly Statement[]): Policy => ({ Version: '2012-10-17', Statement });

function policies(id: string): fc.Arbitrary<Policy> {
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

const fixed = (Action: string | string[]): Policy => version([{ Effect: 'Allow', Action, Resource: '*' }]);
const named = (id: string, name: string): string => `arn:aws:iam::${id}:policy/${name}`;

/** Managed policies: two of AWS's, bounds that leave keys and that do not, and two of the account's own. */
const managedOf = (id: string): fc.Arbitrary<IamAccount['managed']> =>
  fc.tuple(policies(id), policies(id)).map(([one, two]) => ({
    'arn:aws:iam::aws:policy/AdministratorAccess': fixed('*'),
    'arn:aws:iam::aws:policy/ReadOnlyAccess': fixed(['kms:Describe*', 'kms:List*', 's3:Get*']),
    [named(id, 'wide')]: version([{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]),
    [named(id, 'narrow')]: fixed('s3:*'),
    [named(id, 'one')]: one,
    [named(id, 'two')]: two,
  }));

const attachedOf = (id: string): fc.Arbitrary<Attached> =>
  fc.record({
    inline: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: policies(id).map((one) => [one]) },
    ),
    attached: fc.subarray(
      [
        'arn:aws:iam::aws:policy/AdministratorAccess',
        'arn:aws:iam::aws:policy/ReadOnlyAccess',
        named(id, 'one'),
        named(id, 'two'),
      ],
      { maxLength: 1 },
    ),
  });

type Named = Pick<IamPrincipal, 'kind' | 'name' | 'path' | 'id'>;
/** Users and roles of the mix by their ids; policies name the first ones. */
const everybody: readonly Named[] = [
  { kind: 'role', name: 'app', path: '/', id: 'AROAAPP' },
  { kind: 'user', name: 'bob', path: '/', id: 'AIDABOB' },
  { kind: 'role', name: 'admin', path: '/', id: 'AROAADMIN' },
  { kind: 'role', name: 'deploy', path: '/a/', id: 'AROADEPLOY' },
  {
    kind: 'role',
    name: 'AWSServiceRoleForAutoScaling',
    path: '/aws-service-role/autoscaling.amazonaws.com/',
    id: 'AROALINKED',
  },
  {
    kind: 'role',
    name: 'AWSReservedSSO_Admins_0123456789abcdef',
    path: '/aws-reserved/sso.amazonaws.com/',
    id: 'AROASSO',
  },
  { kind: 'user', name: 'ann', path: '/team/', id: 'AIDAANN' },
];

const principalOf = (id: string, who: Named): fc.Arbitrary<IamPrincipal> =>
  fc
    .tuple(
      attachedOf(id),
      fc.constantFrom<Record<string, string>>({}, { team: 'x' }, { team: 'y', key: '1234abcd' }),
      fc.subarray(who.kind === 'user' ? ['staff'] : []),
      fc.constantFrom(null, null, null, null, 'wide', 'wide', 'narrow', 'one'),
    )
    .map(([attached, tags, groups, bounds]) => ({
      ...who,
      ...attached,
      tags,
      groups,
      // IAM gives service-linked roles none.
      boundary: bounds === null || who.id === 'AROALINKED' ? null : named(id, bounds),
    }));

/** @param most principals */
export const anyAccount = (id: string, most: number): fc.Arbitrary<IamAccount> =>
  fc
    .tuple(fc.subarray(everybody.slice(1), { minLength: 1, maxLength: most - 1 }), fc.nat(2))
    .chain(([others, membership]) =>
      fc.record({
        id: fc.constant(id),
        membership: fc.constant(membershipsOf(id)[membership % membershipsOf(id).length] ?? null),
        principals: fc.tuple(
          ...[everybody[0], ...others].flatMap((who) => (who ? [principalOf(id, who)] : [])),
        ),
        groups: attachedOf(id).map((staff) => ({ staff })),
        managed: managedOf(id),
      }),
    );
