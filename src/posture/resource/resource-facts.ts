import type { Fact } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';

/**
 * By what a resource is encrypted:
 * - `kms`: a KMS key that it names, or the AWS managed key of its service where it names none;
 * - `aws_owned`: a key that AWS owns;
 * - `aws_owned_or_managed`: AWS does not say which of the two;
 * - `none`: nothing;
 * - `unknown`: AWS answered something that this version does not know.
 */
export type EncryptionState = 'kms' | 'aws_owned' | 'aws_owned_or_managed' | 'none' | 'unknown';

export interface ResourceEncryption {
  readonly state: EncryptionState;
  /** The key as the resource has it; null when it names none. */
  readonly key: string | null;
  /** Keys that open it as well, each by itself (EBS snapshots: `AssociatedKmsKeys`); absent where there is no such. */
  readonly associatedKeys?: readonly string[];
  /** Keys that are needed beside the first (images whose snapshots are under several); absent where one is enough. */
  readonly furtherKeys?: readonly FurtherKey[];
}

/** A key that is needed as well. */
export interface FurtherKey {
  readonly key: string;
  /** Keys that do in its place, each by itself. */
  readonly associatedKeys: readonly string[];
}

/** How a resource is shared with other accounts. */
export type ResourceSharing =
  | SharedByPolicy
  | SharedByList
  /** This sort of resource cannot be shared. */
  | { readonly by: 'nothing' };

/** By a policy of its own; null: it has none. */
export interface SharedByPolicy {
  readonly by: 'policy';
  readonly policy: string | null;
  /** Set for what is let in to by the policy of what it is in, and only for some: a grant of S3 Access Grants. */
  readonly onlyTo?: OnlyTo;
}

/** Whom the policy lets in at most. */
export interface OnlyTo {
  /** ARNs of users and roles. */
  readonly principals: readonly string[];
  /** Why it is not known of any of them that they can, as a phrase; null: nothing stands against it. */
  readonly doubt: string | null;
}

/** By a list of accounts, as snapshots are, or of organizations and their units, as images are, too. */
export interface SharedByList {
  readonly by: 'accounts';
  readonly accountIds: readonly string[];
  /** ARNs of organizations and of organizational units; absent where AWS shares the sort with none. */
  readonly organizationArns?: readonly string[];
  /** It is public. */
  readonly everybody: boolean;
}

/**
 * Whether an account lets its EBS snapshots, or its images, of one region be public (GetSnapshotBlockPublicAccessState,
 * GetImageBlockPublicAccessState).
 */
export interface SnapshotPublicAccess {
  /** `block-all-sharing` (snapshots only), `block-new-sharing`, `unblocked`. */
  readonly state: string;
  /** `account`, `declarative-policy`; null when not answered. */
  readonly managedBy: string | null;
}

/** Other accounts that have a copy of a resource of their own, which AWS keeps up to date. */
export interface Replicas {
  /** Those whose copy has what is in the resource, or is being given it. */
  readonly accountIds: readonly string[];
  /** Why others may have it, or write it, as a phrase; null: nobody else does. */
  readonly others: string | null;
}

/** What was read, or tried, about one resource. */
export interface ResourceFacts {
  readonly scope: Scope;
  /** `queue`, `topic`, `snapshot`, … */
  readonly resourceType: string;
  readonly arn: string;
  readonly encryption: Fact<ResourceEncryption>;
  readonly sharing: Fact<ResourceSharing>;
  /** Why others than `sharing` tells may be let in, as a phrase; absent: nobody else is. */
  readonly othersLetIn?: string | undefined;
  /** Which parts with policies and rows of their own it has (streams, aliases); absent for what has none. */
  readonly parts?: Fact<unknown>;
  /** The policy of what it is in, which decides as well (a repository's domain); absent for what is in nothing. */
  readonly within?: Fact<string | null>;
  /**
   * With whom AWS RAM shares it: ids of accounts, ARNs of organizations, organizational units, roles and users; absent
   * for what RAM shares never.
   */
  readonly ram?: Fact<readonly string[]>;
  /** Absent for what has no replicas in other accounts. */
  readonly replicas?: Fact<Replicas>;
  /** Asked where a snapshot or an image says that it is public; absent for whatever is not. */
  readonly publicAccess?: Fact<SnapshotPublicAccess>;
}
