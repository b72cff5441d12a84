import type { Scope } from '../organization/model.ts';
import type { ForeignKey } from '../posture/foreign-key.ts';
import { arnsKept, bucketSort, type KeyUses, type SortOfUse } from '../posture/key-uses.ts';
import { boolean, integer, json, key, text, textList } from './column.ts';
import { defineTable, placeColumns, type Row } from './table.ts';

/** Keys that an account uses, or may use, and does not own. */
export const foreignKeys = defineTable({
  name: 'aws_encryption_foreign_keys',
  title: 'Keys of other accounts',
  doc: 'One row for each KMS key of another account that is shared with the account by AWS RAM, or that its resources, bucket defaults included, name. What resources name is known where `aws_encryption_resources` and `aws_encryption_s3_buckets` are synced, too; coverage is `partial` (`not_selected`) without them. Data that was written under a key of its own, such as objects of a bucket with another default, names it nowhere that is read.',
  columns: {
    ...placeColumns,
    arn: key(text("The key's ARN; of an alias whose key could not be looked up, the alias's.")),
    account_name: text('Name of the account that may use the key; null when not known.'),
    owner_account_id: text('The account that owns the key, 12 digits.'),
    owner_name: text(
      "The owner's name in the organization or in the spec's `known_accounts`; null otherwise.",
    ),
    owner_standing: text(
      "Whose the key is: `organization`, `known_account` (in the spec's `known_accounts`), `aws` (an account of AWS itself), `outside` (none of these), or `unknown` where the organization was not listed.",
    ),
    trust: text(
      'Where the owner is: `organization`, `other_account` (membership not known), `external`, or `service` for an account of AWS itself.',
    ),
    found_by: textList(
      'How it is known: `ram`, AWS RAM shares it with the account; `resource`, a resource of the account names it.',
    ),
    used_by_services: textList(
      'Services whose resources were seen to name it, `s3` for buckets; more may where `uses_complete` is false, and null then where none was seen.',
    ),
    uses: json(
      `What was seen to name it: \`[{service, resource_type, count, arns}]\`, with the ARNs of the first ${arnsKept} of each by name; null where \`used_by_services\` is.`,
    ),
    uses_complete: boolean(
      'Whether all of it was seen: buckets and the resources of all services, those aside that are read only where the spec asks for them, were listed, and each said which key it is under.',
    ),
    resources_count: integer(
      'Resources of the account and region that name it, buckets included; null where `uses_complete` is false.',
    ),
    buckets_count: integer('How many of those are buckets; null where `uses_complete` is false.'),
  },
});

/** A key of another account, as an account and region know it. */
export interface KnownForeignKey {
  readonly arn: string;
  readonly scope: Scope;
  readonly owner: ForeignKey;
  /** By AWS RAM. */
  readonly isShared: boolean;
  /** Null: nothing was seen to name it. */
  readonly uses: KeyUses | null;
  readonly areUsesComplete: boolean;
}

export function foreignKeyRow(known: KnownForeignKey): Row<typeof foreignKeys> {
  const { arn, scope, owner, isShared, uses, areUsesComplete } = known;
  const nothingSeen = areUsesComplete ? [] : null;
  return {
    account_id: scope.accountId,
    region: scope.region,
    partition: scope.partition,
    arn,
    account_name: scope.accountName,
    owner_account_id: owner.ownerAccountId,
    owner_name: owner.ownerName,
    owner_standing: owner.standing,
    trust: owner.trust,
    found_by: [...(isShared ? ['ram'] : []), ...(uses === null ? [] : ['resource'])],
    used_by_services: uses?.services ?? nothingSeen,
    uses: uses?.sorts ?? nothingSeen,
    uses_complete: areUsesComplete,
    resources_count: areUsesComplete ? (uses?.count() ?? 0) : null,
    buckets_count: areUsesComplete ? (uses?.count(isOfBuckets) ?? 0) : null,
  };
}

const isOfBuckets = ({ service, resource_type }: SortOfUse): boolean =>
  service === bucketSort.service && resource_type === bucketSort.resourceType;
