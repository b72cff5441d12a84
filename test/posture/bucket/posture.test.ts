import { expect, test } from 'vitest';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { compute, data, organization, root, vendor } from '../cross-account/cast.ts';
import { bucketFacts, read } from './bucket.ts';

const throughPointsOf = (account: string) => ({
  Condition: { StringEquals: { 's3:DataAccessPointAccount': account } },
});

test('who shares by access points of another account lets that account in', () => {
  const statements = [
    read(root(vendor)),
    read('*', throughPointsOf(compute)),
    read('*', throughPointsOf(data)),
    read('*', { ...throughPointsOf(compute), Action: 's3:PutObject' }),
  ];
  const posture = bucketPosture(bucketFacts({}, statements), organization);
  expect(posture.shared.accountIds).toEqual([compute, vendor]);
  expect(posture.shared.writeAccountIds).toEqual([compute]);
});
