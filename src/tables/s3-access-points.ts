import type { AwsError } from '../aws/error.ts';
import { type Fact, valueOrNull } from '../aws/fact.ts';
import { s3AccessPoint } from '../posture/access/s3.ts';
import { readPolicyOf } from '../posture/access/understood.ts';
import type { JudgedAccessPoint } from '../posture/bucket/access-point.ts';
import type { AccessPointFacts } from '../posture/bucket/access-point-facts.ts';
import { restrictsThrough } from '../posture/bucket/public-access.ts';
import { entityLists } from '../posture/cross-account/entity-lists.ts';
import type { PolicyDocument } from '../posture/policy/document.ts';
import type { PublicAccessBlock } from '../services/s3/facts.ts';
import { boolean, json, key, text, textList } from './column.ts';
import { policyCells, policyColumns } from './policy-columns.ts';
import { defineTable, errorsCell, errorsColumn, placeColumns, type Row } from './table.ts';

/** Ways to buckets with policies of their own. */
export const s3AccessPoints = defineTable({
  name: 'aws_encryption_s3_access_points',
  title: 'S3 access points and who can read through them in the face of the key',
  doc: "One row for each access point of each account and region, and one for each bucket of each multi-Region access point: its policy, its Block Public Access, whom it and the bucket's policy together let in, and whether the key of the bucket lets those read and write. A table of its own, since an access point may be of another account than its bucket, a bucket has up to thousands, and each is a way to the bucket with a verdict of its own; `aws_encryption_s3_buckets` sums them up where a bucket's policy leaves the decision to them. IAM of other accounts is not held against single access points. Multi-Region access points are in the coverage line of `global`, all others in that of their region. Access points of S3 on Outposts, of directory buckets and Object Lambda are not read.",
  columns: {
    ...placeColumns,
    name: key(text("The access point's name.")),
    bucket: key(
      text("The bucket's name; empty for an access point to something else, such as a file system."),
    ),
    kind: key(text('`access_point`, or `multi_region_access_point`: then `region` is that of the bucket.')),
    arn: text(
      'As policies name it; a multi-Region one by its alias, `arn:aws:s3::111122223333:accesspoint/….mrap`.',
    ),
    account_name: text('Name of the account; null when not known.'),
    alias: text('The name by which S3 takes it in place of a bucket; null when AWS gives none.'),
    bucket_account_id: text('The account that owns the bucket; null when AWS does not say.'),
    data_source_type: text('What it is attached to beside a bucket, as AWS calls it; null: nothing.'),
    network_origin: text(
      '`Internet`, or `VPC`: it answers in that one only. Null of a multi-Region one, which answers everywhere.',
    ),
    vpc_id: text('The VPC that it answers in; null without one.'),
    block_public_acls: boolean('Of its own Block Public Access; null when not read.'),
    ignore_public_acls: boolean('Of its own Block Public Access; null when not read.'),
    block_public_policy: boolean('Of its own Block Public Access; null when not read.'),
    restrict_public_buckets: boolean('Of its own Block Public Access; null when not read.'),
    effective_restrict_public_buckets: boolean(
      'True when it, the bucket or the account of the bucket restricts public access; null when one was not read and none is true.',
    ),
    is_public: boolean('Whether AWS calls its policy public; null when not known.'),
    policy: json('Its policy; null when it has none, when it was not read and when the text is no JSON.'),
    policy_sha256: text(
      "SHA-256 of the policy's text, hexadecimal; null when it has none or it was not read.",
    ),
    policy_understood: boolean(
      'Whether every statement and every action that it allows was understood; null without a policy.',
    ),
    policy_problem: text('What was not understood, and where; null when all was.'),

    sse_algorithm: text(
      "The bucket's default encryption, as in `aws_encryption_s3_buckets`; null when not read.",
    ),
    kms_key_arn: text(
      "The key that the bucket's default leads to; null when there is none or it could not be resolved.",
    ),
    key_account_id: text('The account that owns the key; null when there is none or it is not known.'),
    key_type: text('Joins `aws_encryption_key_types`; null when it cannot be told or no KMS key is used.'),

    shared_account_ids: textList(
      "Accounts other than the bucket's that can come through it to read objects, by its policy and the bucket's together; where it is another account's, that account, too, whose IAM decides. Null when a policy was not read, as in all of these lists.",
    ),
    write_account_ids: textList('The same for writing, replicating or deleting objects.'),
    shared_organization_ids: textList('Organizations that can come through it to read objects.'),
    shared_with_anyone: boolean(
      'Whether anyone with an AWS identity can come through it to read objects, conditions aside.',
    ),
    sharing_complete: boolean(
      'False when a policy was unread or a part of it not understood: more may be let in than these columns say.',
    ),
    cross_account_read: text(
      "What all who come through it to read share, in the words of `cross_account_read` of `aws_encryption_s3_buckets`: `not_shared` when nobody of another account than the bucket's does, `unknown` also where the bucket could not be read, or the access point answers in a VPC only.",
    ),
    readable_account_ids: textList('Accounts that can read through it where IAM there allows it.'),
    blocked_account_ids: textList('Accounts that the policies let in and that cannot read.'),
    unknown_account_ids: textList('Accounts that the policies let in and of which it is not known.'),
    blocked_organization_ids: textList(
      'Organizations that the policies let in and whose accounts cannot read.',
    ),
    blocked_anyone: boolean(
      'Whether the policies let in anyone and nobody can read; null when not known or anyone is not let in.',
    ),
    explanation: text('One sentence: the way, the bucket, its key, who can and cannot read and why.'),
    cross_account_write: text(
      "The same as `cross_account_read` for writing under the bucket's default encryption.",
    ),
    writable_account_ids: textList('Accounts that can write through it where IAM there allows it.'),
    write_blocked_account_ids: textList('Accounts that the policies let in and that cannot write.'),
    write_unknown_account_ids: textList('Accounts that the policies let in and of which it is not known.'),
    ...policyColumns,
    errors: errorsColumn,
  },
});

