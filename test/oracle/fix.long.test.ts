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

test.each<[Judge, number]>([
  ['rules', 1200],
  ['oracle', 50],
])('what is proposed for a bucket unlocks those meant and changes no other answer, by the %s', (by, runs) => {
  const wrong = holdFixes(fixedBucket(), runs, (bucket) => wrongFixes(buckets, bucket, by));
  expect(wrong).toEqual([]);
});

test.each<[Judge, number]>([
  ['rules', 300],
  ['oracle', 40],
])(
  'an SCP, RCP or public access block that locks out a bucket is named, and nothing is said to end it, by the %s',
  (by, runs) => {
    const wrong = holdFixes(controlledFixBucket(), runs, (bucket) => wrongFixes(buckets, bucket, by));
    expect(wrong).toEqual([]);
  },
);

test.each<[Judge, number]>([
  ['rules', 2000],
  ['oracle', 150],
])(
  'what is proposed for resources of other services, in three partitions, does as well, by the %s',
  (by, runs) => {
    const wrong = holdFixes(sharedResource(), runs, (one) => wrongFixes(resources, one, by));
    expect(wrong).toEqual([]);
  },
);

test.each<[Judge, number]>([
  ['rules', 1500],
  ['oracle', 80],
])('what is proposed for an EBS snapshot that a list shares does as well, by the %s', (by, runs) => {
  const wrong = holdFixes(sharedSnapshot(), runs, (one) => wrongFixes(resources, one, by));
  expect(wrong).toEqual([]);
});

test.each<[Judge, number]>([
  ['rules', 1000],
  ['oracle', 100],
])(
  'what is proposed for an ECR repository, whose key asks no caller, does as well, by the %s',
  (by, runs) => {
    const wrong = holdFixes(sharedRepository(), runs, (one) => wrongFixes(resources, one, by));
    expect(wrong).toEqual([]);
  },
);

test('what is taken away of a key ends that accounts outside the organization use it, and nothing else', () => {
  const wrong = holdFixes(fixedKey(), 500, wrongTakingAwayOfKey);
  expect(wrong).toEqual([]);
});
