import type { Bucket, Queue, Snapshot } from './arbitrary-world.ts';
import { compareEntities } from './compare-entities.ts';
import type { Comparison } from './comparison.ts';
import { documentsOf } from './direct.ts';
import type { Resource, Way } from './operation.ts';
import { documentsOf as documentsOfOrganization } from './organization.ts';
import { outcomeOfService, outcomes } from './outcome.ts';
import { type Answer, bucketByProduct, copyByProduct, queueByProduct } from './product.ts';
import { isTold } from './told.ts';
import { copySnapshot, readObject, receiveMessage, sendMessage, writeObject } from './ways.ts';

function compare(name: string, resource: Resource, ways: readonly Way[], answer: Answer): Comparison {
  const { policy, key, organization } = resource;
  const ofOrganization = organization === undefined ? [] : documentsOfOrganization(organization);
  const parameters = ways.flatMap((way) => way.parameters);
  const told = isTold(
    key === null ? [] : documentsOf(key),
    [...(policy === null ? [] : [policy]), ...ofOrganization],
    parameters,
  );
  const ofService = (service: string) => outcomeOfService(resource, ways, service);
  const found = compareEntities(answer.entities, outcomes(resource, ways), answer.complete, told, ofService);
  return { ...found, wrong: found.wrong.map((text) => `${name}: ${text}`) };
}

export function compareBucket(bucket: Bucket): readonly Comparison[] {
  const { read, write } = bucketByProduct(bucket);
  return [
    compare('read', bucket, readObject(bucket), read),
    compare('write', bucket, writeObject(bucket), write),
  ];
}

export function compareQueue(queue: Queue): readonly Comparison[] {
  const resource = { ...queue, blocked: false };
  return [
    compare('send', resource, sendMessage, queueByProduct(queue, 'send')),
    compare('receive', resource, receiveMessage, queueByProduct(queue, 'receive')),
  ];
}

export const compareSnapshot = (snapshot: Snapshot): readonly Comparison[] => [
  compare('copy', { ...snapshot, policy: null, blocked: false }, copySnapshot, copyByProduct(snapshot)),
];
