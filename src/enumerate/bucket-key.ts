import type { BucketPosture } from '../posture/bucket/posture.ts';
import { keyNotKnown, type ResolvedKey, withoutKey } from '../posture/resource-key.ts';
import type { KeyResolver } from './key-resolver.ts';

/** The key behind a bucket's default encryption; whom it lets in is asked where somebody is let in to the bucket. */
export function bucketKey(
  { facts, encryption, hasExternalEntities }: BucketPosture,
  resolver: KeyResolver,
): Promise<ResolvedKey> | ResolvedKey {
  switch (encryption.sseClass) {
    case 's3':
      return withoutKey('aws_owned');
    case 'unspecified':
      return withoutKey(null);
    case 'other':
      return keyNotKnown('this version does not know the algorithm');
    case 'unread':
      return keyNotKnown('the default encryption could not be read');
    case 'kms':
      return resolver.resolve(encryption.reference, facts.scope, hasExternalEntities ? 'access' : 'identity');
  }
}
