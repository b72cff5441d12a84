import { expect, it } from 'vitest';
import { arnsKept, bucketSort, KeyUses } from '../../src/posture/key-uses.ts';

const names = Array.from(
  { length: arnsKept + 5 },
  (_, i) => `arn:aws:s3:::bucket-${String(i).padStart(2, '0')}`,
);

it.each([
  ['in order', names],
  ['backwards', names.toReversed()],
  ['from the middle', [...names.slice(7), ...names.slice(0, 7)]],
])('all uses are counted, and the first kept by name: %s', (_, arns) => {
  const uses = new KeyUses();
  for (const arn of arns) uses.add({ ...bucketSort, arn });
  expect(uses.sorts).toEqual([
    { service: 's3', resource_type: 'bucket', count: names.length, arns: names.slice(0, arnsKept) },
  ]);
});

it('sorts stay apart, and services are told once', () => {
  const uses = new KeyUses();
  for (const resourceType of ['volume', 'snapshot', 'volume']) {
    uses.add({ service: 'ebs', resourceType, arn: resourceType });
  }
  uses.add({ ...bucketSort, arn: 'b' });
  expect(uses.services).toEqual(['ebs', 's3']);
  expect(uses.sorts.map(({ resource_type, count }) => [resource_type, count])).toEqual([
    ['snapshot', 1],
    ['volume', 2],
    ['bucket', 1],
  ]);
  expect(uses.count()).toBe(4);
  expect(uses.count(({ service }) => service === 's3')).toBe(1);
});
