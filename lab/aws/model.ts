import type { SimIam } from './account-iam.ts';
import type { Collection } from './collection.ts';
import type {
  EpochSeconds,
  WireAlias,
  WireCustomKeyStore,
  WireGrant,
  WireKeyMetadata,
  WireLastUsage,
  WireRotation,
  WireTag,
} from './wire-shapes.ts';

/**
 * A simulated AWS Organization as plain data. A test builds it, serves it, and changes it while it is served:
 * the next request sees the change.
 */
export interface SimOrganization {
  /** `o-…`; null: the accounts are in no organization (AWSOrganizationsNotInUseException). */
  id: string | null;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  partition: string;
  managementAccountId: string;
  /** Account id → services it is delegated for, and since when. Such an account may list the organization. */
  delegatedAdministrators: Map<string, SimDelegation>;
  root: SimRoot;
  organizationalUnits: SimOrganizationalUnit[];
  /** The organization's own policies (SCPs, RCPs and others), by id: see `addOrganizationPolicy`. AWS's are not here. */
  policies: Map<string, SimOrganizationPolicy>;
  /** Root, units and accounts that `FullAWSAccess` was detached from: elsewhere it is attached, as AWS leaves it. */
  withoutFullAccess: Set<string>;
  /** Every account that the simulator knows, members and strangers (`parentId` null), by id. */
  accounts: Map<string, SimAccount>;
  /** The regions that this world has. */
  regions: SimRegionName[];
  /** Ids of accounts that share something by AWS RAM: `shareKey` says so, and nobody looks at the others. */
  sharers: Set<string>;
  /** True: accounts are answered without `Paths`, as where AWS has not brought the field yet. */
  answersNoPaths?: boolean;
}

interface SimDelegation {
  servicePrincipals: string[];
  since: EpochSeconds;
}

interface SimRoot {
  /** `r-…` */
  id: string;
  /** `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY`, … → `ENABLED`, `PENDING_ENABLE`, `PENDING_DISABLE`. */
  policyTypes: Map<string, string>;
}

export interface SimOrganizationalUnit {
  /** `ou-…` */
  id: string;
  name: string;
  parentId: string;
}

/** See `lab/aws/organization-policies.ts`. */
export interface SimOrganizationPolicy {
  /** `p-…` */
  id: string;
  /** SERVICE_CONTROL_POLICY | RESOURCE_CONTROL_POLICY | TAG_POLICY | … */
  type: string;
  name: string;
  description: string;
  /** The document, as its author wrote it. */
  content: string;
  /** Ids of the root, units and accounts that it is attached to. */
  targets: Set<string>;
}

export interface SimRegionName {
  name: string;
  /** True: an account must opt in before it can use the region. */
  optIn: boolean;
}

export interface SimAccount {
  id: string;
  name: string;
  email: string;
  /** PENDING_ACTIVATION | ACTIVE | SUSPENDED | PENDING_CLOSURE | CLOSED; null: not answered, as before State existed. */
  state: string | null;
  /** ACTIVE | SUSPENDED | PENDING_CLOSURE; null: not answered (AWS retires it on 2026-09-09). */
  status: string | null;
  joinedMethod: 'CREATED' | 'INVITED';
  joined: EpochSeconds;
  /** Root or organizational unit; null: outside the organization. */
  parentId: string | null;
  /** Of the account in its organization. */
  tags: Map<string, string>;
  enabledRegions: Set<string>;
  /** Those that `sts:AssumeRole` gives, by name. IAM tells of them, too. */
  roles: Map<string, SimRole>;
  /** What else is in the account's IAM. */
  iam: SimIam;
  /** The account's own user, whose long-term credentials `baseCredentials` answers. */
  user: SimPrincipal;
  /** What is in each region; a region without an entry is empty. */
  regions: Map<string, SimRegion>;
  /** S3 general purpose buckets, by name. */
  buckets: Map<string, SimBucket>;
  /** S3 Block Public Access of the account; null: never set. */
  publicAccessBlock: SimPublicAccessBlock | null;
}

export interface SimPrincipal {
  name: string;
  /** IAM policy: the action patterns that are allowed (`kms:List*`); undefined: every action. */
  allow?: string[];
}

export interface SimRole extends SimPrincipal {
  trust: SimTrust;
  /** 3600…43200; AWS's default 3600. */
  maxSessionSeconds?: number;
}

interface SimTrust {
  /** Account ids (any principal there) or ARNs of users and roles. */
  principals: string[];
  externalId?: string;
}

