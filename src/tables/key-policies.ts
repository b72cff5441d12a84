import { boolean, json, key, text } from './column.ts';
import { defineKeyTable } from './key-table.ts';
import { placeColumns } from './table.ts';

/** The key policy of every key, as a document and as the policy reader took it. */
export const keyPolicies = defineKeyTable({
  name: 'aws_encryption_key_policies',
  title: 'Key policies',
  doc: 'One row for each key whose policy was read: the document, its hash, and whether it was understood in full.',
  columns: {
    ...placeColumns,
    key_id: key(text('Joins `aws_encryption_keys`.')),
    account_name: text('Name of the account; null when not known.'),
    arn: text("The key's ARN."),
    policy: json('The document; null when the text is no JSON.'),
    policy_sha256: text("SHA-256 of the policy's text, hexadecimal: equal texts have equal hashes."),
    understood: boolean('Whether every statement was understood; if not, `_keys.sharing_complete` is false.'),
    problem: text('What was not understood, and where; null when all was.'),
  },
  values: [],
  sources: ['policy'],
  rows(posture) {
    const { scope, keyId, arn } = posture.facts;
    const document = posture.access().policy;
    if (document === null) return [];
    return [
      {
        account_id: scope.accountId,
        region: scope.region,
        partition: scope.partition,
        key_id: keyId,
        account_name: scope.accountName,
        arn,
        policy: document.value,
        policy_sha256: document.sha256,
        understood: document.understood,
        problem: document.problem,
      },
    ];
  },
});
