import type { Bucket, Queue, Snapshot } from './arbitrary-world.ts';
import type { Comparison } from './compare-key.ts';
import { compareParties } from './compare-parties.ts';
import { documentsOf } from './direct.ts';
import type { Resource, Way } from './operation.ts';
import { outcomes } from './outcome.ts';
import { type Answer, copyByProduct, queueByProduct, readByProduct } from './product.ts';
import { isTold } from './told.ts';
import { copySnapshot, readObject, receiveMessage, sendMessage } from './ways.ts';

function compare(resource: Resource, ways: readonly Way[], answer: Answer): Comparison {
  return compareParties(
    answer.parties,
    outcomes(resource, ways),
    answer.complete,
    isTold(
      resource.key === null ? [] : documentsOf(resource.key),
      resource.policy === null ? [] : [resource.policy],
    ),
  );
}

export const compareBucket = (bucket: Bucket): Comparison =>
  compare(
    { policy: bucket.policy, key: bucket.key, blocked: bucket.blocked },
    readObject(bucket),
    readByProduct(bucket),
  );

export function compareQueue(queue: Queue): Comparison {
  const resource = { ...queue, blocked: false };
  const both = [
    compare(resource, sendMessage, queueByProduct(queue, 'send')),
    compare(resource, receiveMessage, queueByProduct(queue, 'receive')),
  ];
  const sum = (of: (one: Comparison) => number): number => both.reduce((total, one) => total + of(one), 0);
  return {
    wrong: both.flatMap(({ wrong }, index) =>
      wrong.map((text) => `${index === 0 ? 'send' : 'receive'}: ${text}`),
    ),
    leaning: sum(({ leaning }) => leaning),
    told: sum(({ told }) => told),
    unknown: sum(({ unknown }) => unknown),
  };
}

export const compareSnapshot = (snapshot: Snapshot): Comparison =>
  compare(
    {
      policy: null,
      accounts: snapshot.accounts,
      everybody: snapshot.everybody,
      key: snapshot.key,
      blocked: false,
    },
    copySnapshot,
    copyByProduct(snapshot),
  );
