import { valueOrNull } from '../aws/fact.ts';
import { json, key, text, textList, timestamp } from './column.ts';
import { defineKeyTable } from './key-table.ts';
import { placeColumns } from './table.ts';

/** Every active grant. What it means for sharing is in `_key_access`. */
export const keyGrants = defineKeyTable({
  name: 'aws_encryption_key_grants',
  title: 'Grants on KMS keys',
  doc: 'One row for each active grant, as ListGrants answers it; skipped with `include_grants: false`.',
  columns: {
    ...placeColumns,
    key_id: key(text('Joins `aws_encryption_keys`.')),
    grant_id: key(text("The grant's id: `_key_access.source_id` of its rows.")),
    account_name: text('Name of the account; null when not known.'),
    arn: text("The key's ARN."),
    name: text('The name that its creator gave it; null without one.'),
    creation_date: timestamp('When it was created (UTC).'),
    grantee_principal: text('Who may use the key by it, as AWS writes it.'),
    retiring_principal: text('Who may end it, as AWS writes it; null without one.'),
    grantee_service_principal: text('The AWS service that may use the key by it; null without one.'),
    retiring_service_principal: text('The AWS service that may end it; null without one.'),
    issuing_account: text('The account in which it was created, as AWS writes it.'),
    operations: textList('What it allows.'),
    constraints: json('Encryption context and source ARN that a request must have; null without any.'),
  },
  values: [],
  sources: ['grants'],
  rows({ facts }) {
    const { scope, keyId, arn } = facts;
    return (valueOrNull(facts.grants) ?? []).map((grant) => ({
      account_id: scope.accountId,
      region: scope.region,
      partition: scope.partition,
      key_id: keyId,
      grant_id: grant.grantId,
      account_name: scope.accountName,
      arn,
      name: grant.name,
      creation_date: grant.creationDate,
      grantee_principal: grant.granteePrincipal,
      retiring_principal: grant.retiringPrincipal,
      grantee_service_principal: grant.granteeServicePrincipal,
      retiring_service_principal: grant.retiringServicePrincipal,
      issuing_account: grant.issuingAccount,
      operations: grant.operations,
      constraints: grant.constraints,
    }));
  },
});
