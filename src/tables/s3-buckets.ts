import type { AwsError } from '../aws/error.ts';
import { type Fact, valueOrNull } from '../aws/fact.ts';
import type { Organization } from '../organization/model.ts';
import type { BucketFacts } from '../posture/bucket/bucket-facts.ts';
import { bucketExplanation } from '../posture/bucket/explanation.ts';
import type { BucketPosture } from '../posture/bucket/posture.ts';
import type { ReplicaKey } from '../posture/bucket/replication.ts';
import type { BucketVerdict } from '../posture/bucket/verdict.ts';
import { writeExplanation } from '../posture/bucket/write-explanation.ts';
import { entityLists } from '../posture/cross-account/entity-lists.ts';
import { fixOfBucket } from '../posture/fix/of-bucket.ts';
import type { ResolvedKey } from '../posture/resource-key.ts';
import type { PublicAccessBlock } from '../services/s3/facts.ts';
import { boolean, json, key, text, textList, timestamp } from './column.ts';
import { fixColumn } from './fix-column.ts';
import { iamCells, iamColumns } from './iam-columns.ts';
import { policyCells, policyColumns } from './policy-columns.ts';
import { replicationCell } from './replication-cell.ts';
import { defineTable, errorsCell, errorsColumn, placeColumns, type Row } from './table.ts';
import { verdictList } from './verdict-list.ts';

