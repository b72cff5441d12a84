import { expect, test } from 'vitest';
import {
  controlledFixBucket,
  fixedBucket,
  fixedKey,
  sharedRepository,
  sharedResource,
  sharedSnapshot,
} from './arbitrary-fix-worlds.ts';
import type { Judge } from './asked.ts';
import { wrongFixes } from './compare-fix.ts';
import { wrongTakingAwayOfKey } from './compare-key-fix.ts';
import { buckets, resources } from './fix-sorts.ts';
import { holdFixes } from './hold-fix.ts';

/** What is wrong in so many worlds, by one judge. */
type Hold = (runs: number, by: Judge) => readonly unknown[];

const promises = {
  'what is proposed for a bucket unlocks those meant and changes no other answer': (runs, by) =>
    holdFixes(fixedBucket(), runs, (bucket) => wrongFixes(buckets, bucket, by)),
  'an SCP, RCP or public access block that locks out a bucket is named, and nothing is said to end it': (
    runs,
    by,
  ) => holdFixes(controlledFixBucket(), runs, (bucket) => wrongFixes(buckets, bucket, by)),
  'what is proposed for resources of other services, in three partitions, does as well': (runs, by) =>
    holdFixes(sharedResource(), runs, (one) => wrongFixes(resources, one, by)),
  'what is proposed for an EBS snapshot that a list shares does as well': (runs, by) =>
    holdFixes(sharedSnapshot(), runs, (one) => wrongFixes(resources, one, by)),
  'what is proposed for an ECR repository, whose key asks no caller, does as well': (runs, by) =>
    holdFixes(sharedRepository(), runs, (one) => wrongFixes(resources, one, by)),
} as const satisfies Readonly<Record<string, Hold>>;

/** Worlds for each promise, by judge, and keys of which access is taken away: the tiers differ in nothing else. */
export interface Worlds {
  readonly promises: Readonly<Record<keyof typeof promises, Readonly<Record<Judge, number>>>>;
  readonly keys: number;
}

/** The tests of both tiers. */
export function fixesHold(worlds: Worlds): void {
  const cases = Object.entries(promises).flatMap(([name, hold]) =>
    Object.entries(worlds.promises[name as keyof typeof promises]).map(
      ([by, runs]) => [name, by as Judge, runs, hold] as const,
    ),
  );
  test.each<readonly [string, Judge, number, Hold]>(cases)('%s, by the %s', (_name, by, runs, hold) => {
    expect(hold(runs, by)).toEqual([]);
  });

  test('what is taken away of a key ends that accounts outside the organization use it, and nothing else', () => {
    const wrong = holdFixes(fixedKey(), worlds.keys, wrongTakingAwayOfKey);
    expect(wrong).toEqual([]);
  });
}
