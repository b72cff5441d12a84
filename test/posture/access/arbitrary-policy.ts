import fc from '../../random.ts';
import type { RawStatement, Request } from './oracle.ts';

const accounts = ['111122223333', '222233334444', '333344445555', '999988887777', '888877776666'] as const;
/** 999988887777 is in another organization, 888877776666 in none. */
const organizationOf: Readonly<Record<string, string>> = {
  '111122223333': 'o-ours000001',
  '222233334444': 'o-ours000001',
  '333344445555': 'o-ours000001',
  '999988887777': 'o-theirs0001',
};

const account = fc.constantFrom(...accounts);
const organizationId = fc.constantFrom('o-ours000001', 'o-theirs0001', 'o-other00001');
const roleName = fc.constantFrom('app', 'admin', 'a/app');
const service = fc.constantFrom('sns.amazonaws.com', 'logs.amazonaws.com');
const via = fc.constantFrom('s3.eu-west-1.amazonaws.com', 'ec2.eu-west-1.amazonaws.com');

const sourceArn = account.map((id) => `arn:aws:sns:eu-west-1:${id}:topic`);
const roleArn = fc.tuple(account, roleName).map(([id, role]) => `arn:aws:iam::${id}:role/${role}`);

const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const defined = (context: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

const action = fc.constantFrom('kms:Decrypt', 'kms:Encrypt', 'kms:CreateGrant', 'kms:DescribeKey');
/** Keys that limit nobody here; the reader leaves them open. */
const other = fc.record({ tag: sometimes(fc.constantFrom('x', 'y')), vpc: sometimes(fc.constant('vpc-1')) });

const identity: fc.Arbitrary<Request> = fc
  .tuple(account, roleName, action, sometimes(via), other)
  .map(([id, role, act, through, { tag, vpc }]) => {
    const arn = `arn:aws:iam::${id}:role/${role}`;
    const organization = organizationOf[id];
    const context = defined({
      'aws:principalaccount': id,
      'kms:calleraccount': id,
      'aws:principalarn': arn,
      'aws:principalorgid': organization,
      'aws:principalorgpaths': organization && `${organization}/r-ab12/ou-ab12-${id}/`,
      'aws:principalisawsservice': 'false',
      'kms:viaservice': through,
      'aws:principaltag/team': tag,
      'aws:sourcevpc': vpc,
      'aws:resourceaccount': '111122223333',
    });
    return {
      principal: 'identity',
      account: id,
      organization: organization ?? null,
      arn,
      service: null,
      action: act,
      context,
    };
  });

const serviceCall: fc.Arbitrary<Request> = fc
  .tuple(service, sometimes(account), fc.boolean(), action)
  .map(([name, source, withArn, act]) => {
    const organization = source && organizationOf[source];
    const context = defined({
      'aws:principalisawsservice': 'true',
      'aws:principalservicename': name,
      'aws:sourceaccount': source,
      'aws:sourcearn': source && withArn ? `arn:aws:sns:eu-west-1:${source}:topic` : undefined,
      'aws:sourceorgid': organization,
      'aws:resourceaccount': '111122223333',
    });
    return {
      principal: 'service',
      account: null,
      organization: organization ?? null,
      arn: null,
      service: name,
      action: act,
      context,
    };
  });

/** Requests of every kind of caller, with all that AWS would know of them. */
export const anyRequest: fc.Arbitrary<Request> = fc.oneof({ weight: 3, arbitrary: identity }, serviceCall);

const list = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength: 1, maxLength: 2 });
const block = (operators: readonly string[], keys: readonly string[], value: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom(...operators), fc.constantFrom(...keys), list(value))
    .map(([operator, key, values]) => ({ [operator]: { [key]: values } }));