/** The article's question for every bucket: which key encrypts it, and who is locked out by that key. */
export const s3Buckets = defineTable({
  name: 'aws_encryption_s3_buckets',
  title: 'S3 buckets and who can read them in the face of their key',
  doc: 'One row for each general purpose bucket of each account, whatever `regions` says: the default encryption with its key, whom the bucket policy lets in, and whether the key lets them read. Service and resource control policies, and IAM of the other accounts (`include_iam`), count where they were read. Where the bucket policy leaves the decision to access points, those of the own account and of others that are read decide with it (`aws_encryption_s3_access_points`). S3 Access Grants are not part of the verdict: `resource_services` with `s3-access-grants` reads them as resources.',
  columns: {
    ...placeColumns,
    name: key(text("The bucket's name.")),
    arn: text("The bucket's ARN."),
    account_name: text('Name of the account in the organization or the spec; null when neither gives one.'),
    creation_date: timestamp('As ListBuckets says (UTC); AWS changes it when some settings are edited.'),

    sse_algorithm: text(
      '`AES256` (SSE-S3), `aws:kms`, `aws:kms:dsse`, or what AWS adds later, as it says; null when not read, and where the bucket has no default rule or one that only blocks encryption types.',
    ),
    kms_master_key_id: text('The key as its owner wrote it; null when none is named.'),
    key_reference: text(
      'Form of `kms_master_key_id`: `arn`, `alias_arn`, `alias`, `key_id`, `default` (none named: `alias/aws/s3`), `invalid` (a text that names no KMS key, such as `aws/s3`), `none` (no KMS); null when encryption was not read.',
    ),
    kms_key_arn: text(
      "The key that the reference leads to; null when there is none or it could not be resolved. A bare alias or id is resolved in the owner's account.",
    ),
    key_account_id: text('The account that owns the key; null when there is none or it is not known.'),
    key_type: text(
      'Joins `aws_encryption_key_types`; `aws_owned` for SSE-S3; null when it cannot be told or no KMS key is used.',
    ),
    key_depends_on_writer: boolean(
      'Whether the reference is a bare alias or key id, which S3 resolves in the account of whoever writes; null when encryption was not read.',
    ),
    bucket_key_enabled: boolean('Whether S3 Bucket Keys are on; null when not read or not said.'),
    blocked_encryption_types: textList(
      'Encryption types that writers may not use, `SSE-C`; `NONE` blocks nothing. Null when not read or not said.',
    ),
    object_ownership: text(
      '`BucketOwnerEnforced` (ACLs off), `BucketOwnerPreferred`, `ObjectWriter`; null when not read, and for old buckets that never set it (ACLs are then on).',
    ),

    block_public_acls: boolean(
      "Of the bucket's own Block Public Access; false when never set, null when not read.",
    ),
    ignore_public_acls: boolean(
      "Of the bucket's own Block Public Access; false when never set, null when not read.",
    ),
    block_public_policy: boolean(
      "Of the bucket's own Block Public Access; false when never set, null when not read.",
    ),
    restrict_public_buckets: boolean(
      "Of the bucket's own Block Public Access; false when never set, null when not read.",
    ),
    effective_restrict_public_buckets: boolean(
      "True when the bucket, the account or an organization's S3 policy (which AWS answers as part of the account's settings) restricts public buckets; null when one was not read and none is true.",
    ),
    is_public: boolean(
      'Whether AWS calls the policy public, or an active ACL grants everybody, before any block; null when not known.',
    ),

    shared_account_ids: textList(
      'Other accounts that the policy lets in to read objects, by themselves or through their access points; null when it was not read.',
    ),
    write_account_ids: textList(
      'Other accounts that the policy lets in to write, replicate or delete objects; null when it was not read.',
    ),
    shared_organization_ids: textList(
      'Organizations that the policy lets in to read objects; null when it was not read.',
    ),
    shared_with_anyone: boolean(
      'Whether the policy lets in anyone to read objects, conditions aside; null when it was not read.',
    ),
    shared_services: textList(
      'AWS services that the policy lets in to read objects; null when it was not read.',
    ),
    sharing_complete: boolean(
      'False when the policy was unread or a part of it not understood: it may let in more than these columns say.',
    ),

    cross_account_read: text(
      'What all that the policy lets in share, services aside: `blocked_by_public_access_block`, `blocked_by_aws_managed_key`, `blocked_by_key_state`, `blocked_by_key_policy`, `blocked_by_organization_policy` (`explanation` names the policy and its statement), `blocked_by_iam` (IAM there was read, and gives no user or role what it takes; `explanation` says what is missing), `unknown`, `possible` (one principal that bucket policy and key both let in; IAM there still decides where `iam_evaluated` is not true), `no_kms_barrier`; `partly_blocked` when some cannot and of others that is not so, or not known; `not_shared` when nobody is let in. `blocked_by_key_state` also where the key does not serve: no symmetric encryption key, of another region, or a text that names no key.',
    ),
    read_verdicts: verdictList('cross_account_read'),
    readable_account_ids: textList(
      'Accounts that can read where IAM there allows it; null when the policy was not read, as in all of these lists.',
    ),
    blocked_account_ids: textList('Accounts that the policy lets in and that cannot read.'),
    unknown_account_ids: textList('Accounts that the policy lets in and of which it is not known.'),
    blocked_organization_ids: textList(
      'Organizations that the policy lets in and whose accounts, but those in `readable_account_ids`, cannot read.',
    ),
    blocked_anyone: boolean(
      'Whether the policy lets in anyone and, but for those listed, nobody can read; null when not known or anyone is not let in.',
    ),
    blocked_services: textList(
      'AWS services that the policy lets in and whose use of the key the key does not allow: `cloudfront.amazonaws.com` for origin access control.',
    ),
    explanation: text(
      'One sentence: the bucket, its key, who can and cannot read and why, and for which objects that holds.',
    ),

    cross_account_write: text(
      "The same for writing objects under the bucket's default (PutObject, or replication where no more is let in), in the words of `cross_account_read`. Where the policy demands SSE-S3 in place of the default, for that; `unknown` where it demands another key, and where the default names its key by a bare alias or id, which S3 resolves in the writer's account.",
    ),
    write_verdicts: verdictList('cross_account_write'),
    writable_account_ids: textList(
      'Accounts that can write where IAM there allows it; null when the policy was not read, as in all of these lists.',
    ),
    write_blocked_account_ids: textList('Accounts that the policy lets in and that cannot write.'),
    write_unknown_account_ids: textList('Accounts that the policy lets in and of which it is not known.'),
    write_blocked_organization_ids: textList(
      'Organizations that the policy lets in and whose accounts, but those in `writable_account_ids`, cannot write.',
    ),
    write_blocked_services: textList(
      'AWS services that the policy lets in and that cannot write under the default: those that the key does not admit, such as `delivery.logs.amazonaws.com`, and those that deliver to buckets under SSE-S3 only.',
    ),
    write_explanation: text(
      'One sentence: who can and cannot write and why, what fails in parts only (multipart uploads need `kms:Decrypt`, too), and whether a writer may name another encryption.',
    ),
    ...policyColumns,
    ...iamColumns,
    replication: json(
      'Where objects are replicated to, each different way once, `[]` for nowhere; null when not read. Of each: `status` (`Enabled`, `Disabled`); `bucket_arn`; `account_id`, the owner of that bucket where the rule makes it the owner of the replicas, null where the rule names none, whichever account it may be; `trust`, where that account is (`same_account`, `organization`, `external`, `other_account` for membership not known), and `known_account_name`, its name in `known_accounts`, each null without an account or name; `kms_key`, the key of the replicas as its owner wrote it, null when none is named; `kms_key_arn` and `key_account_id`, the key that it leads to and its owner, null when not known; `kms_objects`, whether objects under KMS keys are replicated; `source_multi_region_key`, whether replicas are encrypted by the related multi-Region key of the key of the source, null where the rule does not say.',
    ),
    logging_target_bucket: text(
      'Name of the bucket that server access logs go to, which AWS delivers under SSE-S3 only; empty when they go to no bucket, null when not read. Logs that go to CloudWatch Logs are not read.',
    ),
    fix: fixColumn(
      'What lets those in who are locked out of reading or writing, for this bucket alone, or takes their dead permission away',
      'where nobody is locked out',
    ),
    errors: errorsColumn,
  },
});

