import { known } from '../../src/aws/fact.ts';
import { accessToKey } from '../../src/posture/access/key-access.ts';
import { noAccessPointsRead } from '../../src/posture/bucket/access-point-facts.ts';
import type { Fix } from '../../src/posture/fix/fix.ts';
import { fixOfBucket } from '../../src/posture/fix/of-bucket.ts';
import { fixOfKey } from '../../src/posture/fix/of-key.ts';
import { fixOfResource } from '../../src/posture/fix/of-resource.ts';
import type { ResourceRules } from '../../src/posture/resource/rules.ts';
import { resourcePosture, resourceVerdict } from '../../src/posture/resource/verdict.ts';
import { oneKey } from '../posture/resource/one-key.ts';
import type { FixedBucket, FixedKey, SharedResource } from './arbitrary-fix-worlds.ts';
import type { EntityAnswer } from './compare-entities.ts';
import { fromPartition, inPartition, scopeIn } from './partitions.ts';
import { answersOf, answersOfBucket, judgedBucket, keyFacts, knowledge, resolved } from './product.ts';
import { remembered } from './remembered.ts';
import { type SharedSort, sharedSorts } from './shared-resources.ts';
import { owner } from './world.ts';

/**
 * Where the product is called for its fixes: worlds go to their partition before, and what is proposed comes back as it
 * is written in `aws`, where the oracle is at home.
 */
type Proposed = readonly Fix[] | null;

/** An operation → what becomes of each entity. */
export type Answers = Readonly<Record<string, readonly EntityAnswer[]>>;

const bucketCalled = (name: string) =>
  remembered(({ partition, controls, ...bucket }: FixedBucket) => {
    const where = scopeIn(partition, owner);
    const there = controls === undefined ? null : inPartition(controls, partition);
    return judgedBucket(inPartition(bucket, partition), noAccessPointsRead, there, { name, where });
  });
const lake = bucketCalled('lake');
const pond = bucketCalled('pond');

export function bucketFix(bucket: FixedBucket): Proposed {
  const { posture, verdict, key } = lake(bucket);
  return fromPartition(fixOfBucket(posture, verdict, key), bucket.partition);
}

/** @param beside of a bucket `pond`, as its policy says */
export function bucketAnswers(bucket: FixedBucket, beside: boolean): Answers {
  const { read, write } = answersOfBucket((beside ? pond : lake)(bucket));
  return { read: read.entities, write: write.entities };
}

const resourceThere = remembered((resource: SharedResource) =>
  resourceCalled(resource, sharedSorts[resource.sort].arn),
);

function resourceCalled({ sort, partition, ...documents }: SharedResource, arn: string) {
  const { rules, resourceType }: Pick<SharedSort, 'resourceType'> & { rules: ResourceRules } =
    sharedSorts[sort];
  const { policy, key, ...list } = inPartition(documents, partition);
  const where = scopeIn(partition, owner);
  const posture = resourcePosture(
    {
      scope: where,
      resourceType,
      arn: inPartition(arn, partition),
      encryption: known({ state: 'kms', key: key.arn }),
      sharing: known(
        list.accounts === undefined
          ? { by: 'policy', policy: JSON.stringify(policy) }
          : { by: 'accounts', accountIds: list.accounts, everybody: list.everybody ?? false },
      ),
      ...(list.accounts && { publicAccess: known({ state: 'unblocked', managedBy: 'account' } as const) }),
    },
    rules,
    knowledge,
  );
  const keys = oneKey(resolved(key, where));
  return { posture, verdict: resourceVerdict(posture, keys), keys };
}

export function resourceFix(resource: SharedResource): Proposed {
  const { posture, verdict, keys } = resourceThere(resource);
  return fromPartition(fixOfResource(posture, verdict, keys), resource.partition);
}

/** @param beside the ARN of another one, as its policy says; null: its own */
export function resourceAnswers(resource: SharedResource, beside: string | null): Answers {
  const { operations } = (beside === null ? resourceThere(resource) : resourceCalled(resource, beside))
    .verdict;
  return Object.fromEntries(
    operations.map(({ operation, entities }) => [operation.name, answersOf(entities)]),
  );
}

/** What the product proposes to take away of a key. */
export function keyFix({ partition, key }: FixedKey): Proposed {
  const facts = keyFacts(inPartition(key, partition), scopeIn(partition, owner));
  return fromPartition(fixOfKey(facts, accessToKey(facts, knowledge), knowledge), partition);
}
