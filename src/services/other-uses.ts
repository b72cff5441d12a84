import type { WhenKeyIsLost } from './key-loss.ts';

/** A way in which a key is used, or named, that is no row of `aws_encryption_resources`. */
export interface OtherUse {
  /** As in the column `service` of resources: whose documentation tells. */
  readonly service: string;
  /** The word for it in the view `key_uses`. */
  readonly type: string;
  readonly whenKeyIsLost: WhenKeyIsLost;
}

/**
 * S3 decrypts each object's data key when it is asked for the object ("Using server-side encryption with AWS KMS keys", S3
 * user guide), so that "all requests to use the KMS key in cryptographic operations fail" at once (KMS developer guide,
 * "How unusable KMS keys affect data keys"); a bucket key may serve a little longer ("Reducing the cost of SSE-KMS with
 * Amazon S3 Bucket Keys"; all read 2026-11-30). S3 has no grants: whoever reads needs the permission.
 *
 * An alias is deleted with its key ("Delete an AWS KMS key", as above). Whoever has a grant loses it "usually less than five
 * minutes" after it was revoked (RevokeGrant, KMS API reference): what its service keeps of the key, it does not say.
 *
 * Each related multi-Region key "can be used independently of its primary and peer replica keys", with the same material
 * (ReplicateKey, KMS API reference), and the deletion of a primary key waits for that of its replicas
 * (PendingDeletionWindowInDays of DescribeKey; all read 2026-11-30).
 */
export const otherUses: readonly OtherUse[] = [
  {
    service: 's3',
    type: 'bucket',
    whenKeyIsLost: {
      key_disabled: {
        breaks: 'at_once',
        recoverableDays: null,
        why: 'Objects under the key can neither be read nor written until it is enabled again.',
      },
      key_deleted: 'at_once',
    },
  },
  {
    service: 's3',
    type: 'replication_rule',
    whenKeyIsLost: {
      key_disabled: {
        breaks: 'at_once',
        recoverableDays: null,
        why: 'No more copies are made, and those under the key cannot be read until it is enabled again.',
      },
      key_deleted: 'at_once',
    },
  },
  {
    service: 'kms',
    type: 'alias',
    whenKeyIsLost: {
      key_disabled: {
        breaks: 'at_once',
        recoverableDays: null,
        why: 'Whatever names the key by the alias fails until it is enabled again or the alias names another key.',
      },
      key_deleted: {
        breaks: 'at_once',
        recoverableDays: 0,
        why: 'The alias is deleted with the key.',
      },
    },
  },
  {
    service: 'kms',
    type: 'grant',
    whenKeyIsLost: {
      grant_revoked: {
        breaks: 'not_known',
        recoverableDays: null,
        why: 'The permission ends within minutes; how long its service goes on with what it keeps of the key is not known.',
      },
    },
  },
  {
    service: 'ram',
    type: 'consumer',
    whenKeyIsLost: 'not_known',
  },
  {
    service: 'kms',
    type: 'multi_region_key',
    whenKeyIsLost: {
      key_disabled: {
        breaks: 'not_known',
        recoverableDays: null,
        why: 'Related keys go on: what was encrypted under one can be decrypted by another, in its region.',
      },
      key_deleted: {
        breaks: 'not_known',
        recoverableDays: null,
        why: 'Related keys go on, and a primary key is deleted only after all of its replicas.',
      },
    },
  },
  {
    service: 'kms',
    type: 'imported_material',
    whenKeyIsLost: 'not_known',
  },
  {
    service: 'kms',
    type: 'custom_key_store',
    whenKeyIsLost: 'not_known',
  },
];
