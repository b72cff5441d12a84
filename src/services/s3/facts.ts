/**
 * What S3 says of a general purpose bucket, in plain types of our own. Strings that AWS may extend tomorrow
 * (algorithm, ownership, permission) stay raw strings. Shapes: Amazon S3 API reference, read 2026-11-23.
 */

/** ListBuckets entry. */
export interface BucketListEntry {
  readonly name: string;
  /** Null where the answer had none (some emulators): then the bucket itself is asked. */
  readonly region: string | null;
  readonly creationDate: Date | null;
  /** Canonical user id of the account, 64 hexadecimal digits; null when not answered. */
  readonly ownerCanonicalId: string | null;
}

/** GetBucketEncryption, its one rule. */
export interface BucketEncryption {
  /** `AES256`, `aws:kms`, `aws:kms:dsse`, or newer; null for a rule that only blocks encryption types. */
  readonly sseAlgorithm: string | null;
  /** As its owner wrote it: id, ARN, alias or alias ARN; null when none is named. */
  readonly kmsMasterKeyId: string | null;
  readonly bucketKeyEnabled: boolean | null;
  /** `SSE-C`, `NONE`; null when the rule does not say. */
  readonly blockedEncryptionTypes: readonly string[] | null;
}

/** GetPublicAccessBlock, of a bucket or an account. A setting that AWS did not answer is null. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean | null;
  readonly ignorePublicAcls: boolean | null;
  readonly blockPublicPolicy: boolean | null;
  readonly restrictPublicBuckets: boolean | null;
}

/** GetBucketAcl entry. */
export interface AclGrant {
  /** Group URI or canonical user id; null for forms that name neither. */
  readonly grantee: string | null;
  /** `FULL_CONTROL`, `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`. */
  readonly permission: string | null;
}

/** GetBucketReplication, one of its rules. */
export interface ReplicationRule {
  /** `Enabled`, `Disabled`. */
  readonly status: string;
  /** ARN of the bucket that objects are replicated to. */
  readonly bucketArn: string;
  /** Whose that bucket is, where the rule says so; null: it does not, whichever account's it may be. */
  readonly accountId: string | null;
  /** Key of the replicas, an ARN of a key or an alias; null when the rule names none. */
  readonly replicaKmsKeyId: string | null;
  /** Of SseKmsEncryptedObjects, `Enabled` or `Disabled`; null when the rule does not have it. */
  readonly kmsObjects: string | null;
  /** Of UseSourceMultiRegionKey, `Enabled` or `Disabled`; null when the rule does not have it. */
  readonly sourceMultiRegionKey: string | null;
}

/** All reads of one bucket in its region. Null always means: AWS says that there is none. Reject with AwsError only. */
export interface BucketReads {
  encryption(): Promise<BucketEncryption | null>;
  /** `BucketOwnerEnforced`, `BucketOwnerPreferred`, `ObjectWriter`. */
  ownership(): Promise<string | null>;
  /** The bucket's own settings; the account's count as well. */
  publicAccessBlock(): Promise<PublicAccessBlock | null>;
  /** The policy's JSON text, as its owner wrote it. */
  policy(): Promise<string | null>;
  /** Whether AWS calls the policy public; null without a policy. */
  policyIsPublic(): Promise<boolean | null>;
  acl(): Promise<readonly AclGrant[]>;
  /** Never empty. */
  replication(): Promise<readonly ReplicationRule[] | null>;
  /** The bucket that server access logs go to, by its name; logs that go to CloudWatch Logs are not told here. */
  loggingTarget(): Promise<string | null>;
}
