import { type Admission, byContents } from '../access/admission.ts';
import { accessToBucket, type BucketAccess } from '../access/bucket-access.ts';
import { forAction } from '../access/intersection.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import { s3 } from '../access/s3.ts';
import { ExternalEntities } from '../cross-account/external-entities.ts';
import { actionsOf } from '../policy/action.ts';
import type { Access } from '../policy/grammar.ts';
import { type AccessPointsOfBucket, noAccessPointsRead } from './access-point-facts.ts';
import type { BucketFacts } from './bucket-facts.ts';
import { admissionsTo } from './delegation.ts';
import { type EncryptionPosture, encryptionPosture } from './encryption.ts';
import { type PublicAccess, publicAccess } from './public-access.ts';
import { type SharedBucket, sharedBucket } from './shared.ts';

/** What the bucket alone tells: before its key is looked up. */
export interface BucketPosture {
  readonly facts: BucketFacts;
  readonly encryption: EncryptionPosture;
  readonly publicAccess: PublicAccess;
  readonly access: BucketAccess;
  /** Whom the policy lets in to read objects, services included. */
  readonly readers: ExternalEntities;
  /** Whom it lets in to put objects, services included. */
  readonly writers: ExternalEntities;
  /** Whom it lets in to replicate objects into the bucket: roles of the sources' accounts. */
  readonly replicators: ExternalEntities;
  /** Whom that shares the bucket with. */
  readonly shared: SharedBucket;
  /** Whether anybody beyond the own account is let in: only then does it matter whom the key lets in. */
  readonly hasExternalEntities: boolean;
  /** More may be let in than the entities: the policy is unread or not understood. */
  readonly mayMissEntities: boolean;
}

/** @param accessPoints of the bucket, where its policy tells them apart and they were read */
export function bucketPosture(
  facts: BucketFacts,
  organization: OrganizationKnowledge,
  accessPoints: AccessPointsOfBucket = noAccessPointsRead,
): BucketPosture {
  const { arn, scope, ownerCanonicalId, policy } = facts;
  const { accountId, partition } = scope;
  const encryption = encryptionPosture(facts.encryption);
  const underKms = encryption.sseClass === 'kms';
  const access = accessToBucket(
    { arn, accountId, partition, ownCanonicalId: ownerCanonicalId, policy, underKms },
    organization,
  );
  const blocks = publicAccess(facts);
  const admissions = admissionsTo(access, facts, blocks, accessPoints, organization);
  const externalOf = (list: readonly Admission[]) =>
    new ExternalEntities(list.flatMap(byContents), access.context);
  // Whoever may read a version by its id reads the object, too.
  const readers = externalOf(withAccess(admissions, 'read'));
  const writers = externalOf(forAction(admissions, 's3:PutObject', s3));
  const replicators = externalOf(forAction(admissions, 's3:ReplicateObject', s3));
  const writtenBy = [...writers.all, ...replicators.all];
  return {
    facts,
    encryption,
    publicAccess: blocks,
    access,
    readers,
    writers,
    replicators,
    shared: sharedBucket(access, readers, externalOf(withAccess(admissions, 'write'))),
    hasExternalEntities: readers.all.length + writtenBy.length > 0,
    mayMissEntities:
      policy.state !== 'known' || (access.policy?.unread.some(({ effect }) => effect !== 'Deny') ?? false),
  };
}

function withAccess(admissions: readonly Admission[], access: Access): readonly Admission[] {
  const catalog = actionsOf(s3);
  return admissions.filter(({ actions }) => catalog.access(actions).includes(access));
}
