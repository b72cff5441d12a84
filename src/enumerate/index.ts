import type { AccountEnumerator, RegionEnumerator } from './enumerator.ts';
import { keysOfOthers } from './foreign-keys.ts';
import { keyStores } from './key-stores.ts';
import { kmsKeys } from './kms-keys.ts';
import { resourcesOfRegion } from './resources.ts';
import { s3AccessPointsOfRegion, s3MultiRegionAccessPoints } from './s3-access-points.ts';
import { s3BucketsOfAccount } from './s3-buckets.ts';

/** What is listed region by region. A new sort of thing is a file and a line here. */
export const regionEnumerators: readonly RegionEnumerator[] = [
  kmsKeys,
  keysOfOthers,
  keyStores,
  s3AccessPointsOfRegion,
  ...resourcesOfRegion,
];

/** What is listed once an account. */
export const accountEnumerators: readonly AccountEnumerator[] = [
  s3BucketsOfAccount,
  s3MultiRegionAccessPoints,
];

/** What is listed region by region where only some services are chosen. */
export const regionEnumeratorsFor = (services: readonly string[]): readonly RegionEnumerator[] =>
  regionEnumerators.filter((each) => !resourcesOfRegion.includes(each) || services.includes(each.name));

/** What is not listed then. */
export const enumeratorsLeftOut = (services: readonly string[]): readonly RegionEnumerator[] =>
  resourcesOfRegion.filter(({ name }) => !services.includes(name));
