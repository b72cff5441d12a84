/** The tables whose rows come from keys: all six reads of a key. */
export const keyTables = [
  'aws_encryption_keys',
  'aws_encryption_key_access',
  'aws_encryption_key_policies',
  'aws_encryption_key_grants',
  'aws_encryption_key_rotations',
  'aws_encryption_key_aliases',
];

const keyOperations = [
  'DescribeKey',
  'GetKeyPolicy',
  'ListResourceTags',
  'GetKeyRotationStatus',
  'ListKeyRotations',
  'ListGrants',
  'ListKeys',
  'ListAliases',
];

/** Accounts whose quotas were raised far above what is asked, that of who lists 2,000 of them included. */
export const withoutQuotas = {
  requests_per_second: Object.fromEntries(
    [...keyOperations.map((operation) => `kms:${operation}`), 'organizations:ListAccounts'].map(
      (operation) => [operation, 100_000],
    ),
  ),
};

export const organization = { org: { member_role_name: 'OrganizationAccountAccessRole' } };

/** Requests in flight by default: an ideal client of the same concurrency always has so many. */
export const inFlight = 256;