/** The reads about a bucket that failed, those of its key aside. */
export function failedBucketReads(facts: BucketFacts): readonly AwsError[] {
  const { encryption, ownership, publicAccessBlock, accountPublicAccessBlock } = facts;
  const { policy, policyIsPublic, acl, replication, loggingTarget } = facts;
  const reads: readonly Fact<unknown>[] = [
    encryption,
    ownership,
    publicAccessBlock,
    accountPublicAccessBlock,
    policy,
    policyIsPublic,
    acl,
    replication,
    loggingTarget,
  ];
  return reads.flatMap((read) => (read.state === 'unread' ? [read.error] : []));
}

/** The keys behind a bucket. */
export interface BucketKeys {
  /** Of its default encryption. */
  readonly resolved: ResolvedKey;
  /** Of its replication, by how it names them. */
  readonly replicaKeys: ReadonlyMap<string, ReplicaKey>;
}

/** The reads about the keys of a bucket that failed. */
export const keyErrors = ({ resolved, replicaKeys }: BucketKeys): readonly AwsError[] => [
  ...resolved.errors,
  ...[...replicaKeys.values()].flatMap(({ errors }) => errors),
];

export function s3BucketRow(
  posture: BucketPosture,
  verdict: BucketVerdict,
  keys: BucketKeys,
  organization: Organization,
  errors: readonly AwsError[],
): Row<typeof s3Buckets> {
  const { facts, publicAccess } = posture;
  const isRead = facts.policy.state === 'known';
  const lists = entityLists(verdict.entities, isRead);
  const write = entityLists(verdict.write.writers, isRead);
  return {
    account_id: facts.scope.accountId,
    region: facts.scope.region,
    partition: facts.scope.partition,
    name: facts.name,
    arn: facts.arn,
    account_name: facts.scope.accountName,
    creation_date: facts.creationDate,
    ...encryptionCells(posture, keys.resolved),
    object_ownership: valueOrNull(facts.ownership),
    ...blockCells(facts.publicAccessBlock),
    effective_restrict_public_buckets: publicAccess.restrictPublicBuckets,
    is_public: publicAccess.isPublic,
    ...sharingCells(posture),
    cross_account_read: verdict.crossAccountRead,
    read_verdicts: verdict.verdicts,
    readable_account_ids: lists.readableAccounts,
    blocked_account_ids: lists.blockedAccounts,
    unknown_account_ids: lists.unknownAccounts,
    blocked_organization_ids: lists.blockedOrganizations,
    blocked_anyone: lists.blockedAnyone,
    blocked_services: lists.blockedServices,
    explanation: bucketExplanation(posture, verdict, keys.resolved, organization),
    cross_account_write: verdict.write.crossAccountWrite,
    write_verdicts: verdict.write.verdicts,
    writable_account_ids: write.readableAccounts,
    write_blocked_account_ids: write.blockedAccounts,
    write_unknown_account_ids: write.unknownAccounts,
    write_blocked_organization_ids: write.blockedOrganizations,
    write_blocked_services: write.blockedServices,
    write_explanation: writeExplanation(posture, verdict.write, organization),
    ...policyCells([...verdict.entities, ...verdict.write.writers]),
    ...iamCells([...verdict.entities, ...verdict.write.writers], verdict.entities),
    replication: replicationCell(posture, keys.replicaKeys),
    logging_target_bucket: facts.loggingTarget.state === 'known' ? (facts.loggingTarget.value ?? '') : null,
    fix: fixOfBucket(posture, verdict, keys.resolved),
    errors: errorsCell(errors),
  };
}

function encryptionCells({ facts, encryption }: BucketPosture, resolved: ResolvedKey) {
  const rule = valueOrNull(facts.encryption);
  return {
    sse_algorithm: rule?.sseAlgorithm ?? null,
    kms_master_key_id: rule?.kmsMasterKeyId ?? null,
    key_reference: encryption.sseClass === 'unread' ? null : encryption.reference.form,
    kms_key_arn: resolved.arn,
    key_account_id: resolved.accountId,
    key_type: resolved.type,
    key_depends_on_writer: encryption.keyDependsOnWriter,
    bucket_key_enabled: rule?.bucketKeyEnabled ?? null,
    blocked_encryption_types: rule?.blockedEncryptionTypes ?? null,
  };
}

function blockCells(block: Fact<PublicAccessBlock | null>) {
  const setting = (name: keyof PublicAccessBlock) =>
    block.state !== 'known' ? null : block.value === null ? false : block.value[name];
  return {
    block_public_acls: setting('blockPublicAcls'),
    ignore_public_acls: setting('ignorePublicAcls'),
    block_public_policy: setting('blockPublicPolicy'),
    restrict_public_buckets: setting('restrictPublicBuckets'),
  };
}

function sharingCells({ facts, access, shared }: BucketPosture) {
  const isRead = facts.policy.state === 'known';
  return {
    shared_account_ids: isRead ? shared.accountIds : null,
    write_account_ids: isRead ? shared.writeAccountIds : null,
    shared_organization_ids: isRead ? shared.organizationIds : null,
    shared_with_anyone: isRead ? shared.withAnyone : null,
    shared_services: isRead ? shared.services : null,
    sharing_complete: access.complete,
  };
}
