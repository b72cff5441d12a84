import type { Bucket, Queue, Snapshot } from './arbitrary-world.ts';
import { compareEntities, lockedOutUnderAll } from './compare-entities.ts';
import type { Comparison } from './comparison.ts';
import { type Controls, documentsOfControls } from './controls.ts';
import { documentsOf } from './direct.ts';
import type { Resource, Way } from './operation.ts';
import { outcomeOfService, outcomes } from './outcome.ts';
import { type Answer, bucketByProduct, copyByProduct, queueByProduct } from './product.ts';
import { isTold, isToldOfControls } from './told.ts';
import { copySnapshot, readObject, receiveMessage, sendMessage, writeObject } from './ways.ts';

function compare(name: string, resource: Resource, ways: readonly Way[], answer: Answer): Comparison {
  const { policy, key, controls = null } = resource;
  const parameters = ways.flatMap((way) => way.parameters);
  const told =
    isTold(key === null ? [] : documentsOf(key), policy === null ? [] : [policy], parameters) &&
    isToldOfControls(documentsOfControls(controls));
  const ofService = (service: string) => outcomeOfService(resource, ways, service);
  const withoutPolicies = controls && outcomes({ ...resource, controls: null }, ways);
  const found = compareEntities(
    answer.entities,
    outcomes(resource, ways),
    answer.complete,
    told,
    ofService,
    withoutPolicies,
  );
  return { ...found, wrong: found.wrong.map((text) => `${name}: ${text}`) };
}

/** Worlds in which nothing but NotPrincipal has more than one reading. */
export function compareNotPrincipal(bucket: Bucket): readonly Comparison[] {
  const { read, write } = bucketByProduct(bucket);
  const operations = [
    ['read', readObject(bucket), read],
    ['write', writeObject(bucket), write],
  ] as const;
  return operations.map(([name, ways, answer]) => {
    const found = compare(name, bucket, ways, answer);
    const more = lockedOutUnderAll(answer.entities, outcomes(bucket, ways), answer.complete);
    return { ...found, wrong: [...found.wrong, ...more.map((text) => `${name}: ${text}`)] };
  });
}

export function compareBucket(bucket: Bucket): readonly Comparison[] {
  const { read, write } = bucketByProduct(bucket);
  return [
    compare('read', bucket, readObject(bucket), read),
    compare('write', bucket, writeObject(bucket), write),
  ];
}

/** A bucket in an organization with SCPs and RCPs. */
export interface ControlledBucket {
  readonly bucket: Bucket;
  readonly controls: Controls;
}

export function compareControlledBucket({ bucket, controls }: ControlledBucket): readonly Comparison[] {
  const { read, write } = bucketByProduct(bucket, controls);
  const resource = { ...bucket, controls };
  return [
    compare('read', resource, readObject(bucket), read),
    compare('write', resource, writeObject(bucket), write),
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
