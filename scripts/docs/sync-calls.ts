import { servicesByDefault } from '../../src/services/choice.ts';
import { callsOfEmptyRegion } from '../../src/services/empty-region.ts';
import { keyCallsOfEmptyRegion } from './empty-regions.ts';

/** An organization in which every account has the same, and no organization policies. */
export interface Uniform {
  /** The management account is one of them. */
  readonly accounts: number;
  readonly regions: number;
  /** Symmetric keys with AWS's material, in each region of each account. */
  readonly keysPerRegion: number;
  /** In each account: private, under SSE-S3, in one region. */
  readonly buckets: number;
}

/** AWS operation → how often. */
export type Calls = ReadonlyMap<string, number>;

const accountsOnPage = 20;

/** Calls of the walk, once a sync; ListAccounts and AssumeRole are counted apart. */
const once = [
  'organizations:DescribeOrganization',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListRoots',
  'sts:GetCallerIdentity',
];

/** Calls of an account, whatever is in it; AssumeRole is counted apart, as the first account is not entered by a role. */
export const callsOfAccount: readonly string[] = [
  'account:ListRegions',
  's3:ListBuckets',
  's3control:GetPublicAccessBlock',
  's3control:ListMultiRegionAccessPoints',
  'organizations:ListTagsForResource',
];

/** Calls of a region in which there is nothing, with the services that are read by default. */
export const callsOfRegion: readonly string[] = [
  ...keyCallsOfEmptyRegion,
  ...callsOfEmptyRegion(servicesByDefault),
  's3control:ListAccessPoints',
];

/** Once in a region that has customer managed keys: whether they are shared by AWS RAM. */
const onceWithKeys = 'ram:ListResources';

/** Calls of a key; one that cannot rotate takes fewer. */
export const callsOfKey: readonly string[] = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
];

/** Calls of a bucket; one with ACLs takes one more. */
export const callsOfBucket: readonly string[] = [
  's3:GetBucketEncryption',
  's3:GetBucketLogging',
  's3:GetBucketOwnershipControls',
  's3:GetBucketPolicy',
  's3:GetBucketReplication',
  's3:GetPublicAccessBlock',
];

/** All calls of a sync of all tables; `test/services/sync-calls.test.ts` holds it against what is asked. */
export function callsOfSync({ accounts, regions, keysPerRegion, buckets }: Uniform): Calls {
  const calls = new Map<string, number>();
  const add = (times: number, ...operations: readonly string[]) => {
    if (times === 0) return;
    for (const operation of operations) calls.set(operation, (calls.get(operation) ?? 0) + times);
  };
  add(1, ...once);
  add(Math.ceil(accounts / accountsOnPage), 'organizations:ListAccounts');
  add(accounts - 1, 'sts:AssumeRole');
  // Names of the units, all of them below the root; the management account is in the root.
  add(accounts > 1 ? 1 : 0, 'organizations:ListOrganizationalUnitsForParent');
  add(accounts, ...callsOfAccount);
  add(accounts * regions, ...callsOfRegion);
  add(keysPerRegion > 0 ? accounts * regions : 0, onceWithKeys);
  add(accounts * regions * keysPerRegion, ...callsOfKey);
  add(accounts * buckets, ...callsOfBucket);
  return calls;
}

/** Rows of what is read: of all key types once, of the organization's listing, and of each thing. */
export const rows = {
  once: 8,
  /** Its own row, and coverage of what needs no region. */
  account: 7,
  /** Coverage of each table, and the two settings that each region has: of new EBS volumes and the Glue Data Catalog. */
  region: 16,
  /** One that is not shared: itself, its alias, policy, grant, three materials, and two that are let in. */
  key: 9,
  bucket: 1,
  /** The AWS owned key of SSE-S3, for each account and region that has buckets under it. */
  ownedKey: 1,
} as const;

/** All rows of such a sync. */
export function rowsOfSync({ accounts, regions, keysPerRegion, buckets }: Uniform): number {
  const ofAccount =
    rows.account + (buckets > 0 ? buckets * rows.bucket + rows.ownedKey : 0) + regions * rows.region;
  return rows.once + accounts * (ofAccount + regions * keysPerRegion * rows.key);
}
