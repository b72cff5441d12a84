import type { PolicyDocument } from '../posture/policy/document.ts';
import { boolean, json, key, text } from './column.ts';
import { defineKeyTable } from './key-table.ts';
import { placeColumns } from './table.ts';

/** The key policies of every key, as documents and as the policy reader took them. */
export const keyPolicies = defineKeyTable({
  name: 'aws_encryption_key_policies',
  title: 'Key policies',
  doc: 'One row for each key policy that was read, the one that AWS RAM manages included: the document, its hash, and whether it was understood in full.',
  columns: {
    ...placeColumns,
    key_id: key(text('Joins `aws_encryption_keys`.')),
    policy_name: key(
      text('`default`, or `AWS_RAM`: a second policy, which AWS RAM keeps for a key that it shares.'),
    ),
    account_name: text('Name of the account; null when not known.'),
    arn: text("The key's ARN."),
    policy: json('The document; null when the text is no JSON.'),
    policy_sha256: text("SHA-256 of the policy's text, hexadecimal: equal texts have equal hashes."),
    understood: boolean('Whether every statement was understood; if not, `_keys.sharing_complete` is false.'),
    problem: text('What was not understood, and where; null when all was.'),
  },
  values: [],
  sources: ['policy', 'ramPolicy'],
  rows(posture) {
    const { scope, keyId, arn } = posture.facts;
    const { policy, ramPolicy } = posture.access();
    const named: readonly (readonly [string, PolicyDocument | null])[] = [
      ['default', policy],
      ['AWS_RAM', ramPolicy],
    ];
    return named.flatMap(([name, document]) =>
      document === null
        ? []
        : [
            {
              account_id: scope.accountId,
              region: scope.region,
              partition: scope.partition,
              key_id: keyId,
              policy_name: name,
              account_name: scope.accountName,
              arn,
              policy: document.value,
              policy_sha256: document.sha256,
              understood: document.understood,
              problem: document.problem,
            },
          ],
    );
  },
});