/** @param judged null: its bucket was not read, or it has none */
export function s3AccessPointRow(
  point: AccessPointFacts,
  judged: JudgedAccessPoint | null,
  explanation: string,
  errors: readonly AwsError[],
): Row<typeof s3AccessPoints> {
  const { scope, policy, publicAccessBlock: block } = point;
  const text = valueOrNull(policy);
  const document = text === null ? null : readPolicyOf(s3AccessPoint, text);
  const own = valueOrNull(block);
  const setting = (name: keyof PublicAccessBlock) => own?.[name] ?? null;
  return {
    account_id: scope.accountId,
    region: scope.region,
    partition: scope.partition,
    name: point.name,
    bucket: point.bucket ?? '',
    kind: point.kind,
    arn: point.arn,
    account_name: scope.accountName,
    alias: point.alias,
    bucket_account_id: point.bucketAccountId,
    data_source_type: point.dataSourceType,
    network_origin: point.networkOrigin,
    vpc_id: point.vpcId,
    block_public_acls: setting('blockPublicAcls'),
    ignore_public_acls: setting('ignorePublicAcls'),
    block_public_policy: setting('blockPublicPolicy'),
    restrict_public_buckets: setting('restrictPublicBuckets'),
    effective_restrict_public_buckets: judged && restrictsThrough(point, judged.posture.facts),
    is_public: isPublicOf(point.policyIsPublic),
    policy: document?.value ?? null,
    policy_sha256: document?.sha256 ?? null,
    policy_understood: document?.understood ?? null,
    policy_problem: document?.problem ?? null,
    ...keyCells(judged),
    ...sharingCells(policy, document, judged),
    explanation,
    ...policyCells(judged === null ? [] : [...judged.verdict.entities, ...judged.verdict.write.writers]),
    errors: errorsCell(errors),
  };
}

/** Without a policy it is not public. */
const isPublicOf = (fact: Fact<boolean | null>): boolean | null =>
  fact.state === 'known' ? (fact.value ?? false) : null;

const keyCells = (judged: JudgedAccessPoint | null) => ({
  sse_algorithm: (judged && valueOrNull(judged.posture.facts.encryption)?.sseAlgorithm) ?? null,
  kms_key_arn: judged?.key.arn ?? null,
  key_account_id: judged?.key.accountId ?? null,
  key_type: judged?.key.type ?? null,
});

function sharingCells(
  policy: Fact<string | null>,
  document: PolicyDocument | null,
  judged: JudgedAccessPoint | null,
) {
  const isRead = policy.state === 'known' && judged?.posture.facts.policy.state === 'known';
  const entities = judged?.verdict.entities ?? [];
  const read = entityLists(entities, isRead);
  const write = entityLists(judged?.verdict.write.writers ?? [], isRead);
  const shared = isRead ? judged.posture.shared : null;
  return {
    shared_account_ids: shared?.accountIds ?? null,
    write_account_ids: shared?.writeAccountIds ?? null,
    shared_organization_ids: shared?.organizationIds ?? null,
    shared_with_anyone: shared?.withAnyone ?? null,
    sharing_complete: isRead && judged.posture.access.complete && document?.understood !== false,
    cross_account_read: judged?.verdict.crossAccountRead ?? 'unknown',
    readable_account_ids: read.readableAccounts,
    blocked_account_ids: read.blockedAccounts,
    unknown_account_ids: read.unknownAccounts,
    blocked_organization_ids: read.blockedOrganizations,
    blocked_anyone: read.blockedAnyone,
    cross_account_write: judged?.verdict.write.crossAccountWrite ?? 'unknown',
    writable_account_ids: write.readableAccounts,
    write_blocked_account_ids: write.blockedAccounts,
    write_unknown_account_ids: write.unknownAccounts,
  };
}
