import { withoutExternalIds } from '../posture/iam/without-external-ids.ts';
import { mentionsKms } from '../posture/organization-policies/mentions-kms.ts';
import { readPolicy } from '../posture/policy/document.ts';
import { boolean, json, key, text } from './column.ts';
import { defineTable, placeColumns, type Row } from './table.ts';

/** The texts behind what users and roles may do. */
export const iamPolicies = defineTable({
  name: 'aws_encryption_iam_policies',
  title: 'Policies of users, groups and roles',
  doc: "One row for each distinct policy text in an account's IAM: managed policies in use with the version that is in force, inline policies, trust policies of roles. Written only with `include_iam: true`. Users and roles point here by `sha256`.",
  columns: {
    ...placeColumns,
    region: key(text('Always `global`.')),
    kind: key(
      text(
        '`aws_managed`: of AWS, attached in this account. `customer_managed`: of this account, attached or not. `inline`: part of a user, group or role. `trust`: says who may assume a role.',
      ),
    ),
    arn: key(text("The managed policy's ARN; empty for `inline` and `trust`, which have none.")),
    sha256: key(
      text(
        'SHA-256 of the text as AWS gave it, hexadecimal; empty where AWS gave no text that can be decoded.',
      ),
    ),
    name: text(
      "The managed policy's name; null for `inline` and `trust`: one text may have many names, which users and roles tell.",
    ),
    document: json(
      'The text, with `(hidden)` in place of each value of `sts:ExternalId`. Null when AWS gave none that can be decoded, and when it is no JSON.',
    ),
    understood: boolean(
      'Whether every statement was understood: only then is what the policy says complete.',
    ),
    problem: text('What was not understood, and where; null when all was.'),
    mentions_kms: boolean(
      'Whether the text names KMS: an action, a condition key or an ARN of it. All actions (`*`) are not a mention. Null where `document` is.',
    ),
  },
});

/** A text, and what it is. */
export interface IamPolicyText {
  readonly kind: 'aws_managed' | 'customer_managed' | 'inline' | 'trust';
  /** Of a managed policy. */
  readonly managed: { readonly arn: string; readonly name: string } | null;
  /** JSON; null: AWS gave none that can be decoded. */
  readonly text: string | null;
}

export function iamPolicyRow(
  { kind, managed, text: written }: IamPolicyText,
  accountId: string,
  partition: string | null,
): Row<typeof iamPolicies> {
  const form = kind === 'trust' ? 'of_resources' : 'of_principals';
  const document = written === null ? null : readPolicy(written, form);
  return {
    account_id: accountId,
    region: 'global',
    partition,
    kind,
    arn: managed?.arn ?? '',
    sha256: document?.sha256 ?? '',
    name: managed?.name ?? null,
    document: withoutExternalIds(document?.value ?? null),
    understood: document?.understood ?? false,
    problem: document === null ? 'AWS gave no text that can be decoded' : document.problem,
    mentions_kms: document === null || document.value === null ? null : mentionsKms(document.value),
  };
}
