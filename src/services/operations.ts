import { type ResourceOperation, sorts } from './catalogue.ts';
import type { SortRules } from './sort-rules.ts';

/** The operations that are no service's of resources: those of accounts, keys, their metrics and buckets. */
const others = [
  'account:ListRegions',
  'cloudwatch:GetMetricData',
  'cloudwatch:ListMetrics',
  'ec2:DescribeRegions',
  'iam:GetAccountAuthorizationDetails',
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
  'organizations:DescribePolicy',
  'organizations:ListAccounts',
  'organizations:ListAccountsForParent',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListPolicies',
  'organizations:ListRoots',
  'organizations:ListTagsForResource',
  'organizations:ListTargetsForPolicy',
  'ram:ListPrincipals',
  'ram:ListResources',
  's3:GetAccessPoint',
  's3:GetAccessPointPolicy',
  's3:GetAccessPointPolicyStatus',
  's3:GetAccountPublicAccessBlock',
  's3:GetBucketAcl',
  's3:GetBucketEncryption',
  's3:GetBucketLogging',
  's3:GetBucketOwnershipControls',
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:GetBucketReplication',
  's3:GetMultiRegionAccessPointPolicy',
  's3:GetMultiRegionAccessPointPolicyStatus',
  's3:GetPublicAccessBlock',
  's3:ListAccessPoints',
  's3:ListBuckets',
  's3:ListMultiRegionAccessPoints',
  'sts:AssumeRole',
  'sts:GetCallerIdentity',
] as const;

/** `service:Operation`, as in `kms:DescribeKey`. */
export type Operation = (typeof others)[number] | ResourceOperation;

/**
 * Every AWS operation that this plugin may call, by the names of AWS's API reference (`GetAccountPublicAccessBlock`:
 * GetPublicAccessBlock of S3 Control): the keys that `requests_per_second` takes, and what permissions are made of.
 */
export const operations: readonly Operation[] = [...new Set([...others, ...sorts.flatMap(callsOf)])].sort();

/** The operations behind a sort of resources. */
export function callsOf({ calls }: SortRules): readonly ResourceOperation[] {
  return Object.keys(calls) as ResourceOperation[];
}

/** Those by which the policies of a sort of resources are read; none for a sort that has no policies. */
export function policyCallsOf(rules: SortRules): readonly ResourceOperation[] {
  if (rules.sharedBy !== 'policy') return [];
  return callsOf(rules).filter((operation) => !rules.encryptionCalls?.includes(operation));
}
