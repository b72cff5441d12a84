import { expect, it } from 'vitest';
import { NamedKeys } from '../../src/enumerate/named-keys.ts';
import type { ResolvedKey } from '../../src/posture/resource-key.ts';

const [user, owner] = ['111111111111', '222222222222'];
const place = { accountId: user, region: 'eu-west-1' };
const snapshot = { service: 'ebs', resourceType: 'snapshot', arn: 'arn:aws:ec2:eu-west-1::snapshot/snap-1' };

function keyOf(accountId: string, id: string) {
  const arn = `arn:aws:kms:eu-west-1:${accountId}:key/${id}`;
  const resolved: ResolvedKey = { key: { state: 'none' }, arn, accountId, type: null, errors: [] };
  return { resolved, written: arn };
}

it('a resource that names a key twice uses it once, and the keys of its own account are none of these', () => {
  const named = new NamedKeys();
  named.found(place, [keyOf(owner, 'a'), keyOf(owner, 'b'), keyOf(owner, 'a'), keyOf(user, 'c')], snapshot);
  const { uses } = named.take(place);
  expect([...uses].map(([arn, of]) => [arn, of.count()])).toEqual([
    [`arn:aws:kms:eu-west-1:${owner}:key/a`, 1],
    [`arn:aws:kms:eu-west-1:${owner}:key/b`, 1],
  ]);
});

it('nothing is remembered of a place that was taken', () => {
  const named = new NamedKeys();
  named.found(place, [keyOf(owner, 'a')], snapshot);
  named.notTold(place);
  expect(named.take(place)).toMatchObject({ areKeysTold: false });
  expect(named.take(place)).toMatchObject({ areKeysTold: true, uses: new Map() });
});
