import type { Policy } from '../../lab/aws/iam/policy.ts';
import type { DelegatingBucket } from './arbitrary-access-points.ts';
import { compareEntities } from './compare-entities.ts';
import type { Comparison } from './comparison.ts';
import { documentsOf } from './direct.ts';
import type { Way } from './operation.ts';
import { outcomeOfService, outcomes } from './outcome.ts';
import type { Passage } from './passage.ts';
import { type Answer, delegatingBucketByProduct } from './product.ts';
import { isTold } from './told.ts';
import { readObject, writeObject } from './ways.ts';

/** Each request, directly and through every access point that there is, read or not. */
export function compareDelegatingBucket(world: DelegatingBucket): readonly Comparison[] {
  const { bucket, passages } = world;
  const { read, write } = delegatingBucketByProduct(world);
  const through = (ways: readonly Way[], mayPassBlock: boolean): readonly Way[] => [
    ...ways,
    ...passages.flatMap((passage) => ways.map((way) => ({ ...way, through: { ...passage, mayPassBlock } }))),
  ];
  const compare = (name: string, ways: readonly Way[], answer: Answer): Comparison => {
    const strict = outcomes(bucket, through(ways, false));
    // The block of a public bucket policy may spare who owns the access point: under one reading it does.
    const lenient = bucket.blocked ? outcomes(bucket, through(ways, true)) : strict;
    const both = strict.map((outcome, index) => {
      const can = { must: outcome.can.must, may: lenient[index]?.can.may ?? outcome.can.may };
      return { ...outcome, can };
    });
    // What comes through access points that were not read is an entity of its own.
    const complete = answer.complete && answer.entities.every(({ kind }) => kind !== 'access_point');
    const found = compareEntities(answer.entities, both, complete, isKnown(world, ways), (service) =>
      outcomeOfService(bucket, through(ways, false), service),
    );
    return { ...found, wrong: found.wrong.map((text) => `${name}: ${text}`) };
  };
  const policies = passages.flatMap(({ policy }) => policy ?? []);
  return [
    compare('read', readObject(bucket, policies), read),
    compare('write', writeObject(bucket, policies), write),
  ];
}

/** AWS tells all that decides: every access point was read, none is in a VPC, and nothing else is asked. */
function isKnown({ bucket, passages, read }: DelegatingBucket, ways: readonly Way[]): boolean {
  const isRead = ({ account, origin }: Passage): boolean => read.includes(account) && origin === 'Internet';
  if (!passages.every(isRead) || bucket.blocked) return false;
  const policies = passages.flatMap(({ policy }) => policy ?? []);
  const parameters = ways.flatMap((way) => way.parameters);
  const keys = bucket.key === null ? [] : documentsOf(bucket.key);
  return isTold(keys, [withoutPoints(bucket.policy), ...policies], parameters);
}

/** Without the conditions that only access points decide. */
const withoutPoints = (policy: Policy): Policy => ({
  ...policy,
  Statement: policy.Statement.map(({ Condition = {}, ...statement }) => ({
    ...statement,
    Condition: Object.fromEntries(
      Object.entries(Condition).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).filter(([key]) => !key.startsWith('s3:DataAccessPoint'))),
      ]),
    ),
  })),
});
