import { valueOrNull } from '../../aws/fact.ts';
import type { BucketFacts } from '../bucket/bucket-facts.ts';
import { readObjects, replicateObjects, writeInParts } from '../bucket/operations.ts';
import type { BucketPosture } from '../bucket/posture.ts';
import type { BucketVerdict } from '../bucket/verdict.ts';
import type { WriterVerdict } from '../bucket/writing.ts';
import { isBlocked } from '../cross-account/use.ts';
import type { ResolvedKey } from '../resource-key.ts';
import { type Fix, type FixStep, orNull } from './fix.ts';
import { judgingOnce, type Lock, type PartyUse } from './locked.ts';
import { awsCommand } from './shell.ts';
import { takingAwayBucket } from './take-away-bucket.ts';
import { unlocking } from './unlock.ts';

/** What ends that somebody is let in by a bucket's policy and locked out of its objects; null: nobody is. */
export function fixOfBucket(
  posture: BucketPosture,
  verdict: BucketVerdict,
  resolved: ResolvedKey,
): readonly Fix[] | null {
  const isLocked = [...verdict.entities, ...verdict.write.writers].some(({ use }) => isBlocked(use));
  if (!isLocked) return null;
  const uses = usesOf(posture, verdict);
  const keys = [resolved];
  const lock: Lock = {
    subject: subjectOf(posture),
    keys,
    replacing: underNewKey(posture.facts),
    judge: judgingOnce(keys, uses, ([key = resolved]) => usesOf(posture, verdict.under(key))),
  };
  return orNull([...unlocking(lock), ...takingAwayBucket(posture, uses)]);
}

const subjectOf = ({ facts, access }: BucketPosture): Lock['subject'] => ({
  arn: facts.arn,
  scope: facts.scope,
  name: `bucket ${facts.name}`,
  context: access.context,
});

function usesOf({ facts }: BucketPosture, { entities, write }: BucketVerdict): readonly PartyUse[] {
  const read = readObjects(facts);
  return [
    ...entities.map((verdict) => ({ operation: read, verdict, stuck: null })),
    ...write.writers.map((verdict) => ({
      // What begins a multipart upload without its parts is half a permission.
      operation: verdict.by === 'replicate' ? replicateObjects(facts) : writeInParts(facts),
      verdict,
      stuck: stuckText(verdict),
    })),
  ];
}

const stuckText = ({ sseS3Only, entity }: WriterVerdict): string | null =>
  sseS3Only
    ? `${'id' in entity ? entity.id : 'The service'} delivers to buckets under SSE-S3 only: a bucket of its own under SSE-S3 takes what it delivers.`
    : null;

/**
 * The bucket's default, and the objects that are there. UpdateObjectEncryption moves objects under SSE-S3 and SSE-KMS
 * in place, and takes keys of the bucket owner's account only, unless AWS allows others on request (S3 API reference,
 * UpdateObjectEncryption, read 2026-11-30).
 */
function underNewKey({ arn, name, scope, encryption }: BucketFacts): readonly FixStep[] {
  const rule = valueOrNull(encryption);
  const algorithm = rule?.sseAlgorithm ?? 'aws:kms';
  const blocked = rule?.blockedEncryptionTypes ?? null;
  const configuration = {
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: '%' },
        BucketKeyEnabled: rule?.bucketKeyEnabled ?? false,
        ...(blocked !== null && { BlockedEncryptionTypes: { EncryptionType: blocked } }),
      },
    ],
  };
  const encrypting = { SSEKMS: { KMSKeyArn: '%', BucketKeyEnabled: rule?.bucketKeyEnabled ?? false } };
  const option = '--server-side-encryption-configuration';
  const toBucket = awsCommand('s3api', 'put-bucket-encryption', scope.region, ['--bucket', name, option]);
  const toObject = awsCommand('s3api', 'update-object-encryption', scope.region, ['--bucket', name]);
  const inPlace =
    algorithm === 'aws:kms:dsse'
      ? 'No object under DSSE-KMS can be moved in place: a copy of it onto itself is put under the new key.'
      : 'Objects that are there keep their key: UpdateObjectEncryption moves each of them (and each version, with --version-id) to the new key in place, but none that is not encrypted or is under DSSE-KMS or SSE-C, which take a copy; S3 Batch Operations does many.';
  return [
    {
      kind: 'bucket_default',
      on: arn,
      statement: null,
      command: `${toBucket} ${withKey(configuration)}`,
      why: 'New objects are then under the new key; whoever writes needs it to let them, and so do services that deliver to the bucket.',
    },
    {
      kind: 'existing_objects',
      on: arn,
      statement: null,
      command:
        algorithm === 'aws:kms:dsse'
          ? null
          : `${toObject} --key "$OBJECT" --object-encryption ${withKey(encrypting)}`,
      why: inPlace,
    },
  ];
}

/** JSON in single quotes, but for the variable in it. */
const withKey = (value: object): string => `'${JSON.stringify(value).replace('%', `'"$KEY_ARN"'`)}'`;