const texts = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'];
const everyForm = texts.flatMap((operator) => [
  operator,
  `${operator}IfExists`,
  `ForAnyValue:${operator}`,
  `ForAllValues:${operator}`,
]);
const arnForms = [
  'ArnLike',
  'ArnNotLike',
  'ArnLikeIfExists',
  'ArnNotLikeIfExists',
  'StringLike',
  'StringNotLike',
];

/** One line of a Condition block over the keys that matter, in every form of operator. */
export const anyCondition = fc.oneof(
  block(
    everyForm,
    ['aws:PrincipalOrgID', 'aws:SourceOrgID'],
    fc.oneof(organizationId, fc.constantFrom('*', 'o-o*')),
  ),
  block(
    everyForm,
    ['aws:PrincipalAccount', 'kms:CallerAccount', 'aws:SourceAccount', 'aws:ResourceAccount'],
    fc.oneof({ weight: 4, arbitrary: account }, fc.constantFrom('*', '1111*', '?99988887777')),
  ),
  block(
    [
      'ForAnyValue:StringLike',
      'ForAllValues:StringLike',
      'ForAnyValue:StringNotLike',
      'ForAllValues:StringNotLike',
    ],
    ['aws:PrincipalOrgPaths'],
    organizationId.chain((id) => fc.constantFrom(`${id}/*`, `${id}/r-ab12/ou-ab12-222233334444/*`)),
  ),
  block(
    arnForms,
    ['aws:PrincipalArn', 'aws:SourceArn'],
    fc.oneof(
      roleArn,
      sourceArn,
      account.map((id) => `arn:aws:iam::${id}:role/a*`),
      fc.constantFrom(
        'arn:aws:iam::*:role/app',
        'arn:aws:*::222233334444:role/*',
        'arn:aws:sns:*:999988887777:*',
      ),
    ),
  ),
  block(everyForm, ['kms:ViaService'], fc.oneof(via, fc.constant('s3.*.amazonaws.com'))),
  block(['Bool', 'BoolIfExists'], ['aws:PrincipalIsAWSService'], fc.constantFrom('true', 'false')),
  block(
    ['Null'],
    ['aws:PrincipalOrgID', 'kms:ViaService', 'aws:SourceAccount'],
    fc.constantFrom('true', 'false'),
  ),
  block(everyForm, ['aws:PrincipalTag/team', 'aws:SourceVpc'], fc.constantFrom('x', 'vpc-1')),
);

type Block = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Puts lines together; the last line about the same operator and key stays. */
export function merged(blocks: readonly Block[]): Block {
  const all = new Map<string, Record<string, readonly string[]>>();
  for (const block of blocks)
    for (const [operator, keys] of Object.entries(block))
      all.set(operator, { ...all.get(operator), ...keys });
  return Object.fromEntries(all);
}

const aws = fc.oneof(
  account,
  account.map((id) => `arn:aws:iam::${id}:root`),
  roleArn,
);
const anyPrincipal = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  fc.constant({ AWS: '*' }),
  list(aws).map((AWS) => ({ AWS })),
  list(service).map((Service) => ({ Service })),
  fc.tuple(aws, service).map(([AWS, Service]) => ({ AWS, Service })),
);

export const anyStatement: fc.Arbitrary<RawStatement> = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    principal: anyPrincipal,
    negated: fc.integer({ min: 0, max: 9 }),
    Action: fc.oneof(
      fc.constant('kms:*'),
      list(fc.constantFrom('kms:Decrypt', 'kms:*crypt', 'kms:CreateGrant', 'kms:De*', 'kms:PutKeyPolicy')),
    ),
    blocks: fc.array(anyCondition, { maxLength: 3 }),
  })
  .map(({ principal, negated, blocks, ...rest }) => ({
    ...rest,
    ...(negated === 0 ? { NotPrincipal: principal } : { Principal: principal }),
    Resource: '*',
    ...(blocks.length > 0 ? { Condition: merged(blocks) } : {}),
  }));

export const anyPolicy = fc.array(anyStatement, { minLength: 1, maxLength: 4 });
