import type { AwsError } from '../aws/error.ts';
import { valueOrNull } from '../aws/fact.ts';
import type { Account, AccountDetails, Organization } from '../organization/model.ts';
import { boolean, json, key, text, textList, timestamp } from './column.ts';
import { defineTable, errorsCell, errorsColumn, type Row } from './table.ts';

/** The organization as walked: every member, read or not, and why not. */
export const accounts = defineTable({
  name: 'aws_encryption_accounts',
  title: 'Accounts of the organization',
  doc: 'One row for each account that the sync knows: all members of the organization, or the accounts that the spec names.',
  columns: {
    account_id: key(text('The account, 12 digits.')),
    region: text('Always `global`.'),
    partition: text('`aws`, `aws-cn`, `aws-us-gov`, …'),
    arn: text("The account's ARN in the organization; null without an organization."),
    name: text('Its name in the organization or the spec.'),
    email: text('Its e-mail address; null without an organization.'),
    state: text(
      '`ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `PENDING_ACTIVATION`, `CLOSED`, as AWS says; null when not known.',
    ),
    joined_method: text('`INVITED` or `CREATED`; null when not known.'),
    joined_at: timestamp('When it joined the organization (UTC).'),
    organization_id: text('`o-…`; null when there is no organization or it could not be read.'),
    organization_units: textList('Ids from the root down to the parent unit; null when not read.'),
    organization_unit_names: textList(
      "The units' names, in the order of `organization_units`; null when one of them was not read. Only with `org`.",
    ),
    tags: json(
      "The account's tags in the organization, key → value; `{}` when AWS says that it has none, null when they were not read. Only with `org`.",
    ),
    is_management_account: boolean('Null when not known.'),
    is_delegated_administrator: boolean('Of any service in the organization; null when not known.'),
    in_scope: boolean('Whether this sync reads the account.'),
    skip_reason: text(
      'Why not: `not_selected`, `account_suspended`, `account_closed`, `account_pending_activation`; null when in scope.',
    ),
    rcp_enabled: boolean(
      'Whether resource control policies are enabled in the organization; null when unread.',
    ),
    scp_enabled: boolean(
      'Whether service control policies are enabled in the organization; null when unread.',
    ),
    errors: errorsColumn,
  },
});

/** @param errors of reads of the organization that the account's row lacks something by */
export function accountRow(
  account: Account,
  organization: Organization,
  { organizationalUnitNames, tags }: AccountDetails,
  partition: string | null,
  errors: readonly AwsError[],
): Row<typeof accounts> {
  const failed = [organizationalUnitNames, tags].flatMap((read) =>
    read.state === 'unread' ? [read.error] : [],
  );
  return {
    account_id: account.id,
    region: 'global',
    partition,
    arn: account.arn,
    name: account.name,
    email: account.email,
    state: account.state,
    joined_method: account.joinedMethod,
    joined_at: account.joinedAt,
    organization_id: organization.id,
    organization_units: account.organizationalUnits,
    organization_unit_names: valueOrNull(organizationalUnitNames),
    tags: valueOrNull(tags),
    is_management_account: account.isManagementAccount,
    is_delegated_administrator: account.isDelegatedAdministrator,
    in_scope: account.inScope,
    skip_reason: account.skipReason,
    rcp_enabled: organization.resourceControlPoliciesEnabled,
    scp_enabled: organization.serviceControlPoliciesEnabled,
    errors: errorsCell([...errors, ...failed]),
  };
}
