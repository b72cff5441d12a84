/**
 * Every AWS operation that this plugin may call, by the names of AWS's API reference: the keys that
 * `requests_per_second` takes. Whoever adds a call adds it here.
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
  'organizations:ListParents',
  'organizations:ListRoots',
  's3:GetBucketAcl',
  's3:GetBucketEncryption',
  's3:GetBucketLocation',
  's3:GetBucketOwnershipControls',
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetPublicAccessBlock',
  's3:HeadBucket',
  's3:ListBuckets',
  'sts:AssumeRole',
  'sts:GetCallerIdentity',
] as const;

/** `service:Operation`, as in `kms:DescribeKey`. */
export type Operation = (typeof operations)[number];
