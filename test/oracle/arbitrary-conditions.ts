import type { Condition } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { roleNames, userNames } from './callers.ts';
import {
  bucketArn,
  cousin,
  ours,
  owner,
  queueArn,
  region,
  sibling,
  stranger,
  theirs,
  vendor,
} from './world.ts';

/** Accounts that policies name. */
export const account = fc.constantFrom(sibling, cousin, stranger, vendor);
const anyAccount = fc.oneof({ weight: 4, arbitrary: account }, fc.constant(owner));

export const few = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.oneof(
    { weight: 3, arbitrary: value.map((one) => [one]) },
    fc.tuple(value, value).map((two) => [...new Set(two)]),
  );

export const line = (operators: readonly string[], keys: readonly string[], values: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom(...operators), fc.constantFrom(...keys), few(values))
    .map(([operator, key, list]): Condition => ({ [operator]: { [key]: list } }));

const equals = ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike'];
const differs = ['StringNotEquals', 'StringNotLike'];
const single = [...equals, ...differs].flatMap((operator) => [operator, `${operator}IfExists`]);
/** Set operators on a key of one value, which people write though they should not. */
const inSets = [...equals, ...differs].flatMap((name) => [`ForAnyValue:${name}`, `ForAllValues:${name}`]);
const texts = [...single, ...single, ...inSets];
const arns = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'].flatMap((name) => [
  name,
  `${name}IfExists`,
]);
const truth = fc.constantFrom('true', 'false');
const flag = (operators: readonly string[], keys: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...operators), fc.constantFrom(...keys), truth)
    .map(([operator, key, value]): Condition => ({ [operator]: { [key]: value } }));

const principalArn = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: account }, fc.constant('*')),
    fc.constantFrom(
      ...roleNames.map((name) => `role/${name}`),
      ...userNames.map((name) => `user/${name}`),
      'role/app*',
      'role/*',
      'role/a/*',
      'user/*',
      'root',
      '*',
    ),
  )
  .map(([id, rest]) => `arn:aws:iam::${id}:${rest}`);
/** What `aws:PrincipalArn` never is. */
const sessionArn = account.map((id) => `arn:aws:sts::${id}:assumed-role/app/s1`);
const sourceArn = anyAccount.chain((id) =>
  fc.constantFrom(`arn:aws:sns:${region}:${id}:topic`, `arn:aws:cloudfront::${id}:distribution/*`),
);

/** Of whom AWS tells who they are. */
export const aboutCaller: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 4,
    arbitrary: line(
      texts,
      ['aws:PrincipalOrgID'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
      fc.constantFrom(ours, ours, ours, theirs, 'o-*', '${aws:ResourceOrgID}'),
    ),
  },
  {
    weight: 4,
    arbitrary: line(texts, ['aws:PrincipalAccount'], fc.oneof(anyAccount, fc.constantFrom('9999*', '*'))),
  },
  {
    weight: 4,
    arbitrary: line(
      [...arns, ...arns, 'StringLike', 'StringNotLike', 'StringEquals', 'StringNotEquals'],
      ['aws:PrincipalArn'],
      fc.oneof({ weight: 8, arbitrary: principalArn }, sessionArn),
    ),
  },
  {
    weight: 2,
    arbitrary: line(
      [
        'ForAnyValue:StringLike',
        'ForAllValues:StringLike',
        'ForAnyValue:StringNotLike',
        'ForAllValues:StringNotLike',
      ],
      ['aws:PrincipalOrgPaths'],
      fc.constantFrom(
        `${ours}/*`,
        `${ours}/r-ab12/ou-ab12-comp0001/*`,
        `${ours}/r-ab12/ou-ab12-comp0001/`,
        `${theirs}/*`,
      ),
    ),
  },
  flag(['Bool', 'BoolIfExists'], ['aws:PrincipalIsAWSService']),
  line(single, ['aws:PrincipalType'], fc.constantFrom('AssumedRole', 'User', 'Account')),
);

/** Keys that an account's own call never carries, or always does, and what says whether a key is there. */
export const aboutPresence: fc.Arbitrary<Condition> = fc.oneof(
  line(texts, ['aws:SourceAccount'], anyAccount),
  line(arns, ['aws:SourceArn'], sourceArn),
  line(texts, ['aws:SourceOrgID'], fc.constantFrom(ours, theirs)),
  line(
    single,
    ['aws:PrincipalServiceName'],
    fc.constantFrom('sns.amazonaws.com', 'delivery.logs.amazonaws.com'),
  ),
  flag(
    ['Null'],
    [
      'aws:PrincipalOrgID',
      'aws:SourceAccount',
      'aws:SourceArn',
      'aws:PrincipalArn',
      'aws:PrincipalAccount',
      'aws:PrincipalServiceName',
    ],
  ),
  line(single, ['aws:ResourceAccount'], anyAccount),
  line(single, ['aws:ResourceOrgID'], fc.constantFrom(ours, theirs)),
);

/** What AWS does not tell the owner: tags, network, second factor. */
export const untold: fc.Arbitrary<Condition> = fc.oneof(
  line(single, ['aws:PrincipalTag/team'], fc.constantFrom('x', 'y')),
  line(single, ['aws:SourceVpc'], fc.constantFrom('vpc-1', 'vpc-2')),
  line(['IpAddress', 'NotIpAddress'], ['aws:SourceIp'], fc.constantFrom('203.0.113.0/24', '0.0.0.0/0')),
  flag(['Bool', 'BoolIfExists'], ['aws:MultiFactorAuthPresent']),
);

const vias = ['s3', 'sqs', 'ec2'].map((service) => `${service}.${region}.amazonaws.com`);
const contextValue = fc.constantFrom(
  bucketArn,
  `${bucketArn}/*`,
  `${bucketArn}/data/*`,
  `${bucketArn}/data/x`,
  queueArn,
);

/** Of KMS alone. */
export const ofKms: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: line(texts, ['kms:ViaService'], fc.constantFrom(...vias, 's3.*.amazonaws.com')) },
  { weight: 2, arbitrary: line(texts, ['kms:CallerAccount'], anyAccount) },
  flag(['Bool', 'BoolIfExists'], ['aws:ViaAWSService']),
  flag(['Null'], ['kms:ViaService', 'kms:EncryptionContext:aws:s3:arn']),
);
export const ofKmsContext: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 3,
    arbitrary: line(
      single,
      ['kms:EncryptionContext:aws:s3:arn', 'kms:EncryptionContext:aws:sqs:arn'],
      contextValue,
    ),
  },
  line(
    ['ForAnyValue:StringEquals', 'ForAllValues:StringEquals', 'ForAnyValue:StringLike'],
    ['kms:EncryptionContextKeys'],
    fc.constantFrom('aws:s3:arn', 'aws:sqs:arn'),
  ),
);

/** Of S3 alone; `s3:x-amz-acl` and `s3:prefix` belong to other operations than reading. */
export const ofS3: fc.Arbitrary<Condition> = fc.oneof(
  flag(['Bool', 'BoolIfExists'], ['aws:SecureTransport']),
  line(single, ['s3:x-amz-acl'], fc.constant('bucket-owner-full-control')),
  line(single, ['s3:prefix'], fc.constant('data/')),
  flag(['Bool'], ['aws:ViaAWSService']),
);

/** Lines put together; of two on the same operator and key the last stays. */
export function merged(lines: readonly Condition[]): Condition {
  const all = new Map<string, Condition[string]>();
  for (const one of lines)
    for (const [operator, keys] of Object.entries(one)) all.set(operator, { ...all.get(operator), ...keys });
  return Object.fromEntries(all);
}
