import type { Key } from '../../lab/aws/iam/key.ts';
import type { Policy } from '../../lab/aws/iam/policy.ts';
import fc from '../random.ts';
import { anyControls } from './arbitrary-controls.ts';
import { openBucket } from './arbitrary-open-bucket.ts';
import { policyOf, sortOf } from './arbitrary-policy.ts';
import { anyBucket, anyKey, anySnapshot, type Bucket } from './arbitrary-world.ts';
import type { Controls } from './controls.ts';
import { type Partition, partitions } from './partitions.ts';
import { type SortName, sharedSorts, sortNames } from './shared-resources.ts';
import { owner } from './world.ts';

/** A bucket for which fixes are asked. */
export interface FixedBucket extends Bucket {
  readonly partition: Partition;
  /** SCPs and RCPs of its organization; absent: none were read. */
  readonly controls?: Controls;
}

/** A resource of another service with its policy or list, and its key. */
export interface SharedResource {
  readonly sort: SortName;
  readonly partition: Partition;
  readonly policy: Policy;
  /** Where a list shares it, and no policy. */
  readonly accounts?: readonly string[];
  readonly everybody?: boolean;
  readonly key: Key;
}

export interface FixedKey {
  readonly partition: Partition;
  readonly key: Key;
}

const partition = fc.constantFrom(...partitions);

/** One key policy in six has no room left, so that grants take the place of statements. */
const isFull = fc.integer({ min: 0, max: 5 }).map((one) => one === 0);
const filling = {
  Sid: 'x'.repeat(32_500),
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${owner}:root` },
  Action: 'kms:ListAliases',
  Resource: '*',
} as const;
const filled = (key: Key): Key => ({
  ...key,
  policy: { ...key.policy, Statement: [...key.policy.Statement, filling] },
});

export const fixedBucket = (): fc.Arbitrary<FixedBucket> =>
  fc.tuple(anyBucket(), partition, isFull).map(([bucket, where, full]) => ({
    ...bucket,
    key: full && bucket.key !== null ? filled(bucket.key) : bucket.key,
    partition: where,
  }));

/** In an organization whose SCPs and RCPs lock out, too; mostly shared plainly, so that these decide. */
export const controlledFixBucket = (): fc.Arbitrary<FixedBucket> =>
  fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: openBucket }, { weight: 2, arbitrary: anyBucket() }),
      partition,
      anyControls,
    )
    .map(([bucket, where, controls]) => ({ ...bucket, partition: where, controls }));

export const sharedResource = (): fc.Arbitrary<SharedResource> =>
  fc.constantFrom(...sortNames).chain((sort) =>
    fc
      .tuple(
        policyOf(sortOf(sharedSorts[sort].actions, sharedSorts[sort].arn)),
        anyKey('key'),
        partition,
        isFull,
      )
      .map(([policy, key, where, full]) => ({
        sort,
        partition: where,
        policy,
        key: full ? filled(key) : key,
      })),
  );

/** One in three under a key that is disabled, asymmetric, or managed by AWS: no other locks out of a repository. */
export const sharedRepository = (): fc.Arbitrary<SharedResource> => {
  const { actions, arn } = sharedSorts.repository;
  const unfit = fc.constantFrom<Partial<Key>>(
    { state: 'Disabled' },
    { spec: 'RSA_2048' },
    { manager: 'AWS' },
  );
  return fc
    .tuple(policyOf(sortOf(actions, arn)), anyKey('key'), fc.option(unfit, { nil: {}, freq: 2 }), partition)
    .map(([policy, key, kind, where]) => ({
      sort: 'repository',
      partition: where,
      policy,
      key: { ...key, ...kind },
    }));
};

export const sharedSnapshot = (): fc.Arbitrary<SharedResource> =>
  fc.tuple(anySnapshot(), partition, isFull).map(([{ key, ...shared }, where, full]) => ({
    sort: 'snapshot',
    partition: where,
    policy: { Version: '2012-10-17', Statement: [] },
    ...shared,
    key: full ? filled(key) : key,
  }));

export const fixedKey = (): fc.Arbitrary<FixedKey> => fc.record({ partition, key: anyKey('key') });
