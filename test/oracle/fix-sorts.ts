import type { Key } from '../../lab/aws/iam/key.ts';
import type { Policy } from '../../lab/aws/iam/policy.ts';
import type { Fix } from '../../src/posture/fix/fix.ts';
import type { FixedBucket, SharedResource } from './arbitrary-fix-worlds.ts';
import type { Controls } from './controls.ts';
import type { Way } from './operation.ts';
import { type Answers, bucketAnswers, bucketFix, resourceAnswers, resourceFix } from './product-fix.ts';
import { type SharedSort, sharedSorts } from './shared-resources.ts';
import { readObject, writeObject } from './ways.ts';
import { bucketArn } from './world.ts';

/** What fixes change. */
export interface Documents {
  readonly policy: Policy;
  /** Where a list shares it, and no policy. */
  readonly accounts?: readonly string[];
  readonly everybody?: boolean;
  readonly key: Key | null;
  readonly blocked?: boolean;
  readonly controls?: Controls | null;
}

/** A sort of worlds for which fixes are proposed. */
export interface FixSort<T extends Documents> {
  readonly fixOf: (world: T) => readonly Fix[] | null;
  /** @param beside of another resource under the same key, which is shared alike */
  readonly answers: (world: T, beside: boolean) => Answers;
  /** An operation → its ways; of those without, the oracle is not asked. */
  readonly ways: (world: T) => Readonly<Record<string, readonly Way[]>>;
  /** Texts of documents as those of the other resource have them. */
  readonly besideText: (text: string) => string;
}

const toPond = (text: string): string => text.replaceAll(bucketArn, 'arn:aws:s3:::pond');

export const buckets: FixSort<FixedBucket> = {
  fixOf: bucketFix,
  answers: bucketAnswers,
  ways: (bucket) => ({ read: readObject(bucket), write: writeObject(bucket) }),
  besideText: toPond,
};

const toArchive = (text: string): string =>
  text.replaceAll(/([:/])orders\b|"orders"|(snap|vol)-0123456789abcdef0/g, archived);
const archived = (text: string): string => text.replace('orders', 'archive').replace('0123', '4567');
const sortOf = ({ sort }: SharedResource): SharedSort => sharedSorts[sort];

export const resources: FixSort<SharedResource> = {
  fixOf: resourceFix,
  answers: (resource, beside) => resourceAnswers(resource, beside ? toArchive(sortOf(resource).arn) : null),
  ways: (resource) => sortOf(resource).operations,
  besideText: toArchive,
};
