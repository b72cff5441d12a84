/** The IAM actions that the roles of a released version were made with, for all its tables; the newest is the last. */
const releases: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  // As docs/_authentication.md printed them on 2026-11-24.
  release(
    '0.1.0',
    `
    account:ListRegions dynamodb:DescribeTable dynamodb:GetResourcePolicy dynamodb:ListTables
    ec2:DescribeSnapshotAttribute ec2:DescribeSnapshots ec2:DescribeVolumes ec2:GetEbsDefaultKmsKeyId
    ec2:GetEbsEncryptionByDefault ecr:DescribeRepositories ecr:GetRepositoryPolicy
    elasticfilesystem:DescribeFileSystemPolicy elasticfilesystem:DescribeFileSystems
    kms:DescribeCustomKeyStores kms:DescribeKey kms:GetKeyLastUsage kms:GetKeyPolicy
    kms:GetKeyRotationStatus kms:ListAliases kms:ListGrants kms:ListKeyRotations kms:ListKeys
    kms:ListResourceTags lambda:GetPolicy lambda:ListFunctions logs:DescribeLogGroups
    organizations:DescribeOrganization organizations:ListAccounts organizations:ListAccountsForParent
    organizations:ListDelegatedAdministrators organizations:ListOrganizationalUnitsForParent
    organizations:ListRoots rds:DescribeDBClusterSnapshotAttributes rds:DescribeDBClusterSnapshots
    rds:DescribeDBClusters rds:DescribeDBInstances rds:DescribeDBSnapshotAttributes
    rds:DescribeDBSnapshots s3:GetAccountPublicAccessBlock s3:GetBucketAcl s3:GetBucketOwnershipControls
    s3:GetBucketPolicy s3:GetBucketPolicyStatus s3:GetBucketPublicAccessBlock
    s3:GetEncryptionConfiguration s3:ListAllMyBuckets secretsmanager:GetResourcePolicy
    secretsmanager:ListSecrets sns:GetTopicAttributes sns:ListTopics sqs:GetQueueAttributes sqs:ListQueues
    sts:AssumeRole`,
  ),
]);

function release(version: string, actions: string): [string, ReadonlySet<string>] {
  return [version, new Set(actions.trim().split(/\s+/))];
}

/** The versions whose roles are known, the oldest first. */
export const releasedVersions: readonly string[] = [...releases.keys()];

/** Whether a role that was made for a version is allowed an action. */
export const wasNeeded = (version: string, action: string): boolean =>
  releases.get(version)?.has(action) === true;

/** The newest version whose roles lack all of some actions; null: each has one of them. */
export const lastWithout = (actions: readonly string[]): string | null =>
  releasedVersions.findLast((version) => !actions.some((action) => wasNeeded(version, action))) ?? null;
