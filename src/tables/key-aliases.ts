import type { Scope } from '../organization/model.ts';
import type { Alias } from '../services/kms/facts.ts';
import { boolean, key, text, timestamp } from './column.ts';
import { defineTable, placeColumns, type Row } from './table.ts';

/** All aliases of an account and region, those without a key included. */
export const keyAliases = defineTable({
  name: 'aws_encryption_key_aliases',
  title: 'Aliases of KMS keys',
  doc: 'One row for each alias of an account and region, as ListAliases answers it.',
  columns: {
    ...placeColumns,
    alias_name: key(text('`alias/…`.')),
    account_name: text('Name of the account; null when not known.'),
    alias_arn: text('The ARN of the alias.'),
    key_id: text('The key that it names; null for an `alias/aws/…` whose key AWS has not created yet.'),
    is_aws_managed: boolean('Whether the name begins with `alias/aws/`, which AWS keeps for itself.'),
    creation_date: timestamp('When it was created (UTC).'),
    last_updated_date: timestamp('When it was last pointed to a key (UTC).'),
  },
});

export function keyAliasRow(alias: Alias, scope: Scope): Row<typeof keyAliases> {
  return {
    account_id: scope.accountId,
    region: scope.region,
    partition: scope.partition,
    alias_name: alias.name,
    account_name: scope.accountName,
    alias_arn: alias.arn,
    key_id: alias.targetKeyId,
    is_aws_managed: alias.name.startsWith('alias/aws/'),
    creation_date: alias.creationDate,
    last_updated_date: alias.lastUpdatedDate,
  };
}
