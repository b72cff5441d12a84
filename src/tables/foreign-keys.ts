import { integer, key, text, textList } from './column.ts';
import { defineTable, placeColumns } from './table.ts';

/** Keys that an account uses, or may use, and does not own. */
export const foreignKeys = defineTable({
  name: 'aws_encryption_foreign_keys',
  title: 'Keys of other accounts',
  doc: 'One row for each KMS key of another account that is shared with the account by AWS RAM, or that its resources, bucket defaults included, name. What resources name is known where `aws_encryption_resources` and `aws_encryption_s3_buckets` are synced, too; coverage is `partial` (`not_selected`) without them.',
  columns: {
    ...placeColumns,
    arn: key(text("The key's ARN; of an alias whose key could not be looked up, the alias's.")),
    account_name: text('Name of the account that may use the key; null when not known.'),
    owner_account_id: text('The account that owns the key, 12 digits.'),
    owner_name: text(
      "The owner's name in the organization or in the spec's `known_accounts`; null otherwise.",
    ),
    trust: text(
      'Where the owner is: `organization`, `other_account` (membership not known), `external`, or `service` for an account of AWS itself.',
    ),
    found_by: textList(
      'How it is known: `ram`, AWS RAM shares it with the account; `resource`, a resource of the account names it.',
    ),
    resources_count: integer(
      'Resources of the account and region that were seen to name it; null when resources were not read, or not all of them.',
    ),
  },
});
