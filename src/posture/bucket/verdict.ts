import { type EntityVerdict, judgeEntities } from '../cross-account/judge.ts';
import type { IamOf, Terms } from '../cross-account/judged.ts';
import { overall, verdictsOf } from '../cross-account/overall.ts';
import type { CrossAccountUse, EntityUse } from '../cross-account/use.ts';
import type { ResolvedKey } from '../resource-key.ts';
import { readObjects } from './operations.ts';
import type { BucketPosture } from './posture.ts';
import { type WriteVerdict, writeVerdict } from './writing.ts';

/** The article's question, answered for one bucket. */
export interface BucketVerdict {
  readonly crossAccountRead: CrossAccountUse;
  /** Each word that holds of somebody, services too. */
  readonly verdicts: readonly EntityUse[];
  /** Those let in to read. Services are apart: `crossAccountRead` is about accounts. */
  readonly entities: readonly EntityVerdict[];
  readonly write: WriteVerdict;
  /** The same bucket under another key. */
  readonly under: (resolved: ResolvedKey) => BucketVerdict;
}

/**
 * Whether those whom the bucket's policy lets in can read objects that the owner's account wrote under the
 * bucket's default encryption, and write under it.
 * @param iam of the other accounts; absent: it was not asked for, and what they can still depends on it
 */
export function bucketVerdict(posture: BucketPosture, resolved: ResolvedKey, iam?: IamOf): BucketVerdict {
  const { access, readers, facts, mayMissEntities } = posture;
  const terms: Terms = {
    key: resolved.key,
    checkedAgainst: 'caller',
    publicAccessBlocked: posture.publicAccess.blocksPolicy,
  };
  const entities = judgeEntities({
    ...terms,
    external: readers,
    context: access.context,
    region: facts.scope.region,
    coveredByRcps: true,
    operation: readObjects(facts),
    policy: access.policy,
    iam,
  });
  return {
    crossAccountRead: overall(entities, mayMissEntities, terms),
    verdicts: verdictsOf(entities, mayMissEntities, terms),
    entities,
    write: writeVerdict(posture, resolved, iam),
    under: (other) => bucketVerdict(posture, other, iam),
  };
}
