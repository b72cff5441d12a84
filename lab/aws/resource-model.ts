/** What services other than KMS and S3 hold in one region of an account, as far as it uses keys. */
export interface SimResources {
  /** By name. */
  secrets: Map<string, SimSecret>;
  /** DynamoDB tables, by name. */
  tables: Map<string, SimTable>;
  /** EBS snapshots, by id (`snap-…`). */
  snapshots: Map<string, SimSnapshot>;
  /** EBS volumes, by id (`vol-…`). */
  volumes: Map<string, SimVolume>;
  ebsDefault: SimEbsDefault;
  snapshotBlock: SimSnapshotBlock;
  /** RDS, each by its identifier. */
  dbInstances: Map<string, SimDatabase>;
  dbClusters: Map<string, SimDatabase>;
  dbSnapshots: Map<string, SimDatabaseSnapshot>;
  dbClusterSnapshots: Map<string, SimDatabaseSnapshot>;
  /** Lambda functions, by name. */
  functions: Map<string, SimFunction>;
  /** CloudWatch log groups, by name. */
  logGroups: Map<string, SimLogGroup>;
  /** ECR repositories, by name. */
  repositories: Map<string, SimRepository>;
  /** EFS file systems, by id (`fs-…`). */
  fileSystems: Map<string, SimFileSystem>;
}

/** A resource with a policy of its own; null: none. */
interface SimShared {
  policy: string | null;
}

export interface SimSecret extends SimShared {
  name: string;
  /** As its owner wrote it; undefined: `aws/secretsmanager`. */
  kmsKeyId?: string;
}

export interface SimTable extends SimShared {
  name: string;
  /** ARN of the key, an AWS managed one included; undefined: a key that AWS owns. */
  kmsKeyArn?: string;
  /** Its latest stream; undefined: it never had one. */
  stream?: SimStream;
}

interface SimStream extends SimShared {
  /** `2026-11-28T00:00:00.000`. */
  label: string;
}

export interface SimVolume {
  id: string;
  /** ARN of the key; undefined: not encrypted. */
  kmsKeyId?: string;
}

export interface SimSnapshot extends SimVolume {
  /** Account ids, or `all`. */
  sharedWith: string[];
  /** ARNs of keys that open it as well. */
  associatedKmsKeys?: string[];
}

/** What the account lets its snapshots of the region be. */
interface SimSnapshotBlock {
  /** `block-all-sharing`, `block-new-sharing`, `unblocked`. */
  state: string;
  /** `account`, `declarative-policy`. */
  managedBy: string;
}

interface SimEbsDefault {
  enabled: boolean;
  /** Alias or ARN. */
  kmsKeyId: string;
}

export interface SimDatabase {
  id: string;
  /** `none`, `sse-kms`, `sse-rds`; null: not answered, as before the field existed. */
  encryptionType: string | null;
  /** ARN of the key; undefined: none of KMS. */
  kmsKeyId?: string;
}

export interface SimDatabaseSnapshot extends SimDatabase {
  /** `manual`, `automated`, `awsbackup`. */
  snapshotType: string;
  /** Account ids, or `all`. */
  sharedWith: string[];
}

export interface SimFunction extends SimShared {
  name: string;
  kmsKeyArn?: string;
  /** Name → the alias's own policy; null: none. */
  aliases?: Record<string, string | null>;
}

export interface SimLogGroup {
  name: string;
  /** ARN of the key; undefined: a key that AWS owns. */
  kmsKeyId?: string;
}

export interface SimRepository extends SimShared {
  name: string;
  /** `AES256`, `KMS`, `KMS_DSSE`. */
  encryptionType: string;
  kmsKey?: string;
}

export interface SimFileSystem extends SimShared {
  id: string;
  encrypted: boolean;
  kmsKeyId?: string;
}

export const noResources = (): SimResources => ({
  secrets: new Map(),
  tables: new Map(),
  snapshots: new Map(),
  volumes: new Map(),
  ebsDefault: { enabled: false, kmsKeyId: 'alias/aws/ebs' },
  snapshotBlock: { state: 'unblocked', managedBy: 'account' },
  dbInstances: new Map(),
  dbClusters: new Map(),
  dbSnapshots: new Map(),
  dbClusterSnapshots: new Map(),
  functions: new Map(),
  logGroups: new Map(),
  repositories: new Map(),
  fileSystems: new Map(),
});
