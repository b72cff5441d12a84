/**
 * Every AWS operation that this plugin may call, by the names of AWS's API reference (`GetAccountPublicAccessBlock`:
 * GetPublicAccessBlock of S3 Control): the keys that `requests_per_second` takes, and what permissions are made of.
 * Whoever adds a call adds it here.
 */
export const operations = [
  'account:ListRegions',
  'ec2:DescribeRegions',
  'kms:DescribeCustomKeyStores',
  'kms:DescribeKey',
  'kms:GetKeyLastUsage',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListAliases',
  'kms:ListGrants',
  'kms:ListKeyRotations',
  'kms:ListKeys',
  'kms:ListResourceTags',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'organizations:ListAccountsForParent',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListRoots',
  's3:GetAccountPublicAccessBlock',
  's3:GetBucketAcl',
  's3:GetBucketEncryption',
  's3:GetBucketOwnershipControls',
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetPublicAccessBlock',
  's3:ListBuckets',
  'sns:GetTopicAttributes',
  'sns:ListTopics',
  'sqs:GetQueueAttributes',
  'sqs:ListQueues',
  'sts:AssumeRole',
  'sts:GetCallerIdentity',
] as const;

/** `service:Operation`, as in `kms:DescribeKey`. */
export type Operation = (typeof operations)[number];
