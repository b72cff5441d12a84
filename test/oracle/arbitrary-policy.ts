import type { Condition, Policy, PrincipalElement, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import {
  aboutCaller,
  aboutPresence,
  account,
  few,
  merged,
  ofKms,
  ofKmsContext,
  ofS3,
  untold,
} from './arbitrary-conditions.ts';
import { roleNames, userNames } from './callers.ts';
import { services } from './services.ts';
import { bucketArn, keyArn, otherKeyArn, owner, queueArn } from './world.ts';

/** What KMS and S3 write of a deleted role. */
const deleted = 'AROA2BCDEFGHIJKLMNOPQ';

const identity: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: account },
  { weight: 4, arbitrary: account.map((id) => `arn:aws:iam::${id}:root`) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(account, fc.constantFrom(...roleNames))
      .map(([id, name]) => `arn:aws:iam::${id}:role/${name}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(account, fc.constantFrom(...userNames))
      .map(([id, name]) => `arn:aws:iam::${id}:user/${name}`),
  },
  { weight: 1, arbitrary: account.map((id) => `arn:aws:sts::${id}:assumed-role/app/s1`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(deleted, `arn:aws:iam::${owner}:root`, `arn:aws:iam::${owner}:role/app`),
  },
);
const service = fc.constantFrom(...services);

const principal: fc.Arbitrary<PrincipalElement> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*' as const) },
  { weight: 2, arbitrary: fc.constant({ AWS: '*' }) },
  { weight: 7, arbitrary: few(identity).map((AWS) => ({ AWS })) },
  { weight: 2, arbitrary: few(service).map((Service) => ({ Service })) },
  { weight: 1, arbitrary: fc.tuple(identity, service).map(([AWS, Service]) => ({ AWS, Service })) },
);

/** As AWS asks for it: with the account of whom it spares; and as people write it. */
export const spared: fc.Arbitrary<PrincipalElement> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(account, fc.constantFrom(...roleNames))
      .map(([id, name]) => ({ AWS: [`arn:aws:iam::${id}:root`, `arn:aws:iam::${id}:role/${name}`] })),
  },
  few(identity).map((AWS) => ({ AWS })),
  fc.tuple(identity, service).map(([AWS, Service]) => ({ AWS, Service })),
);

/** What differs between the policies of keys, buckets and queues. */
interface Sort {
  readonly actions: fc.Arbitrary<Pick<Statement, 'Action' | 'NotAction'>>;
  readonly resources: fc.Arbitrary<Pick<Statement, 'Resource' | 'NotResource'>>;
  readonly conditions: fc.Arbitrary<Condition>;
}

const actions = (...names: readonly string[]): fc.Arbitrary<Pick<Statement, 'Action' | 'NotAction'>> =>
  fc.oneof(
    { weight: 8, arbitrary: few(fc.constantFrom(...names)).map((Action) => ({ Action })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...names.filter((name) => !name.endsWith(':*')))
        .map((NotAction) => ({ NotAction })),
    },
  );
const resources = (
  ...texts: readonly (string | readonly string[])[]
): fc.Arbitrary<{ Resource: string | readonly string[] }> =>
  fc.constantFrom(...texts).map((Resource) => ({ Resource }));

/** One in eight lines is about what AWS does not tell. */
const mixed = (...told: readonly fc.Arbitrary<Condition>[]): fc.Arbitrary<Condition> =>
  fc.oneof(
    { weight: 4, arbitrary: aboutCaller },
    { weight: 2, arbitrary: aboutPresence },
    { weight: 1, arbitrary: untold },
    ...told.map((arbitrary) => ({ weight: 2, arbitrary })),
  );

const ofKey: Sort = {
  actions: actions(
    'kms:*',
    'kms:*',
    'kms:Decrypt',
    'kms:Decrypt',
    'kms:*crypt*',
    'kms:De*',
    'kms:GenerateDataKey*',
    'kms:CreateGrant',
    'kms:DescribeKey',
    'kms:PutKeyPolicy',
  ),
  resources: resources('*', '*', '*', '*', keyArn, 'arn:aws:kms:*:*:key/*', otherKeyArn),
  conditions: mixed(ofKms, ofKmsContext),
};

/** For snapshots: AWS does not say which of their calls carry the encryption context. */
const ofSnapshotKey: Sort = {
  ...ofKey,
  actions: actions('kms:*', 'kms:*', 'kms:*', 'kms:CreateGrant', 'kms:De*', 'kms:Decrypt'),
  conditions: mixed(ofKms),
};

const ofBucket: Sort = {
  actions: actions('s3:GetObject', 's3:GetObject', 's3:Get*', 's3:*', 's3:GetObjectVersion', 's3:PutObject'),
  resources: resources(
    `${bucketArn}/*`,
    `${bucketArn}/*`,
    `${bucketArn}/*`,
    [bucketArn, `${bucketArn}/*`],
    `${bucketArn}/data/*`,
    `${bucketArn}/logs/*`,
    bucketArn,
    `${bucketArn}/\${aws:PrincipalAccount}/*`,
  ),
  conditions: mixed(ofS3),
};

/** Of a service without conditions of its own. */
export const sortOf = (names: readonly string[], arn: string): Sort => ({
  actions: actions(...names),
  resources: resources(arn, arn, '*', `${arn}-dlq`),
  conditions: mixed(),
});

const ofQueue = sortOf(
  ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:*', 'SQS:SendMessage', 'sqs:GetQueueAttributes'],
  queueArn,
);

export const sorts = { key: ofKey, snapshotKey: ofSnapshotKey, bucket: ofBucket, queue: ofQueue } as const;

function statement({ actions, resources, conditions }: Sort): fc.Arbitrary<Statement> {
  const conditionLines = fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: conditions.map((one) => [one]) },
    { weight: 2, arbitrary: fc.tuple(conditions, conditions) },
  );
  const allow = principal.map(
    (Principal): Pick<Statement, 'Effect' | 'Principal'> => ({ Effect: 'Allow', Principal }),
  );
  const deny = principal.map(
    (Principal): Pick<Statement, 'Effect' | 'Principal'> => ({ Effect: 'Deny', Principal }),
  );
  const denyOthers = spared.map(
    (NotPrincipal): Pick<Statement, 'Effect' | 'NotPrincipal'> => ({ Effect: 'Deny', NotPrincipal }),
  );
  const allowOthers = spared.map(
    (NotPrincipal): Pick<Statement, 'Effect' | 'NotPrincipal'> => ({ Effect: 'Allow', NotPrincipal }),
  );
  const who: fc.Arbitrary<Pick<Statement, 'Effect' | 'Principal' | 'NotPrincipal'>> = fc.oneof(
    { weight: 24, arbitrary: allow },
    { weight: 6, arbitrary: deny },
    { weight: 4, arbitrary: denyOthers },
    { weight: 1, arbitrary: allowOthers },
  );
  return fc.tuple(who, actions, resources, conditionLines).map(([whom, what, where, lines]) => ({
    ...whom,
    ...what,
    ...where,
    ...(lines.length > 0 ? { Condition: merged(lines) } : {}),
  }));
}

/** A policy of one to three statements; one in ten has no version, so that its variables are plain text. */
export function policyOf(sort: Sort): fc.Arbitrary<Policy> {
  return fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.array(statement(sort), { minLength: 1, maxLength: 3 }))
    .map(([version, Statement]) => ({ ...(version > 0 ? { Version: '2012-10-17' } : {}), Statement }));
}
