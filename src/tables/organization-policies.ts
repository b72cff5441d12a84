import { valueOrNull } from '../aws/fact.ts';
import type { Organization } from '../organization/model.ts';
import type { ReadPolicy } from '../posture/organization-policies/attached.ts';
import { mentionsKms } from '../posture/organization-policies/mentions-kms.ts';
import { boolean, json, key, text } from './column.ts';
import { defineTable, errorsCell, errorsColumn, type Row } from './table.ts';

/** The policies that the organization lays over its accounts, as far as they allow and deny requests. */
export const organizationPolicies = defineTable({
  name: 'aws_encryption_organization_policies',
  title: 'Service and resource control policies',
  doc: 'One row for each service control policy (SCP) and resource control policy (RCP) of the organization, attached or not, those of AWS included. Policies of a type that the organization has not enabled are not read. Only with `org`.',
  columns: {
    policy_id: key(text('`p-…`.')),
    account_id: text(
      "The organization's management account; the account that was asked where that is not known.",
    ),
    region: text('Always `global`.'),
    partition: text('`aws`, `aws-cn`, `aws-us-gov`, …'),
    organization_id: text('`o-…`; null when it could not be read.'),
    arn: text("The policy's ARN."),
    type: text('`SERVICE_CONTROL_POLICY` or `RESOURCE_CONTROL_POLICY`.'),
    name: text('Its name in the organization.'),
    description: text('What its author says of it.'),
    aws_managed: boolean("Whether it is AWS's own, such as `FullAWSAccess`, which nobody can edit."),
    content: json('The document; null when it was not read or is no JSON.'),
    understood: boolean('Whether every statement was understood; null when the document was not read.'),
    problem: text(
      'What was not understood, and where; null when all was, and when the document was not read.',
    ),
    targets: json(
      'What it is attached to, directly: `[{id, kind, name}]`; `kind` is `root`, `organizational_unit` or `account`. Null when not read, and for `p-RCPFullAWSAccess`, which AWS attaches to everything: it is not asked for.',
    ),
    mentions_kms: boolean(
      'Whether the document names KMS: an action, a condition key or an ARN of it. All actions (`*`) are not a mention. Null when the document was not read.',
    ),
    errors: errorsColumn,
  },
});

/** @param accountId the account that the row is about: see the column */
export function organizationPolicyRow(
  { facts, policy }: ReadPolicy,
  { id: organizationId }: Organization,
  accountId: string,
  partition: string | null,
): Row<typeof organizationPolicies> {
  const { content, targets } = facts;
  const document = content.state === 'known' ? policy.document : null;
  return {
    policy_id: facts.id,
    account_id: accountId,
    region: 'global',
    partition,
    organization_id: organizationId,
    arn: facts.arn,
    type: facts.type,
    name: facts.name,
    description: facts.description,
    aws_managed: facts.awsManaged,
    content: document?.value ?? null,
    understood: document?.understood ?? null,
    problem: document?.problem ?? null,
    targets: valueOrNull(targets),
    mentions_kms: document && mentionsKms(document.value),
    errors: errorsCell([content, targets].flatMap((read) => (read.state === 'unread' ? [read.error] : []))),
  };
}
