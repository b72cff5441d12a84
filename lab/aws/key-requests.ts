import { regionOf } from './build.ts';
import type { SimAccount, SimKey } from './model.ts';

/** CloudWatch has counted so many requests on a key, on each of the UTC days so long ago. */
export function countRequests(
  account: SimAccount,
  { metadata: { Arn } }: SimKey,
  operation: string,
  byDaysAgo: Readonly<Record<number, number>>,
): void {
  count(account, Arn, { KeyArn: Arn, Operation: operation }, byDaysAgo);
}

/** The same of ReEncrypt, which has dimensions for both of its keys; counted where the one that decrypts lives. */
export function countReEncrypts(
  account: SimAccount,
  { metadata: source }: SimKey,
  { metadata: destination }: SimKey,
  byDaysAgo: Readonly<Record<number, number>>,
): void {
  const dimensions = {
    SourceKeyArn: source.Arn,
    DestinationKeyArn: destination.Arn,
    Operation: 'ReEncrypt',
  };
  count(account, source.Arn, dimensions, byDaysAgo);
}

function count(
  account: SimAccount,
  arn: string,
  dimensions: Readonly<Record<string, string>>,
  byDaysAgo: Readonly<Record<number, number>>,
): void {
  const { keyRequests } = regionOf(account, arn.split(':')[3] as string);
  for (const [daysAgo, count] of Object.entries(byDaysAgo))
    keyRequests.push({ dimensions, daysAgo: Number(daysAgo), count });
}