export interface SimRegion {
  keys: Collection<SimKey>;
  aliases: Collection<WireAlias>;
  customKeyStores: WireCustomKeyStore[];
  /** Resources of other services by their kind and then their name or id: see `ResourceKind`. */
  resources: Map<string, Map<string, unknown>>;
  ebsDefault: SimEbsDefault;
  snapshotBlock: SimSnapshotBlock;
  /** The same of machine images. */
  imageBlock: SimSnapshotBlock;
  /** What the account shares by AWS RAM. */
  resourceShares: SimResourceShare[];
  /** What CloudWatch has counted of requests on KMS keys: see `countRequests`. */
  keyRequests: SimKeyRequests[];
}

/** Requests of one UTC day, counted under a metric `SuccessfulRequest`. */
export interface SimKeyRequests {
  /** The metric's dimensions, by name. */
  dimensions: Readonly<Record<string, string>>;
  /** 0: today, whenever that is. */
  daysAgo: number;
  count: number;
}

interface SimEbsDefault {
  enabled: boolean;
  /** Alias or ARN. */
  kmsKeyId: string;
}

/** What the account lets its snapshots of the region be. */
interface SimSnapshotBlock {
  /** `block-all-sharing`, `block-new-sharing`, `unblocked`. */
  state: string;
  /** `account`, `declarative-policy`. */
  managedBy: string;
}

/** See `shareKey`. */
export interface SimResourceShare {
  arn: string;
  /** Account ids, and ARNs of roles, organizational units and organizations. */
  principals: string[];
  resources: SimSharedResource[];
}

interface SimSharedResource {
  arn: string;
  type: string;
  status: string;
  /** False: RAM does not list it (yet). */
  listed: boolean;
}

export interface SimKey {
  metadata: WireKeyMetadata;
  /** The key policy document, as its owner wrote it. */
  policy: string;
  /** The key policy `AWS_RAM`; undefined: none. */
  ramPolicy?: string;
  grants: WireGrant[];
  tags: WireTag[];
  rotation: SimRotation;
  /** Every key material, the first included. */
  rotations: WireRotation[];
  /** Null: not used since tracking began. */
  lastUsage: WireLastUsage | null;
}

/** The rotation setting as its owner made it; what GetKeyRotationStatus answers also depends on the key's kind. */
export interface SimRotation {
  enabled: boolean;
  periodInDays?: number;
  nextRotation?: EpochSeconds;
  /** While an on-demand rotation is in progress. */
  onDemandStarted?: EpochSeconds;
}

export interface SimPublicAccessBlock {
  BlockPublicAcls: boolean;
  IgnorePublicAcls: boolean;
  BlockPublicPolicy: boolean;
  RestrictPublicBuckets: boolean;
}

export interface SimBucket {
  name: string;
  region: string;
  created: EpochSeconds;
  /** Null: ServerSideEncryptionConfigurationNotFoundError, as from before 2023. */
  encryption: SimBucketEncryption | null;
  /** Null: NoSuchBucketPolicy. */
  policy: string | null;
  /** GetBucketPolicyStatus. */
  policyIsPublic: boolean;
  /** BucketOwnerEnforced | BucketOwnerPreferred | ObjectWriter; null: OwnershipControlsNotFoundError. */
  ownership: string | null;
  /** Null: NoSuchPublicAccessBlockConfiguration. */
  publicAccessBlock: SimPublicAccessBlock | null;
  /** Besides the owner's FULL_CONTROL. */
  aclGrants: SimAclGrant[];
  /** Empty: ReplicationConfigurationNotFoundError. */
  replication: SimReplicationRule[];
  /** The bucket that server access logs go to; null: none do. */
  loggingTarget: string | null;
}

export interface SimReplicationRule {
  bucketArn: string;
  /** `Enabled`, `Disabled`; default `Enabled`. */
  status?: string;
  /** Of the destination's owner, where replicas become its own. */
  account?: string;
  replicaKmsKeyId?: string;
  /** SseKmsEncryptedObjects, UseSourceMultiRegionKey: `Enabled`, `Disabled`; undefined: not written. */
  kmsObjects?: string;
  sourceMultiRegionKey?: string;
}

export interface SimBucketEncryption {
  /** Null: the rule carries only `blockedEncryptionTypes`. */
  algorithm: string | null;
  kmsMasterKeyId?: string;
  bucketKeyEnabled?: boolean;
  blockedEncryptionTypes?: string[];
}

export interface SimAclGrant {
  /** A group URI (`http://acs.amazonaws.com/groups/global/AllUsers`) or a canonical user id. */
  grantee: string;
  permission: string;
}
