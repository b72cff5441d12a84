import { type EntityVerdict, judgeEntities, overall } from '../cross-account/judge.ts';
import type { Terms } from '../cross-account/judged.ts';
import type { CrossAccountUse } from '../cross-account/use.ts';
import type { ResolvedKey } from '../resource-key.ts';
import { byContents, readObjects } from './operations.ts';
import type { BucketPosture } from './posture.ts';
import { type WriteVerdict, writeVerdict } from './writing.ts';

/** The article's question, answered for one bucket. */
export interface BucketVerdict {
  readonly crossAccountRead: CrossAccountUse;
  /** Those let in to read. Services are apart: `crossAccountRead` is about accounts. */
  readonly entities: readonly EntityVerdict[];
  readonly write: WriteVerdict;
}

/**
 * Whether those whom the bucket's policy lets in can read objects that the owner's account wrote under the
 * bucket's default encryption, and write under it. It still depends on IAM in the other account, and on organization
 * policies.
 */
export function bucketVerdict(posture: BucketPosture, resolved: ResolvedKey): BucketVerdict {
  const { access, readers, facts, mayMissEntities } = posture;
  const terms: Terms = {
    key: resolved.key,
    checkedAgainst: 'caller',
    publicAccessBlocked: posture.publicAccess.blocksPolicy,
  };
  const entities = judgeEntities({
    ...terms,
    admissions: readers.flatMap(byContents),
    context: access.context,
    region: facts.scope.region,
    coveredByRcps: true,
    operation: readObjects(facts),
  });
  return {
    crossAccountRead: overall(entities, mayMissEntities, terms),
    entities,
    write: writeVerdict(posture, resolved),
  };
}
