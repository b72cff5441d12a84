import { type Admission, byContents } from '../access/admission.ts';
import { accessToBucket, type BucketAccess } from '../access/bucket-access.ts';
import { forAction } from '../access/intersection.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import { mayLetInListed } from '../access/not-principal.ts';
import { s3 } from '../access/s3.ts';
import { admittedThrough } from '../access/through-access-point.ts';
import { ExternalEntities } from '../cross-account/external-entities.ts';
import { actionsOf } from '../policy/action.ts';
import type { Access } from '../policy/grammar.ts';
import {
  type AccessPointFacts,
  type AccessPointsOfBucket,
  noAccessPointsRead,
} from './access-point-facts.ts';
import type { BucketFacts } from './bucket-facts.ts';
import { admissionsTo, mentionsAccessPoints, policyOf } from './delegation.ts';
import { type EncryptionPosture, encryptionPosture } from './encryption.ts';
import { type PublicAccess, publicAccess } from './public-access.ts';
import { type SharedBucket, sharedByPolicy, sharedWithParties } from './shared.ts';

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
  const bucket = policyPosture(facts, organization);
  const { access } = bucket;
  const parties = partiesIn(
    admissionsTo(access, facts, bucket.publicAccess, accessPoints, organization),
    access,
  );
  const isByPolicy = !mentionsAccessPoints(access.policy, access.context.grammar);
  return { ...bucket, ...parties, shared: isByPolicy ? sharedByPolicy(access) : parties.shared };
}

/** The bucket as it is reached through one access point alone. */
export function postureThrough(
  point: AccessPointFacts,
  facts: BucketFacts,
  organization: OrganizationKnowledge,
): BucketPosture {
  const bucket = policyPosture(facts, organization);
  const { access, publicAccess: blocks } = bucket;
  const { policy, context } = access;
  const side = policy && { policy, context, blocksPolicy: blocks.blocksPolicy };
  const admissions = side === null ? [] : admittedThrough(policyOf(point, facts), side, organization);
  return { ...bucket, ...partiesIn(admissions, access) };
}

type Parties = Pick<BucketPosture, 'readers' | 'writers' | 'replicators' | 'shared' | 'hasExternalEntities'>;

function policyPosture(
  facts: BucketFacts,
  organization: OrganizationKnowledge,
): Omit<BucketPosture, keyof Parties> {
  const { arn, scope, ownerCanonicalId, policy } = facts;
  const { accountId, partition } = scope;
  const encryption = encryptionPosture(facts.encryption);
  const underKms = encryption.sseClass === 'kms';
  const access = accessToBucket(
    { arn, accountId, partition, ownCanonicalId: ownerCanonicalId, policy, underKms },
    organization,
  );
  return {
    facts,
    encryption,
    publicAccess: publicAccess(facts),
    access,
    mayMissEntities:
      policy.state !== 'known' ||
      (access.policy?.unread.some(({ effect }) => effect !== 'Deny') ?? false) ||
      mayLetInListed(access.findings, access.context),
  };
}

function partiesIn(admissions: readonly Admission[], { context }: BucketAccess): Parties {
  const externalOf = (list: readonly Admission[]) => new ExternalEntities(list.flatMap(byContents), context);
  // Whoever may read a version by its id reads the object, too.
  const readers = externalOf(withAccess(admissions, 'read'));
  const writers = externalOf(forAction(admissions, 's3:PutObject', s3));
  const replicators = externalOf(forAction(admissions, 's3:ReplicateObject', s3));
  return {
    readers,
    writers,
    replicators,
    shared: sharedWithParties(readers, externalOf(withAccess(admissions, 'write'))),
    hasExternalEntities: [readers, writers, replicators].some(({ all }) => all.length > 0),
  };
}

function withAccess(admissions: readonly Admission[], access: Access): readonly Admission[] {
  const catalog = actionsOf(s3);
  return admissions.filter(({ actions }) => catalog.access(actions).includes(access));
}
