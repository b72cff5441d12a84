import type { AwsError } from '../aws/error.ts';
import type { Identity } from '../posture/iam/account-iam.ts';
import { assumable } from '../posture/iam/assumable.ts';
import type { IdentityPolicy } from '../posture/iam/shared-policies.ts';
import { withoutExternalIds } from '../posture/iam/without-external-ids.ts';
import { boolean, json, key, text, timestamp } from './column.ts';
import { defineTable, errorsCell, errorsColumn, placeColumns, type Row } from './table.ts';

/** The users and roles whose policies say what key policies leave to IAM. */
export const iamPrincipals = defineTable({
  name: 'aws_encryption_iam_principals',
  title: 'Users and roles',
  doc: "One row for each IAM user and role of an account, with the policies that count for it. Written only with `include_iam: true`. The account's root user is not among them: IAM does not tell of it, and no IAM policy binds it.",
  columns: {
    ...placeColumns,
    region: key(text('Always `global`.')),
    arn: key(text('The ARN, with the path.')),
    principal_type: text('`user` or `role`.'),
    principal_id: text(
      'The unique id, `AIDA…` or `AROA…`: what `aws:userid` begins with, and what policies keep of one that is deleted.',
    ),
    name: text('The name, without the path.'),
    path: text('The path; `/` where it has none of its own.'),
    created_at: timestamp('When it was made (UTC); null when AWS did not answer it.'),
    tags: json(
      'Its tags, name → value: what `aws:PrincipalTag/…` is, sessions with tags of their own aside.',
    ),
    policies: json(
      'The policies that count for it: `[{name, arn, by, group, sha256}]`; `by` is `attached` (managed), `inline` or `group`, with the `group` that gives it. `arn` is null for those that are part of it or of its group, `sha256` where AWS told no text. The texts are in `aws_encryption_iam_policies`.',
    ),
    boundary_arn: text(
      'ARN of the managed policy that is its permissions boundary: it may do nothing that this one does not allow. Null: it has none.',
    ),
    trust_policy: json(
      'Of a role: who may assume it, with `(hidden)` in place of each value of `sts:ExternalId`. Null for users, and when AWS gave no text that can be decoded or it is no JSON.',
    ),
    trust_understood: boolean('Whether every statement of `trust_policy` was understood; null for users.'),
    assumable: text(
      'Of a role: whether anybody can assume it by its trust policy, conditions aside. `no`: it names nobody who exists, say only users and roles that are deleted, or denies it to everybody. `unknown`: the trust policy was not read or not understood. Null for users.',
    ),
    service_linked: boolean(
      "Whether it is an AWS service's own role (path `/aws-service-role/`), which no organization policy binds.",
    ),
    identity_center: boolean(
      'Whether IAM Identity Center made it for a permission set (path `/aws-reserved/sso.amazonaws.com/`).',
    ),
    last_used_at: timestamp(
      'Of a role: when it was last used (UTC); null for users, and when that was not in the 400 days that AWS remembers.',
    ),
    errors: errorsColumn,
  },
});

/**
 * @param trustPolicy the JSON value; null: see the column
 * @param errors of what is missing of its policies
 */
export function iamPrincipalRow(
  identity: Identity,
  partition: string | null,
  trustPolicy: unknown,
  errors: readonly AwsError[],
): Row<typeof iamPrincipals> {
  const { policySet, trust } = identity;
  return {
    account_id: identity.accountId,
    region: 'global',
    partition,
    arn: identity.arn,
    principal_type: identity.type,
    principal_id: identity.id,
    name: identity.name,
    path: identity.path,
    created_at: identity.createdAt,
    tags: identity.tags,
    policies: policySet.policies.map(told),
    boundary_arn: policySet.boundary?.arn ?? null,
    trust_policy: withoutExternalIds(trustPolicy),
    trust_understood: trust?.understood ?? null,
    assumable: trust && assumable(trust),
    service_linked: identity.isServiceLinked,
    identity_center: identity.isIdentityCenter,
    last_used_at: identity.lastUsedAt,
    errors: errorsCell(errors),
  };
}

const told = ({ name, arn, group, document }: IdentityPolicy) => ({
  name,
  arn,
  by: group === null ? (arn === null ? 'inline' : 'attached') : 'group',
  group,
  sha256: document.sha256 || null,
});
