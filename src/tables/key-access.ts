import { accessCells, accessColumns } from './access-columns.ts';
import { key, text, textList } from './column.ts';
import { defineKeyTable } from './key-table.ts';
import { placeColumns } from './table.ts';

/** Who may use a key: one row for each statement or grant and each of its principals. */
export const keyAccess = defineKeyTable({
  name: 'aws_encryption_key_access',
  title: 'Who may use KMS keys',
  doc: 'One row for each key, statement of its policies or grant, and principal: whom it lets in, from where, to do what, under which conditions.',
  columns: {
    ...placeColumns,
    key_id: key(text('Joins `aws_encryption_keys`.')),
    arn: text("The key's ARN."),
    ...accessColumns,
    limited_by: textList(
      'The service and resource control policies that surely take something of it away, `p-…`; null where neither was read and where nobody beyond the own account is let in.',
    ),
  },
  values: [],
  sources: ['policy', 'ramPolicy', 'grants'],
  rows(posture) {
    const { scope, keyId, arn } = posture.facts;
    return posture.access().findings.map((finding) => ({
      account_id: scope.accountId,
      region: scope.region,
      partition: scope.partition,
      key_id: keyId,
      arn,
      ...accessCells(finding.row, scope.accountName),
      limited_by: posture.limitedBy(finding),
    }));
  },
});
