/**
 * Every AWS operation that this plugin may call, by the names of AWS's API reference: the keys that
 * `requests_per_second` takes. Whoever adds a call adds it here.
 */
const operationsByService = {
  account: ['ListRegions'],
  ec2: ['DescribeRegions'],
  kms: [
    'DescribeCustomKeyStores',
    'DescribeKey',
    'GetKeyLastUsage',
    'GetKeyPolicy',
    'GetKeyRotationStatus',
    'ListAliases',
    'ListGrants',
    'ListKeyRotations',
    'ListKeys',
    'ListResourceTags',
  ],
  organizations: [
    'DescribeOrganization',
    'ListAccounts',
    'ListAccountsForParent',
    'ListDelegatedAdministrators',
    'ListOrganizationalUnitsForParent',
    'ListParents',
    'ListRoots',
  ],
  s3: [
    'GetBucketAcl',
    'GetBucketEncryption',
    'GetBucketLocation',
    'GetBucketOwnershipControls',
    'GetBucketPolicy',
    'GetBucketPolicyStatus',
    'GetPublicAccessBlock',
    'HeadBucket',
    'ListBuckets',
  ],
  sts: ['AssumeRole', 'GetCallerIdentity'],
} as const;

type ByService = typeof operationsByService;

/** `service:Operation`, as in `kms:DescribeKey`. */
export type Operation = { [S in keyof ByService]: `${S}:${ByService[S][number]}` }[keyof ByService];

/** All of them, sorted. */
export const operations = Object.entries(operationsByService).flatMap(([service, names]) =>
  names.map((name) => `${service}:${name}`),
) as readonly Operation[] as readonly [Operation, ...Operation[]];
