import type { Grant } from '../../lab/aws/iam/grant.ts';
import type { Key } from '../../lab/aws/iam/key.ts';
import type { Policy, Statement } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { account } from './arbitrary-conditions.ts';
import { policyOf, sorts } from './arbitrary-policy.ts';
import { roleNames } from './callers.ts';
import { services } from './services.ts';
import { bucketArn, keyArn, owner, queueArn, region } from './world.ts';

const ownRoot: Statement = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${owner}:root` },
  Action: 'kms:*',
  Resource: '*',
};

const operations = fc.subarray(
  [
    'Decrypt',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncryptFrom',
    'CreateGrant',
    'DescribeKey',
  ],
  { minLength: 1 },
);
const pairs = fc.constantFrom<Record<string, string>>(
  { 'aws:s3:arn': bucketArn },
  { 'aws:s3:arn': `${bucketArn}/data/x` },
  { 'aws:sqs:arn': queueArn },
  { 'aws:s3:arn': bucketArn, dept: 'x' },
);
const constraints: fc.Arbitrary<NonNullable<Grant['Constraints']>> = fc.oneof(
  { weight: 3, arbitrary: pairs.map((EncryptionContextSubset) => ({ EncryptionContextSubset })) },
  { weight: 3, arbitrary: pairs.map((EncryptionContextEquals) => ({ EncryptionContextEquals })) },
  { weight: 1, arbitrary: account.map((id) => ({ SourceArn: `arn:aws:sns:${region}:${id}:topic` })) },
);
const grantee: fc.Arbitrary<Pick<Grant, 'GranteePrincipal' | 'GranteeServicePrincipal'>> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(account, fc.constantFrom(...roleNames))
      .map(([id, name]) => ({ GranteePrincipal: `arn:aws:iam::${id}:role/${name}` })),
  },
  { weight: 3, arbitrary: account.map((id) => ({ GranteePrincipal: `arn:aws:iam::${id}:root` })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { GranteePrincipal: 'AWS Internal' },
      { GranteePrincipal: `arn:aws:iam::${owner}:role/app` },
      ...services.map((GranteeServicePrincipal) => ({ GranteeServicePrincipal })),
    ),
  },
);
const grant: fc.Arbitrary<Grant> = fc
  .tuple(grantee, operations, fc.option(constraints, { nil: undefined, freq: 3 }))
  .map(([who, Operations, Constraints]) => ({
    ...who,
    Operations,
    ...(Constraints === undefined ? {} : { Constraints }),
  }));

/** The policy that RAM makes of shares with accounts, organizations and roles. */
const ram: fc.Arbitrary<Policy> = policyOf(sorts.key).map(({ Statement }) => ({
  Version: '2012-10-17',
  Statement: Statement.map((one) => ({ ...one, Resource: '*' })),
}));

/** How a key may be unfit to serve, rarely. */
const kind: fc.Arbitrary<Pick<Key, 'manager' | 'state' | 'spec' | 'usage'>> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.constant({
      manager: 'CUSTOMER',
      state: 'Enabled',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
    } as const),
  },
  fc.constantFrom(
    { manager: 'CUSTOMER', state: 'Disabled', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' } as const,
    { manager: 'CUSTOMER', state: 'Enabled', spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' } as const,
    { manager: 'CUSTOMER', state: 'Enabled', spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' } as const,
    { manager: 'AWS', state: 'Enabled', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' } as const,
  ),
);

/** @param sort the policy's sort of statements. */
export function anyKey(sort: 'key' | 'snapshotKey'): fc.Arbitrary<Key> {
  return fc
    .tuple(
      policyOf(sorts[sort]),
      fc.integer({ min: 0, max: 9 }),
      fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, ram),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 4, arbitrary: fc.array(grant, { minLength: 1, maxLength: 2 }) },
      ),
      kind,
    )
    .map(([policy, own, ramPolicy, grants, what]) => ({
      ...what,
      arn: keyArn,
      owner,
      policy: own === 0 ? policy : { ...policy, Statement: [ownRoot, ...policy.Statement] },
      ram: what.manager === 'CUSTOMER' ? ramPolicy : null,
      grants,
    }));
}

/** A bucket with its policy and key; under SSE-S3 there is none. */
export interface Bucket {
  readonly policy: Policy;
  readonly key: Key | null;
  readonly bucketKey: boolean;
  /** RestrictPublicBuckets is on, and AWS calls the policy public. */
  readonly blocked: boolean;
}

export const anyBucket = (): fc.Arbitrary<Bucket> =>
  fc
    .tuple(
      policyOf(sorts.bucket),
      fc.option(anyKey('key'), { nil: null, freq: 12 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 19 }),
    )
    .map(([policy, key, bucketKey, block]) => ({ policy, key, bucketKey, blocked: block === 0 }));

export interface Queue {
  readonly policy: Policy;
  readonly key: Key;
}
export const anyQueue = (): fc.Arbitrary<Queue> =>
  fc.record({ policy: policyOf(sorts.queue), key: anyKey('key') });

export interface Snapshot {
  readonly accounts: readonly string[];
  readonly everybody: boolean;
  readonly key: Key;
}
export const anySnapshot = (): fc.Arbitrary<Snapshot> =>
  fc.record({
    accounts: fc.uniqueArray(account, { maxLength: 3 }),
    everybody: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
    key: anyKey('snapshotKey'),
  });
