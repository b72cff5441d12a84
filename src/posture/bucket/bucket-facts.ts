import type { Fact } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type {
  AclGrant,
  BucketEncryption,
  PublicAccessBlock,
  ReplicationRule,
} from '../../services/s3/facts.ts';

/** Everything that was read, or tried, about one bucket that ListBuckets named. A known null: there is none. */
export interface BucketFacts {
  /** The account, and the region in which the bucket lives. */
  readonly scope: Scope;
  readonly name: string;
  readonly arn: string;
  readonly creationDate: Date | null;
  /** The owner's canonical user id; null when ListBuckets did not say. */
  readonly ownerCanonicalId: string | null;
  readonly encryption: Fact<BucketEncryption | null>;
  readonly ownership: Fact<string | null>;
  readonly publicAccessBlock: Fact<PublicAccessBlock | null>;
  /** In effect for the whole account, what the organization imposes included. */
  readonly accountPublicAccessBlock: Fact<PublicAccessBlock | null>;
  readonly policy: Fact<string | null>;
  /** By AWS's own judgement. */
  readonly policyIsPublic: Fact<boolean | null>;
  /** Not applicable where ownership switches ACLs off. */
  readonly acl: Fact<readonly AclGrant[]>;
  readonly replication: Fact<readonly ReplicationRule[] | null>;
  /** The bucket that server access logs go to, by its name. */
  readonly loggingTarget: Fact<string | null>;
}
