import { known } from '../../../../src/aws/fact.ts';
import type { BucketFacts } from '../../../../src/posture/bucket/bucket-facts.ts';
import type { EntityLists } from '../../../../src/posture/cross-account/entity-lists.ts';
import type { CrossAccountUse } from '../../../../src/posture/cross-account/use.ts';
import type { ResolvedKey } from '../../../../src/posture/resource-key.ts';
import { compute, data, decrypt, keyWith, region, role, type Statement } from '../../cross-account/cast.ts';
import { block, read } from '../bucket.ts';

/** A bucket policy over a key, what is judged, and what the bucket has otherwise than the usual one. */
export type BucketCase = [
  what: string,
  policy: readonly Statement[],
  key: ResolvedKey,
  expected: { read: CrossAccountUse } & Partial<EntityLists>,
  bucket?: Partial<BucketFacts>,
];

/** The role that wants to read, the bucket policy that lets it, a key that does, too. */
export const reader = role(compute);
export const readers = [read(reader)];
export const admitting = keyWith(decrypt(reader));

export const restricted = { publicAccessBlock: known(block({ restrictPublicBuckets: true })) };
export const sseS3: Partial<BucketFacts> = {
  encryption: known({
    sseAlgorithm: 'AES256',
    kmsMasterKeyId: null,
    bucketKeyEnabled: false,
    blockedEncryptionTypes: null,
  }),
};
export const bucketKey: Partial<BucketFacts> = {
  encryption: known({
    sseAlgorithm: 'aws:kms',
    kmsMasterKeyId: `arn:aws:kms:${region}:${data}:key/k`,
    bucketKeyEnabled: true,
    blockedEncryptionTypes: null,
  }),
};

export const readable = { readableAccounts: [compute], blockedAccounts: [], unknownAccounts: [] };
export const blocked = { readableAccounts: [], blockedAccounts: [compute], unknownAccounts: [] };
export const unknown = { readableAccounts: [], blockedAccounts: [], unknownAccounts: [compute] };

export function byOrganization(id: string): { Condition: object } {
  return { Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } };
}
export function cloudFront(): object {
  return { Service: 'cloudfront.amazonaws.com' };
}
export function distribution(id: string): { Condition: object } {
  return {
    Condition: { StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${data}:distribution/${id}` } },
  };
}
